import type { Bug } from '../model/bug.js';
import type { Backtest } from './document.js';
import type { Words } from './fate.js';
import { lifeOf } from './life.js';
import type { Schedule } from './schedule.js';
import { tallyOf } from './tally.js';
import type { Trial } from './trial.js';

/**
 * Replays trials over all bugs of a backlog, open and closed ones with their histories, machine users counted as bots already. Each bug is
 * looked at once and not kept; what grows are the lists of closures and rescues. Gives one document for each trial, in their order.
 */
export async function backtest(
  bugs: AsyncIterable<Bug> | Iterable<Bug>,
  trials: readonly Trial[],
  schedule: Schedule,
  words: Words,
): Promise<Backtest[]> {
  const tallies = trials.map((trial) => tallyOf(trial, schedule));
  for await (const bug of bugs) {
    const life = lifeOf(bug, schedule, words);
    for (const tally of tallies) tally.add(life);
  }
  return tallies.map((tally) => tally.result());
}
