import type { Backtest, Closure } from '../../backtest/document.js';
import { add, type Duration, durationInWords } from '../../model/duration.js';
import type { Instant } from '../../model/instant.js';
import { count, enumerate, percent } from '../../model/phrases.js';
import type { Backtests } from './document.js';

/** One thing that was replayed, under a name short enough for a table. */
export interface Row {
  readonly kind: 'policy' | 'variation' | 'staleBot';
  readonly label: string;
  readonly backtest: Backtest;
}

/** Everything that was replayed, in the order in which people compare it. */
export function rowsOf({ policy, variations, staleBot }: Backtests): Row[] {
  return [
    { kind: 'policy', label: 'as configured', backtest: policy },
    ...variations.map(({ threshold, backtest }): Row => ({ kind: 'variation', label: threshold, backtest })),
    { kind: 'staleBot', label: 'stale bot', backtest: staleBot },
  ];
}

/** What the rows are, for whoever did not choose them. */
export function legend({ policy, variations, staleBot }: Backtests): string {
  const varied = variations.length > 0 ? ' A duration: the same with that untargetedFor.' : '';
  return `As configured: ${policy.subject}.${varied} Stale bot: ${staleBot.subject.replace(/^a stale bot: /, '')}.`;
}

/** The sizes of the backlog at the last run: in reality, and with what was replayed. */
export function lastSizes({ weeks }: Backtest): { readonly open: number; readonly withPolicy: number } {
  return weeks.at(-1) ?? { open: 0, withPolicy: 0 };
}

/** The answer, before all numbers. */
export function answer({ policy }: Backtests): string {
  const { subject, summary } = policy;
  const { closed, open } = summary;
  const beginning = `${span(policy)} ${subject} would have closed`;
  if (closed === 0) return `${beginning} none of ${count(open, 'bug')}.`;
  const backlog = lastSizes(policy);
  const end = `the backlog would be ${backlog.withPolicy} instead of ${count(backlog.open, 'bug')}`;
  return `${beginning} ${closed} of ${count(open, 'bug')}; ${regretsIn(summary)}; ${end}.${warningsIn(summary)}`;
}

function regretsIn({ regrets, rate, medianDays }: Backtest['summary']): string {
  if (regrets === 0) return 'as far as is known, people came back to none of them';
  const after = medianDays === null ? '' : `, after ${count(Math.round(medianDays), 'day')} in the middle`;
  return `people later fixed, targeted or reopened ${regrets} of them (${percent(rate ?? 0)})${after}`;
}

function warningsIn({ warned, rescued }: Backtest['summary']): string {
  if (warned === 0) return '';
  const inTime = rescued === 0 ? 'none of them would have come' : `${rescued} of them would have come`;
  return ` It would have warned ${warned} times; ${inTime} in time, just before people fixed or targeted the bug.`;
}

const UNITS = ['y', 'mo', 'w', 'd'] as const;

/** `Over 2 years`; where it is no round number of anything, from when to when. */
function span({ from, to }: Pick<Backtest, 'from' | 'to'>): string {
  for (const unit of UNITS) {
    const duration = wholeOf(unit, from, to);
    if (duration) return `Over ${durationInWords(duration)}`;
  }
  return `From ${dayOf(from)} to ${dayOf(to)}`;
}

/** The number of years, months, … between two instants; null when there is no whole one, or none that people count in. */
function wholeOf(unit: (typeof UNITS)[number], from: Instant, to: Instant): Duration | null {
  for (let number = 1; number <= 36; number++) {
    const end = add(from, { count: number, unit });
    if (end >= to) return end === to ? { count: number, unit } : null;
  }
  return null;
}

/** `2026-11-22` */
export const dayOf = (at: Instant): string => at.slice(0, '2026-11-22'.length);

/** That what is not in the snapshots cannot show; nothing where they are whole. */
export function blindness({ snapshots }: Backtests): string | null {
  const open = snapshots.filter(({ whole }) => !whole).map(({ name }) => name);
  if (open.length === 0) return null;
  return `The snapshot ${enumerate(open)} was taken of open bugs only: what people fixed since cannot be seen, so that there may be more regrets than these.`;
}

/** A closure that people came back to. */
export interface Regret extends Closure {
  readonly days: number;
}

/** What people came back to, the soonest first: there the policy was most plainly wrong. */
export function regretsOf({ closures }: Backtest): Regret[] {
  const regrets = closures.flatMap((closure) => (closure.days === null ? [] : [{ ...closure, days: closure.days }]));
  return regrets.toSorted((a, b) => a.days - b.days);
}

/** `fixed after 12 d` */
export const fateInWords = ({ fate, days }: Regret): string => `${fate} after ${days} d`;

/** `33 targeted, 6 fixed`. */
export function fatesIn(regrets: readonly Regret[]): string {
  const counts = (['targeted', 'fixed', 'reopened'] as const).map((fate) => ({
    fate,
    number: regrets.filter((regret) => regret.fate === fate).length,
  }));
  return counts
    .filter(({ number }) => number > 0)
    .map(({ fate, number }) => `${number} ${fate}`)
    .join(', ');
}

/** What the numbers may be, given what the history does not tell. */
export function rangeInWords({ range: { closed, regrets, rate } }: Backtest): string {
  if (closed.least === closed.most && regrets.least === regrets.most) {
    return 'What the history does not tell leaves no room for other numbers.';
  }
  const rates = rate.least === null || rate.most === null ? '' : ` (${percent(rate.least)} to ${percent(rate.most)})`;
  return `What the history does not tell leaves room: between ${closed.least} and ${count(closed.most, 'closure')}, between ${regrets.least} and ${count(regrets.most, 'regret')}${rates}.`;
}

/** A guard that would have helped: the setting, and what it would have done. */
export interface Advice {
  readonly setting: string;
  readonly effect: string;
}

/** Guards to think about, where more was regretted than somebody is willing to bear. */
export function adviceFor({ policy, bound }: Backtests): Advice[] {
  const { summary, protection } = policy;
  if ((summary.rate ?? 0) < bound) return [];
  return protection.map(({ guard, setting, regrets, others, rate }) => {
    const today = guard === 'votes' ? ', by the votes of today' : '';
    const left = rate === null ? 'nothing would be closed any more' : `leaving ${percent(rate)}`;
    return {
      setting,
      effect: `would have kept ${regrets} of the ${summary.regrets} that people came back to, and ${others} of the other ${summary.closed - summary.regrets}${today}: ${left}`,
    };
  });
}

/** A command without the program's name, and what it is good for. */
export interface Step {
  readonly label: string;
  readonly words: readonly string[];
}

/** With what a backtest was made, to be made again: sources, and options without the thresholds, which stand in `vary`. */
export interface Given {
  readonly sources: readonly string[];
  readonly options: readonly string[];
  readonly vary: readonly string[];
}

/** What to type after a backtest. */
export function nextSteps(document: Backtests, { sources, options, vary }: Given): Step[] {
  const blind = document.snapshots.find(({ whole }) => !whole);
  const again = ['backtest', ...sources, ...options, ...vary];
  if (blind) {
    // Whoever wrote the file must not slip in an option.
    const source = blind.source.startsWith('-') ? 'SOURCE' : blind.source;
    return [{ label: 'To see what was fixed, too', words: ['snapshot', source, '--all', '-o', 'history.ndjson'] }];
  }
  if (document.comparison === null) return [{ label: 'Other thresholds beside it', words: again }];
  if (document.comparison.recommended === null && adviceFor(document).length > 0) {
    return [{ label: 'With one of these guards in the configuration, again', words: again }];
  }
  return [{ label: 'What would be closed now', words: ['report', ...sources] }];
}
