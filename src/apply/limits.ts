import { BugpruneError } from '../errors.js';
import type { RunState } from '../journal/fold.js';
import { count } from '../model/phrases.js';
import type { Report, ReportBug } from '../report/document.js';
import { type TooMany, tooMany, waysAhead } from '../report/next.js';

/** The limits of the configuration. */
export interface Limits {
  readonly closes: number;
  readonly warnings: number;
  /** Of the open bugs, in percent. */
  readonly share: number;
  /** How many times the median of the last runs. */
  readonly surge: number;
}

/** What a prune may do at most: the `limits` of a report, and how to speak of them. */
export interface Allowance extends Readonly<NonNullable<Report['limits']>> {
  /** Open bugs, of all trackers together. */
  readonly open: number;
  /** What allows so many closings, so many warnings: `limits.share (20%) allows`. */
  readonly words: { readonly closes: string; readonly warnings: string };
}

/** A plan that is more than a prune may do, and in sentences why. */
export interface Excess extends TooMany {
  readonly why: string;
}

/**
 * What a prune may do at most without being told more: the lowest of three limits for closings, and one for warnings. `open` is the
 * number of open bugs, `earlier` what past runs closed, newest last: see {@link earlierClosings}.
 */
export function allowance(limits: Limits, open: number, earlier: readonly number[]): Allowance {
  const usual = medianOf(earlier);
  const most = {
    closes: limits.closes,
    // Rounded up: of a small backlog, too, one bug can be closed.
    share: roundedUp((limits.share * open) / 100),
    // After weeks without any, there must be a way to begin again.
    surge: usual === null ? Number.POSITIVE_INFINITY : roundedUp(limits.surge * Math.max(1, usual)),
  };
  const by = (['closes', 'share', 'surge'] as const).reduce((lowest, one) => (most[one] < most[lowest] ? one : lowest));
  const words = { closes: wordsOf(by, limits, usual ?? 0), warnings: 'limits.warnings allows' };
  return { closes: most[by], warnings: limits.warnings, by, open, words };
}

function wordsOf(by: Allowance['by'], { share, surge }: Limits, usual: number): string {
  if (by === 'closes') return 'limits.closes allows';
  if (by === 'share') return `limits.share (${share}%) allows`;
  const runs = usual < 1 ? 'mostly closed none (counted as 1)' : `closed ${usual} on average (median)`;
  return `limits.surge (${surge}x) allows after runs that ${runs}`;
}

/** The same after an explicit `--limit N`: so many closings, whatever the limits say, and at least as many warnings. */
export function lifted(usual: Allowance, limit: number): Allowance {
  const more = limit > usual.warnings;
  const words = { closes: '--limit allows', warnings: more ? '--limit allows' : usual.words.warnings };
  return { ...usual, closes: limit, warnings: more ? limit : usual.warnings, by: 'closes', words };
}

/** By how much a plan is more than a prune may do, and why; null when it is not. */
export function excess(proposals: readonly ReportBug[], allowed: Allowance): Excess | null {
  const over = tooMany(proposals, allowed);
  if (!over) return null;
  const sentence = (many: number | null, done: string, kind: 'closes' | 'warnings') =>
    many === null
      ? []
      : [`${many} of ${count(allowed.open, 'open bug')} would be ${done}, more than ${allowed.words[kind]}: ${allowed[kind]}.`];
  const why = [...sentence(over.closes, 'closed', 'closes'), ...sentence(over.warnings, 'warned', 'warnings')].join(' ');
  return { ...over, why };
}

/** The refusal of a plan that is too much; the hint has the commands that go ahead, made of the one that was refused. */
export function refusal(over: Excess, command: string): BugpruneError {
  const ways = waysAhead(over, command).map((way) => `${way.label}: ${way.command}`);
  return new BugpruneError('refused', `${over.why} Nothing was changed.`, { hint: ways.join('\n') });
}

/**
 * How many bugs each past prune of the same trackers closed, in the order of the runs. Runs that closed none count: they are the normal
 * week. A run that did not finish says nothing about a normal week (it counts once it was resumed), and one that was undone was a
 * mistake, not a measure.
 */
export function earlierClosings(runs: readonly RunState[], trackers: readonly string[]): number[] {
  const finished = runs.filter(({ end }) => end === 'finished').map(({ header, bugs }) => ({ ...header, bugs }));
  const undone = new Set(finished.filter(({ kind }) => kind === 'undo').map(({ of }) => of));
  const names = (all: readonly { name: string }[]) => new Set(all.map(({ name }) => name));
  return finished
    .filter((one) => one.kind === 'prune' && !undone.has(one.run) && areSame(names(one.trackers), new Set(trackers)))
    .map(({ bugs }) => bugs.filter(({ outcome }) => outcome?.status === 'closed').length);
}

const areSame = (some: ReadonlySet<string>, others: ReadonlySet<string>): boolean =>
  some.size === others.size && [...some].every((name) => others.has(name));

const FEWEST_RUNS = 3;
const MOST_RUNS = 10;

/** The median of the last ten; null for fewer than three, which are no habit yet. */
function medianOf(earlier: readonly number[]): number | null {
  const last = earlier.slice(-MOST_RUNS).toSorted((a, b) => a - b);
  if (last.length < FEWEST_RUNS) return null;
  const middle = last.slice(Math.floor((last.length - 1) / 2), Math.floor(last.length / 2) + 1);
  return middle.reduce((sum, one) => sum + one, 0) / middle.length;
}

/** Without what binary fractions add: 1.1 × 10 is 11, not 12. */
function roundedUp(value: number): number {
  return Math.ceil(Number(value.toFixed(6)));
}
