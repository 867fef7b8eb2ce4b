import type { Config } from '../../config/load.js';
import { BugpruneError } from '../../errors.js';
import type { BugState, RunState } from '../../journal/fold.js';
import type { StateFolder } from '../../journal/journal.js';
import { undoneBy } from '../../journal/undone.js';
import { type ActionResult, type Report, type ReportBug, summarize } from '../../report/document.js';
import type { Tracker } from '../../trackers/tracker.js';
import type { World } from '../collect.js';
import { openRecorded } from '../journal-trackers.js';
import { runClock } from '../run-id.js';
import { carryOut } from './carry-out.js';
import type { Pruned } from './prune.js';

/**
 * Finishes a prune that was cut short: what its journal does not know to be done is done, and what failed is tried again. Needs no
 * source: the journal knows the trackers. Throws `usage` for a run that is none, or that has been taken back.
 */
export async function resume(run: string, config: Config, world: World, state: StateFolder): Promise<Pruned> {
  const found = await state.find(run);
  return state.exclusively(run, async () => {
    refuseOthers(found, await state.runs());
    const { state: begun, journal } = await state.reopen(run);
    try {
      const trackers = new Map<string, Tracker>();
      for (const name of new Set(begun.bugs.map(({ tracker }) => tracker))) {
        trackers.set(name, await openRecorded(begun.header, name, config, world));
      }
      const clock = runClock(world);
      await journal.append({ line: 'resumed', at: clock() });
      world.on({ type: 'run', run, total: begun.bugs.filter(({ outcome }) => outcome === null).length });
      const { results, stopped } = await carryOut(begun, { journal, trackers, config, world, clock });
      return { report: reportOf(begun, results), stopped };
    } finally {
      await journal.close();
    }
  });
}

function refuseOthers({ header }: RunState, runs: readonly RunState[]): void {
  if (header.kind === 'undo') {
    throw new BugpruneError('usage', `Run ${header.run} took back run ${header.of}; it is finished with undo.`, {
      hint: `Next: bugprune undo ${header.of}`,
    });
  }
  const undo = undoneBy(runs, header.run);
  if (undo) throw new BugpruneError('usage', `Run ${header.run} was taken back by ${undo}, and stays so.`);
}

/** The report of a run as its journal tells it: the bugs of its plan, and no others. */
function reportOf({ header, bugs }: RunState, results: ReadonlyMap<BugState, ActionResult>): Report {
  const entries = bugs.map((bug) => ({ ...(bug.plan as ReportBug), result: results.get(bug) ?? resultOf(bug) }));
  const trackers = header.trackers.map(({ name, settings, open }) => ({ name, type: settings.type, open: open ?? 0 }));
  return {
    version: 1,
    kind: 'report',
    mode: 'prune',
    run: header.run,
    generatedAt: header.startedAt,
    tool: header.tool,
    policyDigest: header.policyDigest,
    trackers: trackers.map((tracker) => ({ ...tracker, as: '', complete: true, problems: [], notes: [] })),
    summary: { ...summarize(entries), open: trackers.reduce((sum, { open }) => sum + open, 0) },
    limits: null,
    bugs: entries,
  };
}

function resultOf({ outcome }: BugState): ActionResult | null {
  if (!outcome || outcome.status === 'taken-back' || outcome.status === 'left') return null;
  return { status: outcome.status, detail: outcome.detail };
}
