import { z } from 'zod';
import type { Config } from '../../../../src/config/load.js';
import type { RunState } from '../../../../src/journal/fold.js';
import type { Bug } from '../../../../src/model/bug.js';
import type { Shard } from '../../../../src/model/shard.js';
import type { Report } from '../../../../src/report/document.js';
import { json } from '../../../../src/report/json.js';
import { readReport } from '../../../../src/report/read.js';
import { memoryTracker } from '../../../../src/testing.js';
import type { Tracker } from '../../../../src/trackers/tracker.js';
import { report } from '../../../../src/use-cases/dry-run.js';
import type { Part } from '../../../../src/use-cases/merge/parts.js';
import { FILE_TRACKER, loadContent } from '../../config/given.js';
import { aWorld, NOW } from '../given.js';

/** A configuration with these trackers, by name. */
export async function configOf(trackers: Readonly<Record<string, Tracker>>, content: object = {}): Promise<Config> {
  const entries = Object.entries(trackers).map(([name, tracker]) => ({
    name,
    descriptor: {
      type: 'test',
      settings: z.strictObject({ type: z.literal('test') }),
      recognize: () => null,
      open: () => Promise.resolve(tracker),
    },
    settings: {},
  }));
  return { ...(await loadContent({ trackers: { any: FILE_TRACKER }, ...content })), trackers: entries };
}

/** The same with trackers in memory. */
export function configWith(bugs: Readonly<Record<string, readonly Bug[]>>, content: object = {}): Promise<Config> {
  const trackers = Object.entries(bugs).map(([name, all]) => [name, memoryTracker(all, () => NOW)] as const);
  return configOf(Object.fromEntries(trackers), content);
}

/** A report as it stands in a file: `undefined` for the whole. */
export async function textOf(config: Config, shard?: Shard, earlier: readonly RunState[] = []): Promise<string> {
  return textOfReport((await report(config, aWorld(), earlier, shard)).report);
}

/** See {@link textOf}. */
export const textOfReport = (given: Report): string => [...json.render(given)].join('');

/** The part of a file of that name. */
const partOf = (name: string, text: string): Part => ({ name, report: readReport(text, name) });

/** All parts of one division, in order. */
export function partsOf(config: Config, count: number, earlier: readonly RunState[] = []): Promise<Part[]> {
  const indexes = Array.from({ length: count }, (_, index) => index + 1);
  return Promise.all(indexes.map(async (index) => partOf(`part-${index}.json`, await textOf(config, { index, count }, earlier))));
}
