import type { NamesInUse } from '../trackers/tracker.js';

/**
 * The names of labels, types, priorities and targets that somebody wrote into a configuration, each once. Those of the defaults are
 * left out: that a tracker has no label `pinned` is no mistake.
 */
export function namesInUse(content: unknown): NamesInUse {
  const { keep, policies, targets } = asRecord(content);
  const blocks = [keep, ...asList(policies).flatMap((policy) => [asRecord(policy).when, asRecord(policy).keep])].map(asRecord);
  const named = (key: string) =>
    [...new Set(blocks.flatMap((block) => asList(block[key])))].filter((name) => typeof name === 'string');
  return {
    labels: named('labels'),
    types: named('types'),
    priorities: named('priorities'),
    targets: asList(asRecord(targets).parked).filter((name) => typeof name === 'string'),
  };
}

const asRecord = (value: unknown): Record<string, unknown> =>
  typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};

const asList = (value: unknown): unknown[] => (Array.isArray(value) ? value : []);
