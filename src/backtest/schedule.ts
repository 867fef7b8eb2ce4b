import { BugpruneError } from '../errors.js';
import { add, type Duration, formatDuration, multiply } from '../model/duration.js';
import type { Instant } from '../model/instant.js';

/** When the policies are taken to have been run: at `from`, and again after every so long until `to`, both included. */
export interface Schedule {
  readonly from: Instant;
  readonly to: Instant;
  readonly every: Duration;
  /** Oldest first. Replays know a run by its index. */
  readonly runs: readonly Instant[];
}

/** Counters are kept for each run. Hourly runs of ten years are fewer. */
const MOST_RUNS = 100_000;

/** The runs between two instants, on the calendar: monthly ones fall on the day of the first. Throws `usage` for impossible spans. */
export function schedule(from: Instant, to: Instant, every: Duration): Schedule {
  if (from > to) {
    throw new BugpruneError('usage', `A backtest runs forwards: expected a beginning before ${to}, found ${from}.`);
  }
  const runs: Instant[] = [from];
  // The calendar ends with the year 9999, where instants do not grow any more.
  for (let at = add(from, every); at <= to && at !== runs.at(-1); at = add(from, multiply(every, runs.length))) {
    if (runs.length === MOST_RUNS) throw tooMany(from, to, every);
    runs.push(at);
  }
  return { from, to, every, runs };
}

function tooMany(from: Instant, to: Instant, every: Duration): BugpruneError {
  const message = `From ${from} to ${to} there are more than ${MOST_RUNS} runs, one every ${formatDuration(every)}.`;
  return new BugpruneError('usage', message, { hint: 'Choose a shorter time, or runs that are further apart: 1w.' });
}

/** The index of the first run at or after an instant; the number of runs when there is none. */
export function firstRunFrom({ runs }: Schedule, at: Instant): number {
  return firstIndex(0, runs.length, (run) => (runs[run] ?? at) >= at);
}

/** The first of some indexes for which something holds that goes on to hold; `end` when it does for none. */
export function firstIndex(first: number, end: number, holds: (index: number) => boolean): number {
  let [low, high] = [first, end];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (holds(middle)) high = middle;
    else low = middle + 1;
  }
  return low;
}

/** The instant of a run. Throws for one that the schedule does not have. */
export function runAt({ runs }: Schedule, run: number): Instant {
  const at = runs[run];
  if (at === undefined) throw new RangeError(`there is no run ${run} of ${runs.length}`);
  return at;
}
