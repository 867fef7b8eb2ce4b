/** A moment in UTC to the second, always written `2026-11-22T09:00:00Z`: so written, instants sort and compare as plain strings. */
export type Instant = string;

/**
 * The canonical form of a moment: whole seconds, rounded down.
 * Takes ISO text in any offset (also Jira's `+0000` without a colon) or a date alone, which begins in UTC; a Date, or epoch
 * milliseconds. Gives null for anything that is not a moment, and for a time without an offset, which is another one in each zone.
 */
export function toInstant(value: string | number | Date): Instant | null {
  if (typeof value !== 'string') return canonical(new Date(value));
  if (CANONICAL.test(value)) return value;
  const day = ISO.exec(value)?.[1];
  // The last days of a month are those that may not exist, and a Date takes 30 February for 1 March.
  if (day === undefined || !canonical(new Date(day))?.startsWith(day)) return null;
  return canonical(new Date(value));
}

/** Written as it should be, on a day that every month has. */
const CANONICAL = /^\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|1\d|2[0-8])T(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\dZ$/;
const ISO = /^(\d{4}-\d\d-\d\d)(?:T\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:Z|[+-]\d\d:?\d\d))?$/;

function canonical(date: Date): Instant | null {
  if (Number.isNaN(date.getTime())) return null;
  const iso = date.toISOString();
  return iso.length === '2026-11-22T09:00:00.000Z'.length ? `${iso.slice(0, 19)}Z` : null;
}

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
