import { applyProposal, type Steps } from '../../apply/apply.js';
import type { Config } from '../../config/load.js';
import type { Step } from '../../journal/document.js';
import type { JournalError } from '../../journal/failure.js';
import type { BugState, RunState } from '../../journal/fold.js';
import type { Journal } from '../../journal/journal.js';
import type { Instant } from '../../model/instant.js';
import type { ActionResult, ReportBug } from '../../report/document.js';
import type { Receipt, Tracker } from '../../trackers/tracker.js';
import type { World } from '../collect.js';
import { handsFor, inTurn } from '../in-turn.js';
import { toTheEnd } from '../to-the-end.js';

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

const REFUSED: ActionResult = { status: 'skipped', detail: 'not tried: this account was refused before' };

/**
 * Carries out the plan of a run, one bug after another, as far as its journal does not say that this is done: a run that is taken up
 * after a crash is carried out like any other. What failed before is tried again. An interruption finishes the bug at hand.
 */
export async function carryOut({ header, bugs }: RunState, tools: Tools): Promise<CarriedOut> {
  const { journal, world, clock } = tools;
  const results = new Map<BugState, ActionResult>();
  const turns = inTurn(bugs.filter(isLeft), {
    world,
    bugOf: (bug) => bug,
    act: (bug, onRefusal) => applyOne(bug, header.run, tools, onRefusal),
    isDone: ({ status }) => status === 'closed' || status === 'warned' || status === 'snoozed',
  });
  const stopped = await toTheEnd({ journal, world, clock }, async () => {
    let gaveUp = false;
    for await (const [bug, result] of turns) {
      results.set(bug, result ?? REFUSED);
      const { tracker, ref } = bug;
      // What was not tried has no outcome: a run that is taken up again tries it.
      if (result) await journal.append({ line: 'result', tracker, ref, at: clock(), ...result });
      else gaveUp = true;
    }
    return gaveUp;
  });
  return { results, stopped };
}

/** What has no outcome yet, or failed. */
function isLeft({ outcome }: BugState): boolean {
  return outcome === null || outcome.status === 'failed';
}

function applyOne(bug: BugState, run: string, tools: Tools, onRefusal: () => void): Promise<ActionResult> {
  const { config, world, trackers } = tools;
  return applyProposal(bug.plan as ReportBug, {
    tracker: trackers.get(bug.tracker) as Tracker,
    rules: config.rules,
    run,
    now: world.now,
    record: stepsOf(bug, tools),
    // The first Ctrl-C must not cut a comment off from its closing; a long pause it may end.
    ...handsFor(bug.tracker, config, world, world.abort),
    onRefusal,
  });
}

/** Writes the steps of one bug to the journal, each on the disk before the program goes on. */
function stepsOf({ tracker, ref, done, pending }: BugState, { journal, clock }: Pick<Tools, 'journal' | 'clock'>): Steps {
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
