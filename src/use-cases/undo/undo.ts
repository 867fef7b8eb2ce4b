import { concluded, type TakenBack, takeBack } from '../../apply/take-back.js';
import type { Config } from '../../config/load.js';
import { BugpruneError } from '../../errors.js';
import type { RunHeader, TakeBack } from '../../journal/document.js';
import type { JournalError } from '../../journal/failure.js';
import type { RunState } from '../../journal/fold.js';
import type { Journal, StateFolder } from '../../journal/journal.js';
import { isTouched } from '../../journal/undone.js';
import type { Instant } from '../../model/instant.js';
import { summarizeUndo, type UndoDocument } from '../../report/undo/document.js';
import type { UndoProposal } from '../../report/undo/undo.js';
import type { Tracker } from '../../trackers/tracker.js';
import type { World } from '../collect.js';
import { handsFor, inTurn } from '../in-turn.js';
import { runClock, runId } from '../run-id.js';
import { toTheEnd } from '../to-the-end.js';
import type { UndoItem, UndoPlan } from './plan.js';

/** What came of an undo. */
export interface Undone {
  readonly document: UndoDocument;
  /** Why it had to stop early: its journal could not be written any more. */
  readonly stopped: JournalError | null;
}

/** What a plan would do with each of its bugs. */
export function proposalsOf({ items }: UndoPlan): UndoProposal[] {
  return items.flatMap((item) => {
    const { deed, title, way } = item;
    const what = whatOf(item);
    return what === null
      ? []
      : { ref: deed.ref, title, what, detail: way.kind === 'left' || way.kind === 'failed' ? way.detail : '' };
  });
}

/** Null for a bug to which nothing was done after all: only the journal needs to know of that. */
function whatOf({ deed, way }: UndoItem): UndoProposal['what'] | null {
  if (way.kind === 'nothing') return null;
  if (way.kind !== 'back') return way.kind;
  if (way.steps.includes('reopen')) return 'reopen';
  return deed.mark.action === 'warn' ? 'warning' : 'comment';
}

/**
 * Carries out an undo, one bug after another, with a journal of its own. An interruption finishes the bug at hand. Throws `refused` when
 * another run is at work, or was since the plan was made, and a {@link JournalError} when the journal cannot be begun: all before the
 * first write.
 */
export async function undo(plan: UndoPlan, config: Config, world: World, folder: StateFolder): Promise<Undone> {
  const total = toDoOf(plan).length;
  if (total === 0 && plan.settled) return { document: documentOf(plan, null, settledOf(plan), world), stopped: null };
  const run = runId(world.now, world.random());
  return await folder.exclusively(run, async () => {
    if (plan.state) refuseChanged(plan.state, await folder.find(plan.of));
    const journal = await folder.begin(headerOf(run, plan, world), ...plan.items.map(lineOf));
    try {
      if (total > 0) world.on({ type: 'run', run, total, of: plan.of });
      const { results, stopped } = await carryOut(plan, journal, config, world);
      return { document: documentOf(plan, run, results, world), stopped };
    } finally {
      await journal.close();
    }
  });
}

/** A run that was still at work, or was taken up again, has done more than anybody has agreed to take back. */
function refuseChanged(then: RunState, now: RunState): void {
  const touched = ({ bugs }: RunState) => JSON.stringify(bugs.filter(isTouched));
  if (touched(then) === touched(now)) return;
  throw new BugpruneError('refused', `Run ${now.header.run} has gone on meanwhile. Nothing was changed.`, {
    hint: 'Look again: the same command, once more.',
  });
}

function headerOf(run: string, { of, recorded }: UndoPlan, world: World): RunHeader {
  return {
    line: 'run',
    version: 1,
    kind: 'undo',
    run,
    of,
    startedAt: world.now,
    tool: { name: 'bugprune', version: world.version },
    policyDigest: recorded.policyDigest,
    trackers: recorded.trackers.map((tracker) => ({ ...tracker, open: null })),
  };
}

function lineOf({ deed: { tracker, ref, receipts }, url, title }: UndoItem): TakeBack {
  return { line: 'take-back', tracker, ref, url, title, receipts: [...receipts] };
}

type Results = ReadonlyMap<UndoItem, TakenBack>;

function documentOf({ of, items, failures }: UndoPlan, run: string | null, results: Results, world: World): UndoDocument {
  const shown = items.filter((item) => whatOf(item) !== null);
  const bugs = shown.map((item) => {
    const { deed, url, title } = item;
    return { ref: deed.ref, tracker: deed.tracker, url, title, ...(results.get(item) ?? NOT_REACHED) };
  });
  const problems = failures.map(({ message }) => message);
  return { version: 1, kind: 'undo', run, of, generatedAt: world.now, bugs, summary: summarizeUndo(bugs), problems };
}

const NOT_REACHED = { status: 'not-reached', detail: 'its turn did not come' } as const;

/** What the plan says already. */
function settledOf({ items }: UndoPlan): Results {
  return new Map(items.flatMap((item) => (item.way.kind === 'back' ? [] : [[item, settled(item.way)] as const])));
}

function settled(way: Exclude<UndoItem['way'], { kind: 'back' }>): TakenBack {
  return way.kind === 'failed' ? { status: 'failed', detail: way.detail } : concluded(way);
}

interface CarriedOut extends Pick<Undone, 'stopped'> {
  readonly results: Results;
}

/** Takes back one bug after the other, and writes down what became of it; of those that nothing is to be done with, at once. */
async function carryOut(plan: UndoPlan, journal: Journal, config: Config, world: World): Promise<CarriedOut> {
  const results = new Map(settledOf(plan));
  const clock = runClock(world);
  const lineFor = ({ deed: { tracker, ref } }: UndoItem, { status, detail }: TakenBack) =>
    ({ line: 'result', tracker, ref, at: clock(), status, detail }) as const;
  const stopped = await toTheEnd({ journal, world, clock }, async () => {
    let gaveUp = false;
    if (results.size > 0) await journal.append(...[...results].map(([item, result]) => lineFor(item, result)));
    const turns = inTurn(toDoOf(plan), {
      world,
      bugOf: ({ deed }) => deed,
      act: (item, onRefusal) => takeBackOne(item, { plan, journal, config, world, clock, onRefusal }),
      isDone: ({ status }) => status === 'taken-back',
    });
    for await (const [item, result] of turns) {
      if (result) await journal.append(lineFor(item, result));
      else gaveUp = true;
      results.set(item, result ?? REFUSED);
    }
    return gaveUp;
  });
  return { results, stopped };
}

const REFUSED: TakenBack = { status: 'failed', detail: 'not tried: this account was refused before' };

const toDoOf = ({ items }: UndoPlan): UndoItem[] => items.filter(({ way }) => way.kind === 'back');

interface Hands {
  readonly plan: UndoPlan;
  readonly journal: Journal;
  readonly config: Config;
  readonly world: World;
  readonly clock: () => Instant;
  onRefusal(): void;
}

function takeBackOne({ deed }: UndoItem, { plan, journal, config, world, clock, onRefusal }: Hands): Promise<TakenBack> {
  const { tracker, ref } = deed;
  return takeBack(deed, {
    tracker: plan.trackers.get(tracker) as Tracker,
    // The first Ctrl-C must not leave a bug open under a comment that says it is closed; a long pause it may end.
    ...handsFor(tracker, config, world, world.abort),
    onRefusal,
    intent: (step) => journal.append({ line: 'intent', tracker, ref, step, at: clock() }),
    done: (step) => journal.append({ line: 'done', tracker, ref, step, at: clock(), receipt: null }),
  });
}
