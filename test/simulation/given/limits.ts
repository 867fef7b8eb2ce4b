import type { House } from './house.js';
import type { WatchedRun } from './observer.js';

/** How many bugs a run may close and warn, by the words of the design. `limit`: what --limit says. */
export function mostOf(runs: Iterable<WatchedRun>, { limits }: House, open: number, limit: number | null): WatchedRun['most'] {
  if (limit !== null) return { closes: limit, warnings: Math.max(limit, limits.warnings) };
  const earlier = [...runs]
    .filter(({ finished, undone, lost }) => finished && !undone && !lost)
    .map(({ claimed }) => claimed.size);
  const closes = Math.min(limits.closes, Math.ceil((limits.share * open) / 100), surge(earlier.slice(-10), limits.surge));
  return { closes, warnings: limits.warnings };
}

function surge(earlier: readonly number[], times: number): number {
  if (earlier.length < 3) return Number.POSITIVE_INFINITY;
  const sorted = earlier.toSorted((a, b) => a - b);
  const half = sorted.length / 2;
  const median = ((sorted[Math.ceil(half) - 1] ?? 0) + (sorted[Math.floor(half)] ?? 0)) / 2;
  return Math.ceil(times * Math.max(1, median));
}
