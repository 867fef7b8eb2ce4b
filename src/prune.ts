import { applyProposal } from './apply/apply.js';
import { callFor, openTracker, type World } from './collect.js';
import type { Config, TrackerEntry } from './config/load.js';
import { BugpruneError } from './errors.js';
import type { Bug } from './model/bug.js';
import { withBots } from './model/history.js';
import { type ActionResult, type Report, type ReportBug, summarize } from './report/document.js';
import { runId } from './run-id.js';
import type { Tracker } from './trackers/tracker.js';

/**
 * What a prune of a report would do. `fresh` are the trackers of a report that was made just now: nobody has reviewed that, so
 * nothing is proposed on a tracker that could not be read completely. For a reviewed report it is empty.
 */
export function proposalsOf({ bugs, trackers }: Report, fresh: ReadonlyMap<string, Tracker>): ReportBug[] {
  const incomplete = new Set(trackers.filter(({ name, complete }) => !complete && fresh.has(name)).map(({ name }) => name));
  return bugs.filter((bug) => isProposal(bug) && !incomplete.has(bug.tracker));
}

/**
 * Carries out what a report proposes, one bug after another, and gives the report with its results. Trackers that are not among the
 * fresh ones are opened here. An interruption finishes the bug at hand: what was not reached has no result.
 */
export async function prune(
  reviewed: Report,
  config: Config,
  world: World,
  fresh: ReadonlyMap<string, Tracker>,
): Promise<Report> {
  const proposals = proposalsOf(reviewed, fresh);
  const trackers = new Map(fresh);
  for (const name of new Set(proposals.map(({ tracker }) => tracker))) {
    if (!trackers.has(name)) trackers.set(name, await openByName(name, config, world));
  }
  const run = runId(world.now, world.random());
  if (proposals.length > 0) world.on({ type: 'run', run, total: proposals.length });
  const results = new Map<ReportBug, ActionResult>();
  const refusals = new Map<string, number>();
  for (const [index, proposal] of proposals.entries()) {
    if (world.signal.aborted) break;
    const { ref, tracker } = proposal;
    world.on({ type: 'acting', ref, index, total: proposals.length });
    const stopping = () => world.on({ type: 'stopping', ref });
    world.signal.addEventListener('abort', stopping, { once: true });
    const before = refusals.get(tracker) ?? 0;
    const onRefusal = () => void refusals.set(tracker, before + 1);
    const result = before < MOST_REFUSALS ? await applyOne(proposal, run, config, world, trackers, onRefusal) : REFUSED;
    if (result.status === 'closed' || result.status === 'warned') refusals.delete(tracker);
    results.set(proposal, result);
    world.signal.removeEventListener('abort', stopping);
  }
  const left = new Set(proposals);
  const resultOf = (bug: ReportBug) => results.get(bug) ?? (isProposal(bug) && !left.has(bug) ? INCOMPLETE : null);
  const bugs = reviewed.bugs.map((bug) => ({ ...bug, result: resultOf(bug) }));
  return { ...reviewed, mode: 'prune', run, bugs, summary: { ...summarize(bugs), open: reviewed.summary.open } };
}

/** One bug may be locked; an account that is refused twice in a row may not write, and need not comment on all the others first. */
const MOST_REFUSALS = 2;

const REFUSED: ActionResult = { status: 'skipped', detail: 'not tried: this account was refused before' };

const INCOMPLETE: ActionResult = { status: 'skipped', detail: 'its tracker could not be read completely' };

const isProposal = ({ verdict }: ReportBug): boolean => verdict === 'close' || verdict === 'warn';

function applyOne(
  proposal: ReportBug,
  run: string,
  config: Config,
  world: World,
  trackers: ReadonlyMap<string, Tracker>,
  onRefusal: () => void,
): Promise<ActionResult> {
  const entry = entryNamed(proposal.tracker, config);
  const tracker = trackers.get(proposal.tracker) as Tracker;
  const { isBot } = config;
  // The first Ctrl-C must not cut a comment off from its closing; a long pause it may end.
  const call = callFor(entry, { ...world, signal: world.abort });
  const pause = async (seconds: number, reason: string) => {
    call.on({ type: 'wait', seconds, reason });
    await world.sleep(seconds * 1000, world.signal);
  };
  const prepare = (bug: Bug) => (isBot ? withBots(bug, isBot) : bug);
  return applyProposal(proposal, { tracker, rules: config.rules, run, now: world.now, call, prepare, pause, onRefusal });
}

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
