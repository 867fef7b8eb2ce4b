import { applyProposal } from './apply/apply.js';
import { type Collected, callFor, collect, type Examined, type OpenReader, openTracker, type World } from './collect.js';
import type { Config, TrackerEntry } from './config/load.js';
import { BugpruneError, EXIT_CODES, TrackerError } from './errors.js';
import type { Bug } from './model/bug.js';
import { withBots } from './model/history.js';
import { type ActionResult, type Report, type ReportBug, type ReportTracker, summarize } from './report/document.js';
import { reportEntry } from './report/entry.js';
import { type Judgement, judge } from './rules/judge.js';
import { type SnapshotHeader, snapshotHeader } from './trackers/file/format.js';
import { writeSnapshot } from './trackers/file/write.js';
import type { Call, Tracker } from './trackers/tracker.js';

/** A report, and what could not be read for it. */
export interface Reported {
  readonly report: Report;
  readonly failures: readonly TrackerError[];
}

/**
 * The dry run: collect, judge, report. Holds nothing that could write to a tracker.
 * Throws the first failure when nothing could be read from any tracker.
 */
export function report(config: Config, world: World): Promise<Reported> {
  return makeReport(config, world, (entry, call) => openTracker(entry, config.folder, world, call));
}

/** A fresh report with the trackers it was made from at hand, by name, for a prune that follows at once. */
export interface Plan extends Reported {
  readonly trackers: ReadonlyMap<string, Tracker>;
}

/** The same dry run, for a prune. */
export async function plan(config: Config, world: World): Promise<Plan> {
  const trackers = new Map<string, Tracker>();
  const reported = await makeReport(config, world, async (entry, call) => {
    const opened = await openTracker(entry, config.folder, world, call);
    trackers.set(entry.name, opened.tracker);
    return opened;
  });
  return { ...reported, trackers };
}

type Open = (entry: TrackerEntry, call: Call) => Promise<OpenReader>;

async function makeReport(config: Config, world: World, open: Open): Promise<Reported> {
  const examine = (bug: Bug) => examineBug(bug, config, world);
  const all = await Promise.all(config.trackers.map((entry) => collect(entry, open, world, examine)));
  const failures = all.flatMap((one) => one.failures);
  if (all.every((one) => one.items.length === 0 && one.failures.length > 0)) throw together(failures);
  const bugs = all.flatMap(({ items }) => items.toSorted(byAge));
  const document: Report = {
    version: 1,
    kind: 'report',
    mode: 'dry-run',
    run: `${compact(world.now)}-${config.policyDigest.slice(7, 13)}`,
    generatedAt: world.now,
    tool: { name: 'bugprune', version: world.version },
    policyDigest: config.policyDigest,
    trackers: all.map(describe),
    summary: summarize(bugs),
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

/** `2026-11-22T09:00:00Z` as it stands in a run's id: `20261122T090000Z`. */
function compact(now: string): string {
  return now.replace(/[-:]/g, '');
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

/** `#2` before `#10`. */
const byNumber = new Intl.Collator('en', { numeric: true });

function byAge(a: ReportBug, b: ReportBug): number {
  if (a.createdAt !== b.createdAt) return a.createdAt < b.createdAt ? -1 : 1;
  return byNumber.compare(a.ref, b.ref);
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

/** What is unknown for another reason stays undecided whatever its history says. */
function wouldHistoryDecide({ verdict, reasons }: Judgement): boolean {
  const otherDoubts = reasons.some(({ rule, outcome }) => outcome === 'unknown' && (rule === 'target' || rule === 'obstacle'));
  return verdict === 'undecided' && !otherDoubts;
}

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
  const run = `${compact(world.now)}-${world.random()}`;
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

/** One bug, judged: what `explain` shows. */
export interface Explanation {
  readonly bug: Bug;
  readonly entry: ReportBug;
}

/**
 * Why one bug would be closed or kept: asks each tracker for it until one knows it. Where the bug was named by its URL, `host` is
 * that of the URL: the bug of the same name on another site is another bug.
 */
export async function explain(ref: string, host: string | null, config: Config, world: World): Promise<Explanation> {
  const failures: TrackerError[] = [];
  for (const entry of config.trackers) {
    const call = callFor(entry, world);
    try {
      const { tracker }: OpenReader = await openTracker(entry, config.folder, world, call);
      const read = await tracker.read(ref, call);
      if (host !== null && new URL(read.url).host !== host) continue;
      const bug = config.isBot ? withBots(read, config.isBot) : read;
      return { bug, entry: reportEntry(bug, judge(bug, config.rules, world.now), config.rules, world.now) };
    } catch (error) {
      if (!(error instanceof TrackerError) || world.signal.aborted) throw error;
      failures.push(error);
    }
  }
  throw failures.find(({ kind }) => kind !== 'not-found') ?? failures[0] ?? elsewhere(ref, host);
}

function elsewhere(ref: string, host: string | null): BugpruneError {
  return new BugpruneError('usage', `None of the trackers is on ${host ?? 'a site'} and knows ${ref}.`, {
    hint: 'Name the source as well: bugprune explain REF SOURCE',
  });
}

/** What a snapshot holds. */
export interface Snapshot extends SnapshotHeader {
  readonly bugs: number;
  readonly notes: readonly string[];
}

/**
 * Saves every open bug of one tracker with its whole history to a file. Throws when anything could not be read, and leaves the file
 * as it was: half a backlog must not look like a whole one.
 */
export async function snapshot(config: Config, path: string, world: World): Promise<Snapshot> {
  const [entry, ...others] = config.trackers;
  if (!entry || others.length > 0) {
    const names = config.trackers.map(({ name }) => name).join(', ');
    throw new BugpruneError('usage', `A snapshot is of one tracker; there are ${names}.`, {
      hint: 'Choose one with --tracker NAME.',
    });
  }
  const wholeBug = (bug: Bug) => ({ item: bug, needsHistory: bug.history === 'unread' });
  const open: Open = (one, call) => openTracker(one, config.folder, world, call);
  const { items, as, source, failures, notes } = await collect(entry, open, world, wholeBug);
  if (failures[0]) throw failures[0];
  const header = snapshotHeader({ source, takenAt: world.now, account: as });
  return { ...header, bugs: await writeSnapshot(path, header, items), notes };
}
