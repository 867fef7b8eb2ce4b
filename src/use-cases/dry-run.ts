import { allowance, earlierClosings } from '../apply/limits.js';
import { byAge } from '../apply/order.js';
import type { Config, TrackerEntry } from '../config/load.js';
import { BugpruneError, EXIT_CODES, type TrackerError } from '../errors.js';
import type { RunState } from '../journal/fold.js';
import type { Bug } from '../model/bug.js';
import { withBots } from '../model/history.js';
import { inShard, type Shard } from '../model/shard.js';
import { type Report, type ReportBug, type ReportTracker, summarize } from '../report/document.js';
import { reportEntry } from '../report/entry.js';
import { type Judgement, judge } from '../rules/judge.js';
import type { Call, Tracker } from '../trackers/tracker.js';
import { type Collected, collect, type Examined, type OpenReader, openTracker, type What, type World } from './collect.js';
import { runId } from './run-id.js';

/** A report, and what could not be read for it. */
export interface Reported {
  readonly report: Report;
  readonly failures: readonly TrackerError[];
  /** It holds what had been read when somebody interrupted. */
  readonly interrupted: boolean;
}

/**
 * The dry run: collect, judge, report. Holds nothing that could write to a tracker. `earlier` are all runs that there are journals
 * of, oldest first: what they closed is the measure of what is unusual. Throws what failed when nothing could be read from any tracker.
 * With a `shard` it reads only the repositories and projects of that part, and reports even that none of them could be read: the other
 * parts may do better. An interruption throws only where nothing had been read by then.
 */
export async function report(config: Config, world: World, earlier: readonly RunState[], shard?: Shard): Promise<Reported> {
  const selection = { state: 'open' as const, ...(shard && { within: inShard(shard) }) };
  const what = { selections: [selection], partly: true };
  const all = await collectAll(config, world, what, (entry, call) => openTracker(entry, config.folder, world, call));
  return reported(all, config, world, earlier, shard);
}

/** A fresh report with the trackers it was made from at hand, by name, for a prune that follows at once. */
export interface Plan extends Omit<Reported, 'interrupted'> {
  readonly trackers: ReadonlyMap<string, Tracker>;
}

/** The same dry run, for a prune: of everything, and nothing where it is interrupted. */
export async function plan(config: Config, world: World, earlier: readonly RunState[]): Promise<Plan> {
  const trackers = new Map<string, Tracker>();
  const all = await collectAll(config, world, {}, async (entry, call) => {
    const opened = await openTracker(entry, config.folder, world, call);
    trackers.set(entry.name, opened.tracker);
    return opened;
  });
  const { report: document, failures } = reported(all, config, world, earlier);
  return { report: document, failures, trackers };
}

type Open = (entry: TrackerEntry, call: Call) => Promise<OpenReader>;

function collectAll(config: Config, world: World, what: What, open: Open): Promise<Collected<ReportBug>[]> {
  const examine = (bug: Bug) => examineBug(bug, config, world);
  return Promise.all(config.trackers.map((entry) => collect(entry, open, world, examine, what)));
}

function reported(
  all: readonly Collected<ReportBug>[],
  config: Config,
  world: World,
  earlier: readonly RunState[],
  shard?: Shard,
): Reported {
  const failures = all.flatMap((one) => one.failures);
  const bugs = all.flatMap(({ items }) => items.toSorted(byAge));
  const interrupted = all.some((one) => one.interrupted);
  if (interrupted && bugs.length === 0) world.signal.throwIfAborted();
  if (!shard && all.every((one) => one.items.length === 0 && one.failures.length > 0)) throw together(failures);
  const document: Report = {
    version: 1,
    kind: 'report',
    mode: 'dry-run',
    run: runId(world.now, config.policyDigest.slice(7, 13)),
    generatedAt: world.now,
    tool: { name: 'bugprune', version: world.version },
    policyDigest: config.policyDigest,
    ...(shard && { shard }),
    trackers: all.map(describe),
    summary: summarize(bugs),
    // They are about the whole: so many at once, such a share of the open bugs.
    limits: shard ? null : limitsOf(config, bugs.length, earlier),
    bugs,
  };
  return { report: document, failures, interrupted };
}

function limitsOf({ limits, trackers }: Config, open: number, earlier: readonly RunState[]): Report['limits'] {
  const { closes, warnings, by } = allowance(
    limits,
    open,
    earlierClosings(
      earlier,
      trackers.map(({ name }) => name),
    ),
  );
  return { closes, warnings, by };
}

/** One failure for several: its exit code is that of the first one that needs credentials, if any does. */
function together(failures: readonly TrackerError[]): BugpruneError {
  const [first, second] = failures.toSorted((a, b) => EXIT_CODES[a.code] - EXIT_CODES[b.code]);
  if (!first) return new BugpruneError('usage', 'There is no tracker to ask.');
  return second
    ? new BugpruneError(first.code, failures.map(({ message }) => message).join('\n'), { hint: first.hint, cause: first })
    : first;
}

function describe({ entry, as, items, failures, notes, interrupted }: Collected<ReportBug>): ReportTracker {
  return {
    name: entry.name,
    type: entry.descriptor.type,
    as,
    complete: failures.length === 0 && !interrupted,
    open: items.length,
    problems: [...failures.map(({ message }) => message), ...(interrupted ? ['interrupted before everything was read'] : [])],
    notes: [...notes],
  };
}

/** A bug judged and made an entry of the report. Its history is needed where only that keeps the judgement from being certain. */
function examineBug(read: Bug, config: Config, world: World): Examined<ReportBug> {
  const bug = config.isBot ? withBots(read, config.isBot) : read;
  const judgement = judge(bug, config.rules, world.now);
  return {
    item: reportEntry(bug, judgement, config.rules, world.now),
    needsHistory: bug.history === 'unread' && wouldHistoryDecide(judgement),
  };
}

/** Whether the history of a bug is worth reading: what is unknown for another reason stays undecided whatever it says. */
export function wouldHistoryDecide({ verdict, reasons }: Judgement): boolean {
  const otherDoubts = reasons.some(({ rule, outcome }) => outcome === 'unknown' && (rule === 'target' || rule === 'obstacle'));
  return verdict === 'undecided' && !otherDoubts;
}
