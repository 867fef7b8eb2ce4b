import type { Instant } from '../../../src/model/instant.js';

export const HOUR = 3_600_000;
export const DAY = 24 * HOUR;
export const WEEK = 7 * DAY;

/** The one clock of a simulated year: epoch milliseconds, in whole seconds. It only goes forward. */
export interface Clock {
  now(): number;
  /** Lets so much time pass. */
  pass(milliseconds: number): void;
  /** Lets time pass until then; a time that is over changes nothing. */
  reach(at: number): void;
}

/** A clock that starts at an instant. */
export function startClock(start: Instant): Clock {
  let at = Date.parse(start);
  return {
    now: () => at,
    pass(milliseconds) {
      at += Math.ceil(milliseconds / 1000) * 1000;
    },
    reach(then) {
      at = Math.max(at, then);
    },
  };
}

/** The instant of a time. */
export const instant = (at: number): Instant => `${new Date(at).toISOString().slice(0, 19)}Z`;
