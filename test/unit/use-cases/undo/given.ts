import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { z } from 'zod';
import type { Config } from '../../../../src/config/load.js';
import { openStateFolder } from '../../../../src/journal/folder.js';
import type { StateFolder } from '../../../../src/journal/journal.js';
import type { Bug } from '../../../../src/model/bug.js';
import type { UndoBug } from '../../../../src/report/undo/document.js';
import { aBug, type MemoryTracker, memoryTracker } from '../../../../src/testing.js';
import type { Tracker, TrackerDescriptor } from '../../../../src/trackers/tracker.js';
import type { RunEvent, World } from '../../../../src/use-cases/collect.js';
import { plan } from '../../../../src/use-cases/dry-run.js';
import { proposalsOf, prune } from '../../../../src/use-cases/prune/prune.js';
import { planUndo } from '../../../../src/use-cases/undo/plan.js';
import { planUndoFromTrackers } from '../../../../src/use-cases/undo/search.js';
import { type Undone, undo } from '../../../../src/use-cases/undo/undo.js';
import { tickingClock } from '../../../contract/surroundings.js';
import { FILE_TRACKER, loadContent } from '../../config/given.js';
import { aWorld } from '../given.js';

export const MONA = { id: 'mona', name: 'mona', kind: 'human' } as const;

/** Bugs with the label `soft` are warned, all others are closed. */
const POLICIES = [
  { name: 'gentle', when: { untargetedFor: '6w', labels: ['soft'] }, warn: '1w' },
  { name: 'untargeted', when: { untargetedFor: '6w' } },
];

/** `#1` to `#3` are closed by a prune, `#4` is warned. */
const BUGS = [1, 2, 3, 4].map((number) =>
  aBug({ ref: `acme/app#${number}`, title: `Bug ${number}`, labels: number === 4 ? ['bug', 'soft'] : ['bug'] }),
);

/** One tracker, `app`, a folder for journals, and a world: all that pruning and taking back need. */
export interface Given {
  readonly tracker: MemoryTracker;
  readonly folder: string;
  readonly state: StateFolder;
  readonly events: RunEvent[];
  /** Prunes what a fresh report proposes, and gives the id of the run. */
  prune(parts?: Partial<World>): Promise<string>;
  /** Takes a run back without asking anybody. */
  undo(run?: string | null, parts?: Partial<World>): Promise<Undone>;
  /** The same without its journal. */
  undoFromTracker(run: string, parts?: Partial<World>): Promise<Undone>;
  /** Something happens to a bug. */
  happens(ref: string, events: Bug['events'], change?: Partial<Bug>): void;
  /** State and marks of all bugs: `closed close`. */
  bugs(): string[];
}

/** See {@link Given}. `otherwise` is what the tracker does otherwise than it should. */
export async function given(otherwise: (real: MemoryTracker) => Partial<Tracker> = () => ({}), bugs = BUGS): Promise<Given> {
  let clock = tickingClock('2026-11-22T09:00:00Z');
  const tracker = memoryTracker(bugs, () => clock());
  const folder = await mkdtemp(join(tmpdir(), 'bugprune-undo-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  const descriptor: TrackerDescriptor = {
    type: 'test',
    settings: z.strictObject({ type: z.literal('test') }),
    recognize: () => null,
    open: () => Promise.resolve({ ...tracker, ...otherwise(tracker) }),
  };
  const base = await loadContent({ trackers: { any: FILE_TRACKER }, policies: POLICIES });
  const trackers = [{ name: 'app', descriptor, settings: { type: 'test' } }];
  const config: Config = { ...base, trackers, descriptors: [descriptor] };
  const state = openStateFolder(folder, (text) => text);
  const events: RunEvent[] = [];
  let runs = 0;
  const worldOf = (parts: Partial<World>) =>
    aWorld({ random: () => `run${++runs}`, on: (event) => events.push(event), ...parts });
  return {
    tracker,
    folder,
    state,
    events,
    async prune(parts = {}) {
      if (parts.now) clock = tickingClock(parts.now);
      const world = worldOf(parts);
      const { report, trackers: fresh } = await plan(config, world, []);
      return (await prune(report, proposalsOf(report, fresh), config, world, fresh, state)).report.run;
    },
    async undo(run = null, parts = {}) {
      const world = worldOf(parts);
      return await undo(await planUndo(run, [], config, world, state), config, world, state);
    },
    async undoFromTracker(run, parts = {}) {
      const world = worldOf(parts);
      return await undo(await planUndoFromTrackers(run, config, world, state), config, world, state);
    },
    happens(ref, more, change = {}) {
      const bug = tracker.bugs.get(ref);
      if (!bug) throw new Error(`no bug ${ref}`);
      const updatedAt = more.at(-1)?.at ?? bug.updatedAt;
      tracker.bugs.set(ref, { ...bug, updatedAt, ...change, events: change.events ?? [...bug.events, ...more] });
    },
    bugs: () =>
      [...tracker.bugs.values()].map(({ state, events }) =>
        [state, ...events.flatMap(({ mark }) => mark?.action ?? [])].join(' '),
      ),
  };
}

/** What became of each bug: `taken-back`. */
export const statuses = ({ document }: Undone): UndoBug['status'][] => document.bugs.map(({ status }) => status);
