import { allowance, earlierClosings } from '../apply/limits.js';
import { byAge } from '../apply/order.js';
import type { Config, TrackerEntry } from '../config/load.js';
import { BugpruneError, EXIT_CODES, type TrackerError } from '../errors.js';
import type { RunState } from '../journal/fold.js';
import type { Bug } from '../model/bug.js';
import { withBots } from '../model/history.js';
import { type Report, type ReportBug, type ReportTracker, summarize } from '../report/document.js';
import { reportEntry } from '../report/entry.js';
import { type Judgement, judge } from '../rules/judge.js';
import type { Call, Tracker } from '../trackers/tracker.js';
import { type Collected, collect, type Examined, type OpenReader, openTracker, type World } from './collect.js';
import { runId } from './run-id.js';

/** A report, and what could not be read for it. */
export interface Reported {
  readonly report: Report;
  readonly failures: readonly TrackerError[];
}

/**
 * The dry run: collect, judge, report. Holds nothing that could write to a tracker. `earlier` are all runs that there are journals
 * of, oldest first: what they closed is the measure of what is unusual. Throws what failed when nothing could be read from any tracker.
 */
export function report(config: Config, world: World, earlier: readonly RunState[]): Promise<Reported> {
  return makeReport(config, world, earlier, (entry, call) => openTracker(entry, config.folder, world, call));
}

/** A fresh report with the trackers it was made from at hand, by name, for a prune that follows at once. */
export interface Plan extends Reported {
  readonly trackers: ReadonlyMap<string, Tracker>;
}

/** The same dry run, for a prune. */
export async function plan(config: Config, world: World, earlier: readonly RunState[]): Promise<Plan> {
  const trackers = new Map<string, Tracker>();
  const reported = await makeReport(config, world, earlier, async (entry, call) => {
    const opened = await openTracker(entry, config.folder, world, call);
    trackers.set(entry.name, opened.tracker);
    return opened;
  });
  return { ...reported, trackers };
}

type Open = (entry: TrackerEntry, call: Call) => Promise<OpenReader>;

async function makeReport(config: Config, world: World, earlier: readonly RunState[], open: Open): Promise<Reported> {
  const examine = (bug: Bug) => examineBug(bug, config, world);
  const all = await Promise.all(config.trackers.map((entry) => collect(entry, open, world, examine)));
  const failures = all.flatMap((one) => one.failures);
  if (all.every((one) => one.items.length === 0 && one.failures.length > 0)) throw together(failures);
  const bugs = all.flatMap(({ items }) => items.toSorted(byAge));
  const names = config.trackers.map(({ name }) => name);
  const { closes, warnings, by } = allowance(config.limits, bugs.length, earlierClosings(earlier, names));
  const document: Report = {
    version: 1,
    kind: 'report',
    mode: 'dry-run',
    run: runId(world.now, config.policyDigest.slice(7, 13)),
    generatedAt: world.now,
    tool: { name: 'bugprune', version: world.version },
    policyDigest: config.policyDigest,
    trackers: all.map(describe),
    summary: summarize(bugs),
    limits: { closes, warnings, by },
    bugs,
  };
  return { report: document, failures };
}

/** One failure for several: its exit code is that of the first one that needs credentials, if any does. */
function together(failures: readonly TrackerError[]): BugpruneError {
  const [first, second] = failures.toSorted((a, b) => EXIT_CODES[a.code] - EXIT_CODES[b.code]);
  if (!first) return new BugpruneError('usage', 'There is no tracker to ask.');
  return second
    ? new BugpruneError(first.code, failures.map(({ message }) => message).join('\n'), { hint: first.hint, cause: first })
    : first;
}

function describe({ entry, as, items, failures, notes }: Collected<ReportBug>): ReportTracker {
  return {
    name: entry.name,
    type: entry.descriptor.type,
    as,
    complete: failures.length === 0,
    open: items.length,
    problems: failures.map(({ message }) => message),
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
