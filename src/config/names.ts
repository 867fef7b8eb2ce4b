import { foldName } from '../model/text.js';
import type { NamesInUse } from '../trackers/tracker.js';

/**
 * The names of labels, types, priorities and targets that somebody wrote into a configuration, each once. Those of the defaults are
 * left out: that a tracker has no label `pinned` is no mistake.
 */
export function namesInUse(content: unknown): NamesInUse {
  const { keep, policies, targets } = asRecord(content);
  const blocks = [keep, ...asList(policies).flatMap((policy) => [asRecord(policy).when, asRecord(policy).keep])].map(asRecord);
  const named = (key: string) => distinct(blocks.flatMap((block) => asList(block[key])));
  return {
    labels: named('labels'),
    types: named('types'),
    priorities: named('priorities'),
    targets: distinct(asList(asRecord(targets).parked)),
  };
}

/** The names among some values, each as it was written first. */
function distinct(values: readonly unknown[]): string[] {
  const found = new Map<string, string>();
  for (const value of values) {
    if (typeof value === 'string' && !found.has(foldName(value))) found.set(foldName(value), value.trim());
  }
  return [...found.values()];
}

const asRecord = (value: unknown): Record<string, unknown> =>
  typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};

const asList = (value: unknown): unknown[] => (Array.isArray(value) ? value : []);
