import { look, type Sight } from '../../apply/take-back.js';
import type { Deed, Way } from '../../apply/way-back.js';
import type { Config } from '../../config/load.js';
import { BugpruneError, TrackerError } from '../../errors.js';
import type { RunHeader } from '../../journal/document.js';
import type { BugState, RunState } from '../../journal/fold.js';
import type { StateFolder } from '../../journal/journal.js';
import { earlierOn, isSettled, isTakenBack, isTouched, undosOf } from '../../journal/undone.js';
import { actionOf } from '../../report/document.js';
import type { Tracker } from '../../trackers/tracker.js';
import type { World } from '../collect.js';
import { handsFor } from '../in-turn.js';
import { openRecorded } from '../journal-trackers.js';

/** A bug that a run has touched. */
export interface Touched {
  readonly deed: Deed;
  readonly url: string;
  /** Empty for a confidential bug. */
  readonly title: string;
}

/** The same with what an undo would do with it. */
export interface UndoItem extends Touched {
  readonly way: Way | { readonly kind: 'failed'; readonly detail: string };
}

/** What an undo would do. Nothing has been written so far. */
export interface UndoPlan {
  /** The run that is to be taken back. */
  readonly of: string;
  readonly items: readonly UndoItem[];
  readonly trackers: ReadonlyMap<string, Tracker>;
  /** For the journal of the undo. */
  readonly recorded: Pick<RunHeader, 'trackers' | 'policyDigest'>;
  /** What the run's journal says, by which the plan was made; null where it is lost. */
  readonly state: RunState | null;
  /** Journals say already what became of every bug. */
  readonly settled: boolean;
  /** What could not be read: there may be more to take back. */
  readonly failures: readonly TrackerError[];
}

/**
 * Looks at every bug that a run has touched: the given run, else the latest one that has not been taken back. `only` names the trackers
 * to look at; none means all. Throws `usage` where there is no such run, and what opening a tracker throws.
 */
export async function planUndo(
  run: string | null,
  only: readonly string[],
  config: Config,
  world: World,
  folder: StateFolder,
): Promise<UndoPlan> {
  const runs = await folder.runs();
  const state = run === null ? latest(runs, folder) : await folder.find(run);
  const { header } = state;
  refuseUndo(state);
  refuseUnknown(only, header);
  const undos = undosOf(runs, header.run);
  const touched = state.bugs.filter((bug) => isTouched(bug) && (only.length === 0 || only.includes(bug.tracker)));
  const trackers = new Map<string, Tracker>();
  for (const name of new Set(touched.map(({ tracker }) => tracker))) {
    trackers.set(name, await openRecorded(header, name, config, world));
  }
  const found = touched.map((bug) => ({ deed: deedOf(bug, header.run, undos), url: bug.plan.url, title: bug.plan.title }));
  const items = await lookAtAll(found, trackers, config, world);
  return {
    of: header.run,
    items,
    trackers,
    recorded: header,
    state,
    settled: touched.every((bug) => isSettled(undos, bug)),
    failures: [],
  };
}

function latest(runs: readonly RunState[], { path }: StateFolder): RunState {
  const prunes = runs.filter(({ header }) => header.kind === 'prune');
  const found = prunes.findLast((run) => run.bugs.some(isTouched) && !isTakenBack(runs, run)) ?? prunes.at(-1);
  if (found) return found;
  throw new BugpruneError('usage', `There is no run in ${path}.`, {
    hint: 'Journals that lie elsewhere: --state-dir DIR. A run whose journal is lost: bugprune undo RUN --from-tracker SOURCE',
  });
}

/** Throws `usage` for a run that is itself an undo. */
export function refuseUndo({ header: { kind, run, of } }: RunState): void {
  if (kind === 'prune') return;
  throw new BugpruneError('usage', `Run ${run} is itself an undo: it took back run ${of}.`, {
    hint: `What it did not finish: bugprune undo ${of}. What should be closed after all, the next prune proposes again.`,
  });
}

function refuseUnknown(only: readonly string[], { run, trackers }: RunHeader): void {
  const names = trackers.map(({ name }) => name);
  const unknown = only.filter((name) => !names.includes(name));
  if (unknown.length === 0) return;
  throw new BugpruneError('usage', `Run ${run} was made on no tracker named ${unknown.join(', ')}.`, {
    hint: `It was made on ${names.join(', ')}.`,
  });
}

function deedOf({ tracker, ref, plan, receipts, pending }: BugState, run: string, undos: readonly RunState[]): Deed {
  const done =
    'verdict' in plan ? { action: actionOf(plan), policy: plan.policy ?? '' } : { action: 'close' as const, policy: '' };
  const earlier = earlierOn(undos, { tracker, ref });
  return { tracker, ref, mark: { run, ...done }, receipts, pending, lost: false, earlier };
}

/** Reads each bug and says what is to be done with it. */
export async function lookAtAll(
  found: readonly Touched[],
  trackers: ReadonlyMap<string, Tracker>,
  config: Config,
  world: World,
): Promise<UndoItem[]> {
  const items: UndoItem[] = [];
  for (const touched of found) {
    const { tracker: name } = touched.deed;
    const hands = handsFor(name, config, world, world.signal);
    const sight = await look(touched.deed, { tracker: trackers.get(name) as Tracker, ...hands, onRefusal: () => undefined });
    hands.call.on({ type: 'read', count: 1 });
    items.push(itemOf(touched, sight));
  }
  return items;
}

function itemOf(touched: Touched, sight: Sight | TrackerError): UndoItem {
  if (sight instanceof TrackerError) return { ...touched, way: { kind: 'failed', detail: sight.message } };
  const { bug, deed, way } = sight;
  return { deed, url: bug.url, title: bug.confidential ? '' : bug.title, way };
}
