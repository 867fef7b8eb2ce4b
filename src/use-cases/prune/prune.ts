import { type Allowance, allowance, type Excess, earlierClosings, excess, lifted } from '../../apply/limits.js';
import { drained } from '../../apply/order.js';
import type { Config, TrackerEntry } from '../../config/load.js';
import { BugpruneError } from '../../errors.js';
import type { RunHeader } from '../../journal/document.js';
import type { JournalError } from '../../journal/failure.js';
import { type BugState, fold, type RunState } from '../../journal/fold.js';
import type { StateFolder } from '../../journal/journal.js';
import { type ActionResult, isProposal, type Report, type ReportBug, summarize } from '../../report/document.js';
import { partInWords } from '../../report/part.js';
import type { Json, Tracker } from '../../trackers/tracker.js';
import { callFor, openTracker, type World } from '../collect.js';
import { runClock, runId } from '../run-id.js';
import { carryOut } from './carry-out.js';

/**
 * What a prune of a report would do. `fresh` are the trackers of a report that was made just now: nobody has reviewed that, so
 * nothing is proposed on a tracker that could not be read completely. For a reviewed report it is empty. Throws `usage` for a report that
 * somebody has edited so that it proposes a bug twice, and for one part of a report: the limits are about the whole.
 */
export function proposalsOf({ bugs, trackers, shard }: Report, fresh: ReadonlyMap<string, Tracker>): ReportBug[] {
  if (shard) {
    throw new BugpruneError('usage', `This report is only ${partInWords(shard)}, and the limits are about the whole.`, {
      hint: 'Put the parts together first: bugprune merge part-*.json -o report.json',
    });
  }
  const incomplete = new Set(trackers.filter(({ name, complete }) => !complete && fresh.has(name)).map(({ name }) => name));
  const proposals = bugs.filter((bug) => isProposal(bug) && !incomplete.has(bug.tracker));
  refuseRepeated(proposals);
  return proposals;
}

function refuseRepeated(proposals: readonly ReportBug[]): void {
  const seen = new Set<string>();
  for (const { tracker, ref } of proposals) {
    const key = JSON.stringify([tracker, ref]);
    if (!seen.has(key)) seen.add(key);
    else
      throw new BugpruneError('usage', `The report proposes ${ref} of ${tracker} twice.`, { hint: 'Delete one of the entries.' });
  }
}

/** What the user says about the limits: up to how many to go ahead, and whether to do only as much as they allow. */
export interface Permission {
  readonly limit: number | null;
  readonly drain: boolean;
}

/** The proposals that a prune may carry out, or by how much they are too many: then it may carry out none. */
export interface Permitted {
  readonly proposals: readonly ReportBug[];
  readonly excess: Excess | null;
  readonly allowance: Allowance;
}

/** Holds the proposals of a report against the limits. `runs` are those before: an unusual number is too many as well. */
export function permitted(
  { summary, trackers }: Report,
  proposals: readonly ReportBug[],
  { limits }: Pick<Config, 'limits'>,
  runs: readonly RunState[],
  { limit, drain }: Permission,
): Permitted {
  const names = trackers.map(({ name }) => name);
  const usual = allowance(limits, summary.open, earlierClosings(runs, names));
  const allowed = limit === null ? usual : lifted(usual, limit);
  if (drain) return { proposals: drained(proposals, allowed, names), excess: null, allowance: allowed };
  return { proposals, excess: excess(proposals, allowed), allowance: allowed };
}

/** A report with what became of its proposals. */
export interface Pruned {
  readonly report: Report;
  /** Why the run had to stop early: its journal could not be written any more. */
  readonly stopped: JournalError | null;
}

/**
 * Carries out the given proposals of a report, one bug after another, and gives the report with its results. Trackers that are not among
 * the fresh ones are opened here. An interruption finishes the bug at hand: what was not reached has no result. Throws `refused`
 * when another run is at work, and `usage` when the journal cannot be written, both before the first write.
 */
export async function prune(
  reviewed: Report,
  proposals: readonly ReportBug[],
  config: Config,
  world: World,
  fresh: ReadonlyMap<string, Tracker>,
  state: StateFolder,
): Promise<Pruned> {
  const trackers = new Map(fresh);
  for (const name of new Set(proposals.map(({ tracker }) => tracker))) {
    if (!trackers.has(name)) trackers.set(name, await openByName(name, config, world));
  }
  const header = headerOf(reviewed, config, world);
  const { run } = header;
  return state.exclusively(run, async () => {
    refuseEarlierClock(world, await state.runs());
    const plan = proposals.map((bug) => ({ line: 'plan' as const, bug }));
    const journal = await state.begin(header, ...plan);
    try {
      if (proposals.length > 0) world.on({ type: 'run', run, total: proposals.length });
      const begun = fold([header, ...plan]);
      const { results, stopped } = await carryOut(begun, { journal, trackers, config, world, clock: runClock(world) });
      return { report: withResults(reviewed, run, results, fresh), stopped };
    } finally {
      await journal.close();
    }
  });
}

/**
 * A clock that was set back makes every age shorter, and one that was ahead before has made them longer: one of the two runs is wrong
 * about what is old.
 */
function refuseEarlierClock({ now }: World, runs: readonly RunState[]): void {
  const later = runs.findLast(({ header }) => header.startedAt > now);
  if (!later) return;
  const { run, startedAt } = later.header;
  throw new BugpruneError(
    'refused',
    `By this clock it is ${now}, but run ${run} was at work on ${startedAt}. Nothing was changed.`,
    {
      hint: 'Set the clock right. If it was wrong then, look at what that run did: bugprune history; bugprune undo takes it back.',
    },
  );
}

function headerOf(report: Report, config: Config, world: World): RunHeader {
  return {
    line: 'run',
    version: 1,
    kind: 'prune',
    run: runId(world.now, world.random()),
    of: null,
    startedAt: world.now,
    tool: { name: 'bugprune', version: world.version },
    policyDigest: config.policyDigest,
    trackers: report.trackers.map(({ name, open }) => ({ name, settings: recorded(entryNamed(name, config)), open })),
  };
}

/** Settings come from JSON or YAML and hold names of variables, never their values. */
function recorded({ settings }: TrackerEntry): RunHeader['trackers'][number]['settings'] {
  return JSON.parse(JSON.stringify(settings)) as { type: string; [key: string]: Json };
}

function withResults(
  reviewed: Report,
  run: string,
  results: ReadonlyMap<BugState, ActionResult>,
  fresh: ReadonlyMap<string, Tracker>,
): Report {
  const of = new Map([...results].map(([{ plan }, result]) => [plan, result]));
  const possible = new Set(proposalsOf(reviewed, fresh));
  const bugs = reviewed.bugs.map((bug) => {
    const incomplete = isProposal(bug) && !possible.has(bug);
    return { ...bug, result: incomplete ? INCOMPLETE : (of.get(bug) ?? null) };
  });
  return { ...reviewed, mode: 'prune', run, bugs, summary: { ...summarize(bugs), open: reviewed.summary.open } };
}

const INCOMPLETE: ActionResult = { status: 'skipped', detail: 'its tracker could not be read completely' };

async function openByName(name: string, config: Config, world: World): Promise<Tracker> {
  const entry = entryNamed(name, config);
  return (await openTracker(entry, config.folder, world, callFor(entry, world))).tracker;
}

function entryNamed(name: string, config: Config): TrackerEntry {
  const entry = config.trackers.find((one) => one.name === name);
  if (entry) return entry;
  throw new BugpruneError(
    'usage',
    `The report is about a tracker named "${name}", which is neither configured nor named as a source.`,
    {
      hint: 'Name the report first and then the sources it was made from: bugprune prune report.json SOURCE…',
    },
  );
}
