import type { Call, TrackerEnv } from '../../tracker.js';
import { limitError } from './errors.js';
import { longest, type Pause, type Silence } from './silence.js';

/** GitHub's two APIs, each with a budget of its own. */
export type Api = 'rest' | 'graphql';

/**
 * How many readings may be under way at once. At half a second for an answer, eight use up what a minute allows; GitHub minds more
 * than a hundred, and others may use the same account. Source: GitHub's documentation, "About secondary rate limits".
 */
export const READINGS_AT_ONCE = 8;

/**
 * Readings that may be sent within a minute. GitHub allows 900 and 2,000 points, of which a reading takes one. Some are left for writes,
 * which do not wait for them, and because GitHub counts when a request arrives. Source: as above.
 */
const A_MINUTE: Record<Api, number> = { rest: 800, graphql: 1_800 };

/** Of REST. Source: as above. */
const POINTS_OF_WRITE = 5;

const MINUTE = 60_000;

/** Seconds: a used-up hourly limit is back within an hour; nobody waits for longer to read. */
export const LONGEST_READ_PAUSE = 3_700;

/** Lets readings pass, some at a time and so many a minute. */
export interface ReadGate {
  /** Sends one when there is room for it. Rejects as `turn` does, and with whatever `send` does. */
  pass<Result>(api: Api, call: Call, send: () => Promise<Result>): Promise<Result>;
  /**
   * Waits until one may be sent, and counts it as sent: for one that is sent in the course of another. Rejects when the call is aborted,
   * and with `rate-limit` when the host asked for more than an hour of silence.
   */
  turn(api: Api, call: Call): Promise<void>;
  /** Counts a write that is sent at this moment. */
  countWrite(): void;
}

/** The gate for all readings from one host. */
export function readGate(silence: Silence, env: Pick<TrackerEnv, 'elapsed' | 'sleep'>): ReadGate {
  const sent: Record<Api, number[]> = { rest: [], graphql: [] };
  const slots = createSlots(READINGS_AT_ONCE);
  let tail: Promise<unknown> = Promise.resolve();

  // One waits at a time, so that all who come after it need no waits, and no words, of their own.
  function turn(api: Api, call: Call): Promise<void> {
    const mine = tail.then(() => wait(api, call));
    tail = mine.catch(() => undefined);
    return mine;
  }

  async function wait(api: Api, call: Call): Promise<void> {
    for (let waited = Number.NEGATIVE_INFINITY; ; ) {
      call.signal.throwIfAborted();
      const { milliseconds, reason } = longest(silence.left(), budgetPause(api));
      const until = env.elapsed() + milliseconds;
      // Where the host asked for more meanwhile, it is waited for as well; a timer that fires early is none of that.
      if (milliseconds <= 0 || until <= waited + 1) break;
      if (milliseconds > LONGEST_READ_PAUSE * 1000) throw limitError(milliseconds / 1000, reason, false);
      if (milliseconds >= 1000) call.on({ type: 'wait', seconds: Math.ceil(milliseconds / 1000), reason });
      await env.sleep(milliseconds, call.signal);
      waited = until;
    }
    count(api, 1);
  }

  function budgetPause(api: Api): Pause {
    const earlier = sent[api].at(-A_MINUTE[api]) ?? Number.NEGATIVE_INFINITY;
    return { milliseconds: Math.ceil(earlier + MINUTE - env.elapsed()), reason: 'GitHub allows so many requests in a minute' };
  }

  function count(api: Api, points: number): void {
    for (let point = 0; point < points; point++) sent[api].push(env.elapsed());
    sent[api].splice(0, sent[api].length - A_MINUTE[api]);
  }

  return {
    async pass(api, call, send) {
      await slots.take();
      try {
        await turn(api, call);
        return await send();
      } finally {
        slots.give();
      }
    },
    turn,
    countWrite: () => count('rest', POINTS_OF_WRITE),
  };
}

/** So many may hold a slot at once; who comes first gets the next that is free. */
function createSlots(number: number): { take(): Promise<void>; give(): void } {
  let free = number;
  const waiting: (() => void)[] = [];
  return {
    take() {
      if (free === 0) return new Promise((resolve) => waiting.push(resolve));
      free--;
      return Promise.resolve();
    },
    give() {
      const next = waiting.shift();
      if (next) next();
      else free++;
    },
  };
}
