import { type Duration, formatDuration } from '../model/duration.js';
import { count, enumerate, percent } from '../model/phrases.js';
import type { Backtest, ComparedTrial, Comparison } from './document.js';
import { shortestFirst } from './vary.js';

/** A threshold, and what it would have done. */
export interface Variation {
  readonly threshold: Duration;
  readonly backtest: Backtest;
}

/** One regret among twenty closures. */
export const DEFAULT_BOUND = 0.05;

/** Compares thresholds, the shortest first, and other trials below them. Pure. */
export function compare(given: readonly Variation[], others: readonly Backtest[] = [], bound = DEFAULT_BOUND): Comparison {
  const variations = given.toSorted((a, b) => shortestFirst(a.threshold, b.threshold));
  const best = variations.find(({ backtest: { summary } }) => summary.rate !== null && summary.rate < bound);
  return {
    version: 1,
    kind: 'comparison',
    rows: [...variations.map(({ backtest }) => backtest), ...others].map(rowOf),
    bound,
    recommended: best ? formatDuration(best.threshold) : null,
    recommendation: best ? praise(best, bound) : regret(variations, bound),
  };
}

function rowOf({ subject, summary, range, weeks }: Backtest): ComparedTrial {
  const { closed, regrets, rate, medianDays, rescued } = summary;
  const { open, withPolicy } = weeks.at(-1) ?? { open: 0, withPolicy: 0 };
  return { subject, closed, regrets, rate, range, medianDays, rescued, open, withPolicy };
}

function praise({ threshold, backtest: { summary, range } }: Variation, bound: number): string {
  const name = formatDuration(threshold);
  const most = range.rate.most ?? 0;
  const caution = most >= bound ? ` What the history does not tell may make it as much as ${percent(most)}.` : '';
  return `${name} is the shortest threshold that stays under ${percent(bound)}: of ${count(summary.closed, 'bug')} it would have closed, people came back to ${summary.regrets} (${percent(summary.rate ?? 0)}).${caution}`;
}

function regret(variations: readonly Variation[], bound: number): string {
  const names = enumerate(
    variations.map(({ threshold }) => formatDuration(threshold)),
    'or',
  );
  const closing = variations.filter(({ backtest: { summary } }) => summary.rate !== null);
  const [lowest] = closing.toSorted((a, b) => (a.backtest.summary.rate ?? 0) - (b.backtest.summary.rate ?? 0));
  if (!lowest) return `With a threshold of ${names} nothing would have been closed.`;
  const { rate, regrets, closed } = lowest.backtest.summary;
  return `No threshold of ${names} stays under ${percent(bound)}. The lowest is ${formatDuration(lowest.threshold)}: people came back to ${regrets} of ${closed} (${percent(rate ?? 0)}).`;
}
