import type { Call, TrackerEnv } from '../../tracker.js';
import { limitError } from './errors.js';
import { longest, type Pause, type Silence } from './silence.js';

/** What may happen at most within a time. Source: GitHub's documentation, "About secondary rate limits". */
const BUDGETS = [
  { count: 80, milliseconds: 60_000 },
  { count: 500, milliseconds: 3_600_000 },
];

const LARGEST_BUDGET = 500;

/** Seconds that a write may have to wait: what was read before it would be too old after more. */
export const LONGEST_WRITE_PAUSE = 60;

/** Lets one write at a time pass, and says for each when it may be sent. */
export interface WriteGate {
  /** Runs `work` when all earlier work is done, and holds back all later work until this is. */
  alone<Result>(work: () => Promise<Result>): Promise<Result>;
  /**
   * Waits until the next write may be sent, and counts it as sent. Rejects when the call is aborted, and with `rate-limit` when that
   * would take more than a minute. `doubtful`: the write was sent before, and nobody knows what became of it.
   */
  turn(call: Call, doubtful?: boolean): Promise<void>;
  /** To be called when an answer has come: the pace is measured from then. */
  done(): void;
  /** Keeps this pace from now on (milliseconds) where it is slower: several trackers may write to one host. */
  slowTo(pace: number): void;
}

/**
 * The gate for all writes to one host: one at a time, apart by its pace (none at first), and within GitHub's limits for creating
 * content (80 a minute, 500 an hour), which no answer tells the state of. Every write counts, closing too.
 */
export function writeGate(silence: Silence, env: Pick<TrackerEnv, 'elapsed' | 'sleep'>): WriteGate {
  const sent: number[] = [];
  let pace = 0;
  let last = Number.NEGATIVE_INFINITY;
  let tail: Promise<unknown> = Promise.resolve();
  return {
    alone(work) {
      const result = tail.then(work);
      tail = result.catch(() => undefined);
      return result;
    },
    async turn(call, doubtful = false) {
      const { milliseconds, reason } = longest(silence.left(), ...pauses(env.elapsed()));
      if (milliseconds > LONGEST_WRITE_PAUSE * 1000) throw limitError(milliseconds / 1000, reason, doubtful);
      if (milliseconds > 0) {
        call.on({ type: 'wait', seconds: milliseconds / 1000, reason });
        await env.sleep(milliseconds, call.signal);
      }
      sent.push(env.elapsed());
      if (sent.length > LARGEST_BUDGET) sent.shift();
    },
    done() {
      last = env.elapsed();
    },
    slowTo(slower) {
      pace = Math.max(pace, slower);
    },
  };

  function pauses(now: number): Pause[] {
    const paced = { milliseconds: Math.ceil(last + pace - now), reason: 'a pause between two writes' };
    const limited = BUDGETS.map(({ count, milliseconds }) => ({
      milliseconds: Math.ceil((sent.at(-count) ?? Number.NEGATIVE_INFINITY) + milliseconds - now),
      reason: `GitHub allows ${count} writes in ${milliseconds / 60_000} min`,
    }));
    return [paced, ...limited];
  }
}
