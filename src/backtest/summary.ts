import type { Backtest, Closure } from './document.js';

/** How many bugs would have been closed, and how many of these were regretted. */
export interface Count {
  closed: number;
  regrets: number;
}

/** Regrets per closure, to four places; null when there is none. */
export function rateOf({ closed, regrets }: Count): number | null {
  return closed === 0 ? null : Math.round((regrets / closed) * 10_000) / 10_000;
}

/** The counts of a document. */
export function summaryOf(
  closures: readonly Closure[],
  counted: Pick<Backtest['summary'], 'bugs' | 'open' | 'warned' | 'rescued'>,
): Backtest['summary'] {
  const days = closures.flatMap((closure) => closure.days ?? []);
  const found: Count = { closed: closures.length, regrets: days.length };
  return {
    ...counted,
    ...found,
    rate: rateOf(found),
    medianDays: median(days),
    echoed: closures.filter(({ fate, echoes }) => fate === 'none' && echoes > 0).length,
  };
}

/** What the numbers may be, given some ways of reading the same history. */
export function rangeOf(readings: readonly Count[]): Backtest['range'] {
  const rates = readings.flatMap((reading) => rateOf(reading) ?? []);
  return {
    closed: ends(readings.map(({ closed }) => closed)),
    regrets: ends(readings.map(({ regrets }) => regrets)),
    rate: rates.length === 0 ? { least: null, most: null } : ends(rates),
  };
}

function ends(numbers: readonly number[]): { least: number; most: number } {
  return { least: Math.min(...numbers), most: Math.max(...numbers) };
}

function median(numbers: readonly number[]): number | null {
  const sorted = numbers.toSorted((a, b) => a - b);
  const middle = sorted.length >>> 1;
  const [below, above] = [sorted[sorted.length % 2 === 0 ? middle - 1 : middle], sorted[middle]];
  return below === undefined || above === undefined ? null : (below + above) / 2;
}
