import type { Instant } from './model/instant.js';

/** The id of a report or a run: when, and something that tells it from others of that second: `20261122T090000Z-3f9a2c`. */
export function runId(now: Instant, tail: string): string {
  return `${now.replace(/[-:]/g, '')}-${tail}`;
}
