import type { Week } from './document.js';
import type { Fate } from './fate.js';
import type { Played } from './replay.js';
import { firstRunFrom, runAt, type Schedule } from './schedule.js';
import type { Stretch } from './stretches.js';

/** The size of a backlog at each run, bug by bug. */
export interface Weeks {
  add(stretches: readonly Stretch[], played: Played, regret: Fate | null): void;
  list(): Week[];
}

/**
 * Counts what changes at a run, not what is there: a bug costs a few additions, however many runs there are. A bug that would have been
 * closed is out of the backlog from that run on; from its regret on it counts again whenever it was open in reality.
 */
export function countWeeks(schedule: Schedule): Weeks {
  const counters = () => new Int32Array(schedule.runs.length + 1);
  const [open, spared, closed, warned] = [counters(), counters(), counters(), counters()];
  const increase = (counter: Int32Array, run: number, by = 1) => {
    counter[run] = (counter[run] ?? 0) + by;
  };
  const increaseBetween = (counter: Int32Array, first: number, end: number) => {
    if (first >= end) return;
    increase(counter, first);
    increase(counter, end, -1);
  };
  return { add, list };

  function add(stretches: readonly Stretch[], { warnings, closing }: Played, regret: Fate | null): void {
    const out = closing?.run ?? schedule.runs.length;
    const back = regret ? firstRunFrom(schedule, regret.at) : schedule.runs.length;
    for (const { bug, first, end } of stretches) {
      if (bug.state === 'closed') continue;
      increaseBetween(open, first, end);
      increaseBetween(spared, Math.max(first, out), Math.min(end, back));
    }
    if (closing) increase(closed, closing.run);
    for (const { run } of warnings) increase(warned, run);
  }

  function list(): Week[] {
    let [opened, out] = [0, 0];
    return schedule.runs.map((_, run) => {
      opened += open[run] ?? 0;
      out += spared[run] ?? 0;
      return {
        at: runAt(schedule, run),
        open: opened,
        withPolicy: opened - out,
        closed: closed[run] ?? 0,
        warned: warned[run] ?? 0,
      };
    });
  }
}
