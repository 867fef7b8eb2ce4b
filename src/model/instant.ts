/** A moment in UTC to the second, always written `2026-11-22T09:00:00Z`: so written, instants sort and compare as plain strings. */
export type Instant = string;

/**
 * The canonical form of a moment: whole seconds, rounded down.
 * Takes ISO text in any offset (also Jira's `+0000` without a colon), a Date, or epoch milliseconds.
 * Gives null for anything that is not a moment.
 */
export function toInstant(value: string | number | Date): Instant | null {
  if (typeof value === 'string' && CANONICAL.test(value) && !Number.isNaN(Date.parse(value))) return value;
  const date = new Date(value);
  return Number.isNaN(date.getTime()) ? null : `${date.toISOString().slice(0, 19)}Z`;
}

const CANONICAL = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/;

/** The later of some instants; null and undefined count as "never". */
export function latest(...instants: readonly (Instant | null | undefined)[]): Instant | null {
  let last: Instant | null = null;
  for (const at of instants) if (at && (last === null || at > last)) last = at;
  return last;
}

const DAY = 86_400_000;

/** Whole days that have passed from one instant to another; never negative. */
export function daysBetween(from: Instant, to: Instant): number {
  return Math.max(0, Math.floor((Date.parse(to) - Date.parse(from)) / DAY));
}
