import { type Answer, refuse } from './json.js';
import type { FakeRequest } from './request.js';

/** What GitHub allows within a minute, and at once. Source: its documentation, "About secondary rate limits". */
const POINTS = { rest: 900, graphql: 2000 };
const AT_ONCE = 100;
const POINTS_OF_WRITE = 5;
const MINUTE = 60_000;

/** The most that was asked for, and how often that was too much. */
export interface Load {
  /** Points within any minute. */
  readonly points: { rest: number; graphql: number };
  /** Requests that were under way together. */
  atOnce: number;
  refused: number;
}

/** The secondary rate limits, which GitHub tells nobody the state of. */
interface Minute {
  readonly load: Load;
  /** Counts a request that came in while so many were under way, itself included; the refusal when that is too much. */
  enter(request: FakeRequest, underWay: number): Answer | undefined;
}

/** Counts by a clock in milliseconds; without one nothing is refused, and no minute ends. */
export function newMinute(elapsed: (() => number) | undefined): Minute {
  const load: Load = { points: { rest: 0, graphql: 0 }, atOnce: 0, refused: 0 };
  const arrived: Record<FakeRequest['kind'], number[]> = { rest: [], graphql: [] };
  return {
    load,
    enter({ kind, write }, underWay) {
      const now = elapsed?.() ?? 0;
      const times = arrived[kind];
      for (let point = 0; point < (write ? POINTS_OF_WRITE : 1); point++) times.push(now);
      times.splice(
        0,
        times.findIndex((at) => at > now - MINUTE),
      );
      load.points[kind] = Math.max(load.points[kind], times.length);
      load.atOnce = Math.max(load.atOnce, underWay);
      if (!elapsed || (times.length <= POINTS[kind] && underWay <= AT_ONCE)) return undefined;
      load.refused++;
      return tooFast;
    },
  };
}

const tooFast: Answer = {
  ...refuse(403, 'You have exceeded a secondary rate limit. Please wait a few minutes before you try again.'),
  headers: { 'retry-after': '60' },
};
