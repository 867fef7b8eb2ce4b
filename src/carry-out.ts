import { applyProposal, type Steps } from './apply/apply.js';
import type { World } from './collect.js';
import type { Config } from './config/load.js';
import type { Step } from './journal/document.js';
import { JournalError } from './journal/failure.js';
import type { BugState, RunState } from './journal/fold.js';
import type { Journal } from './journal/journal.js';
import type { Bug } from './model/bug.js';
import { withBots } from './model/history.js';
import type { Instant } from './model/instant.js';
import type { ActionResult, ReportBug } from './report/document.js';
import type { Call, Receipt, Tracker } from './trackers/tracker.js';

/** What came of carrying out a plan. */
export interface CarriedOut {
  /** What became of each bug; none for those whose turn did not come. */
  readonly results: ReadonlyMap<BugState, ActionResult>;
  /** Why the run had to stop early: its journal could not be written any more. */
  readonly stopped: JournalError | null;
}

/** What carrying out a plan works with. */
export interface Tools {
  readonly journal: Journal;
  readonly trackers: ReadonlyMap<string, Tracker>;
  readonly config: Config;
  readonly world: World;
  /** The clock of the journal. */
  readonly clock: () => Instant;
}

/** One bug may be locked; an account that is refused twice in a row may not write, and need not comment on all the others first. */
const MOST_REFUSALS = 2;

const REFUSED: ActionResult = { status: 'skipped', detail: 'not tried: this account was refused before' };

/**
 * Carries out the plan of a run, one bug after another, as far as its journal does not say that this is done: a run that is taken up
 * after a crash is carried out like any other. What failed before is tried again. An interruption finishes the bug at hand.
 */
export async function carryOut({ header, bugs }: RunState, tools: Tools): Promise<CarriedOut> {
  const { journal, world, clock } = tools;
  const results = new Map<BugState, ActionResult>();
  const refusals = new Map<string, number>();
  const left = bugs.filter(isLeft);
  const append = (bug: BugState, { status, detail }: ActionResult) =>
    journal.append({ line: 'result', tracker: bug.tracker, ref: bug.ref, at: clock(), status, detail });
  try {
    for (const [index, bug] of left.entries()) {
      if (world.signal.aborted) break;
      const { ref, tracker } = bug;
      world.on({ type: 'acting', ref, index, total: left.length });
      const before = refusals.get(tracker) ?? 0;
      if (before >= MOST_REFUSALS) {
        results.set(bug, REFUSED);
        continue;
      }
      const onRefusal = () => void refusals.set(tracker, before + 1);
      const result = await untilStopped(ref, world, () => applyOne(bug, header.run, tools, onRefusal));
      if (result.status === 'closed' || result.status === 'warned') refusals.delete(tracker);
      await append(bug, result);
      results.set(bug, result);
    }
    const gaveUp = [...results.values()].includes(REFUSED);
    const reason = world.signal.aborted ? 'interrupted' : gaveUp ? 'failed' : 'finished';
    await journal.append({ line: 'end', at: clock(), reason });
  } catch (error) {
    if (error instanceof JournalError) return { results, stopped: error };
    throw error;
  }
  return { results, stopped: null };
}

/** What has no outcome yet, or failed. */
function isLeft({ outcome }: BugState): boolean {
  return outcome === null || outcome.status === 'failed';
}

/** Tells whoever interrupts that the bug at hand is being finished. */
async function untilStopped<Result>(ref: string, { signal, on }: World, work: () => Promise<Result>): Promise<Result> {
  const stopping = () => on({ type: 'stopping', ref });
  signal.addEventListener('abort', stopping, { once: true });
  try {
    return await work();
  } finally {
    signal.removeEventListener('abort', stopping);
  }
}

function applyOne(bug: BugState, run: string, tools: Tools, onRefusal: () => void): Promise<ActionResult> {
  const { config, world } = tools;
  const tracker = tools.trackers.get(bug.tracker) as Tracker;
  const { isBot } = config;
  // The first Ctrl-C must not cut a comment off from its closing; a long pause it may end.
  const call: Call = { signal: world.abort, on: (event) => world.on({ ...event, tracker: bug.tracker }) };
  const pause = async (seconds: number, reason: string) => {
    call.on({ type: 'wait', seconds, reason });
    await world.sleep(seconds * 1000, world.signal);
  };
  const prepare = (read: Bug) => (isBot ? withBots(read, isBot) : read);
  const { rules } = config;
  const record = stepsOf(bug, tools);
  return applyProposal(bug.plan as ReportBug, { tracker, rules, run, now: world.now, call, record, prepare, pause, onRefusal });
}

/** Writes the steps of one bug to the journal, each on the disk before the program goes on. */
export function stepsOf({ tracker, ref, done, pending }: BugState, { journal, clock }: Pick<Tools, 'journal' | 'clock'>): Steps {
  const known = new Set<Step>(done);
  return {
    known,
    pending,
    intent: (step) => journal.append({ line: 'intent', tracker, ref, step, at: clock() }),
    async done(step: Step, receipt: Receipt | null) {
      await journal.append({ line: 'done', tracker, ref, step, at: clock(), receipt });
      known.add(step);
    },
  };
}
