import { join } from 'node:path';
import { expect } from 'vitest';
import { z } from 'zod';
import type { Config } from '../../../../src/config/load.js';
import { TrackerError } from '../../../../src/errors.js';
import type { JournalLine, RunHeader } from '../../../../src/journal/document.js';
import { openStateFolder } from '../../../../src/journal/folder.js';
import type { StateFolder } from '../../../../src/journal/journal.js';
import type { Bug, BugEvent } from '../../../../src/model/bug.js';
import { historySchema, type PastRun } from '../../../../src/report/history/document.js';
import { aBug, type MemoryTracker, memoryTracker } from '../../../../src/testing.js';
import type { Tracker, TrackerDescriptor } from '../../../../src/trackers/tracker.js';
import type { World } from '../../../../src/use-cases/collect.js';
import { history, type Inquiry, type Recalled } from '../../../../src/use-cases/history/history.js';
import { FILE_TRACKER, loadContent } from '../../config/given.js';
import { aFolder, aHeader, closing, end, linesOf } from '../../journal/given.js';
import { anEntry } from '../../report/given.js';
import { aWorld } from '../given.js';

export const FIRST = '20261101T090000Z-aaaaaa';
export const SECOND = '20261108T090000Z-bbbbbb';
export const UNDO = '20261109T090000Z-cccccc';
export const NOW = '2026-11-22T09:00:00Z';
export const PERSON = { id: 'mona', name: 'mona', kind: 'human' } as const;
export const SELF = { id: 'bugprune', name: 'bugprune', kind: 'bot', self: true } as const;

const startOf = (run: string): string => run.replace(/^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z-.*/, '$1-$2-$3T$4:$5:$6Z');

export const header = (run: string, parts: Partial<RunHeader> = {}): RunHeader =>
  aHeader({ run, startedAt: startOf(run), trackers: [{ name: 'app', settings: { type: 'test' }, open: 412 }], ...parts });

const urlOf = (ref: string): string => `https://tracker.example.com/${encodeURIComponent(ref)}`;
export const plan = (ref: string): JournalLine => ({ line: 'plan', bug: anEntry({ ref, url: urlOf(ref) }) });
const takeBack = (ref: string): JournalLine => ({
  line: 'take-back',
  tracker: 'app',
  ref,
  url: urlOf(ref),
  title: '',
  receipts: [],
});

/** A prune that closed these bugs. */
export const pruneOf = (run: string, ...refs: string[]): [RunHeader, ...JournalLine[]] => [
  header(run),
  ...refs.map(plan),
  ...refs.flatMap((ref) => closing(ref)),
  end('finished'),
];

/** An undo with these results. */
export const undoOf = (
  of: string,
  run: string,
  results: Record<string, 'taken-back' | 'left'>,
): [RunHeader, ...JournalLine[]] => [
  header(run, { kind: 'undo', of }),
  ...Object.keys(results).map(takeBack),
  ...Object.entries(results).map(([ref, status]) => linesOf(ref).result(status)),
  end('finished'),
];

/** A state folder that holds these journals. */
export async function folderOf(...all: readonly (readonly [RunHeader, ...JournalLine[]])[]): Promise<StateFolder> {
  const folder = openStateFolder(join(await aFolder(), '.bugprune'), (text) => text);
  for (const lines of all) await (await folder.begin(...lines)).close();
  return folder;
}

export interface Setting {
  readonly trackers?: Readonly<Record<string, Tracker>>;
  readonly inquiry?: Partial<Inquiry>;
  readonly world?: Partial<World>;
  /** Accounts that are machines by configuration. */
  readonly bots?: readonly string[];
  /** Told of each tracker that is opened. */
  readonly onOpen?: () => void;
}

/** A configuration without trackers of its own that knows the type `test`: the tracker of that name. */
async function configOf({ trackers = {}, bots = [], onOpen }: Setting): Promise<Config> {
  const descriptor: TrackerDescriptor = {
    type: 'test',
    settings: z.strictObject({ type: z.literal('test') }),
    recognize: () => null,
    open: (_settings, { name }) => {
      onOpen?.();
      const tracker = trackers[name];
      return tracker ? Promise.resolve(tracker) : Promise.reject(new TrackerError('not-found', `no such tracker ${name}`));
    },
  };
  const config = await loadContent({ trackers: { any: FILE_TRACKER } });
  const entries = Object.keys(trackers).map((name) => ({ name, descriptor, settings: { type: 'test' } }));
  return { ...config, descriptors: [descriptor], trackers: entries, isBot: (name) => bots.includes(name) };
}

export async function recall(state: StateFolder, setting: Setting = {}): Promise<Recalled> {
  const inquiry = { only: [], outcomes: false, fromTracker: false, ...setting.inquiry };
  const world = aWorld(setting.world);
  const recalled = await history(state, inquiry, await configOf(setting), world);
  expect(historySchema.parse(recalled.history)).toEqual(recalled.history);
  return recalled;
}

/** The only run that there is. */
export async function theRun(state: StateFolder, setting: Setting = {}): Promise<PastRun> {
  const { runs } = (await recall(state, setting)).history;
  expect(runs).toHaveLength(1);
  return runs[0] as PastRun;
}

const mark = (run: string, action: 'close' | 'warn' | 'undo' = 'close') => ({ run, action, policy: 'untargeted' });
export const said = (run: string, at: string, action: 'close' | 'warn' | 'undo' = 'close'): BugEvent => ({
  at,
  kind: 'commented',
  actor: SELF,
  id: `c-${run}`,
  mark: mark(run, action),
});
export const closedBy = (actor: BugEvent['actor'], at: string): BugEvent => ({ at, kind: 'closed', actor, value: 'not planned' });
export const reopenedBy = (actor: BugEvent['actor'], at: string): BugEvent => ({ at, kind: 'reopened', actor });

/** What a run leaves on a bug that it closes. */
export const closedIn = (run: string): BugEvent[] => [said(run, startOf(run)), closedBy(SELF, startOf(run))];

export const closedBug = (ref: string, events: BugEvent[], parts: Partial<Bug> = {}): Bug =>
  aBug({ ref, url: urlOf(ref), state: 'closed', status: 'closed', events, ...parts });
export const openBug = (ref: string, events: BugEvent[], parts: Partial<Bug> = {}): Bug =>
  aBug({ ref, url: urlOf(ref), events, ...parts });

export const holding = (...bugs: readonly Bug[]): MemoryTracker => memoryTracker(bugs, () => NOW);
