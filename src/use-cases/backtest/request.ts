import { DEFAULT_BOUND } from '../../backtest/compare.js';
import { THRESHOLDS } from '../../backtest/vary.js';
import { BugpruneError } from '../../errors.js';
import { type Duration, parseDuration } from '../../model/duration.js';
import { type Instant, toInstant } from '../../model/instant.js';

/** What a backtest is to do. */
export interface BacktestRequest {
  /** The first run; null: two years before the last. */
  readonly from: Instant | null;
  /** No run is later; null: than the snapshots. */
  readonly to: Instant | null;
  /** Between two runs. */
  readonly every: Duration;
  /** What to try for `untargetedFor` beside the policies as configured. */
  readonly thresholds: readonly Duration[];
  /** The highest rate of regrets that somebody is willing to bear: 0.05 are five percent. */
  readonly bound: number;
}

/** The same as people write it: `2024-11-22`, `1w`, `untargetedFor=4w,6w`, `5%`. `vary: true` are the usual thresholds. */
export interface WrittenRequest {
  readonly from?: string;
  readonly to?: string;
  readonly every?: string;
  readonly vary?: string | true;
  readonly bound?: string;
}

/** Reads what people wrote. Throws `usage`, naming the option. */
export function backtestRequest({ from, to, every = '1w', vary, bound }: WrittenRequest): BacktestRequest {
  return {
    from: from === undefined ? null : instantIn('--from', from),
    to: to === undefined ? null : instantIn('--to', to),
    every: durationIn('--every', every),
    thresholds: vary === undefined ? [] : vary === true ? THRESHOLDS : thresholdsIn(vary),
    bound: bound === undefined ? DEFAULT_BOUND : shareIn('--bound', bound),
  };
}

function instantIn(option: string, text: string): Instant {
  const at = toInstant(text);
  if (at === null) throw unexpected(option, 'a day such as 2024-11-22, or an instant such as 2024-11-22T09:00:00Z', text);
  return at;
}

function durationIn(option: string, text: string): Duration {
  const duration = parseDuration(text);
  if (duration === null) throw unexpected(option, 'a duration such as 1d, 1w or 1mo', text);
  return duration;
}

function thresholdsIn(text: string): Duration[] {
  const [, list = ''] = /^untargetedFor=(.+)$/.exec(text) ?? [];
  if (list === '') throw unexpected('--vary', 'nothing, or untargetedFor=4w,6w,12w', text, 'Name the snapshot before --vary.');
  const written = new Set(list.split(',').map((part) => part.trim()));
  return [...written].map((part) => durationIn('--vary', part));
}

function shareIn(option: string, text: string): number {
  const percents = /^\d{1,3}(\.\d+)?%$/.test(text) ? Number.parseFloat(text) : 0;
  if (percents <= 0 || percents > 100) throw unexpected(option, 'a percentage such as 5%, at most 100%', text);
  return percents / 100;
}

function unexpected(option: string, expected: string, found: string, hint?: string): BugpruneError {
  return new BugpruneError('usage', `${option}: expected ${expected}, found "${found}".`, { hint });
}
