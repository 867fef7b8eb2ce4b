import { type Instant, toInstant } from '../model/instant.js';

/** The id of a report or a run: when, and something that tells it from others of that second: `20261122T090000Z-3f9a2c`. */
export function runId(now: Instant, tail: string): string {
  return `${now.replace(/[-:]/g, '')}-${tail}`;
}

/** The clock of a run's journal: it starts at the run's own instant, and goes forward whatever is done to the clock on the wall. */
export function runClock({ now, elapsed }: { readonly now: Instant; elapsed(): number }): () => Instant {
  const started = elapsed();
  return () => toInstant(Date.parse(now) + elapsed() - started) ?? now;
}
