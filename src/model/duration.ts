import { type Instant, toInstant } from './instant.js';

const UNITS = { h: 'hour', d: 'day', w: 'week', mo: 'month', y: 'year' } as const;
/** The letters that a duration ends with. */
export type Unit = keyof typeof UNITS;

/** A length of time on the calendar, as written in the configuration: `6w` is `{ count: 6, unit: 'w' }`. */
export interface Duration {
  readonly count: number;
  readonly unit: Unit;
}

/** What a duration looks like, for schemas and messages. */
export const DURATION_PATTERN = /^([1-9]\d{0,4})(h|d|w|mo|y)$/;

/** Reads `36h`, `10d`, `6w`, `3mo`, `1y`; null when the text is none of these. */
export function parseDuration(text: string): Duration | null {
  const match = DURATION_PATTERN.exec(text);
  return match ? { count: Number(match[1]), unit: match[2] as Unit } : null;
}

/** `6w`: the inverse of {@link parseDuration}. */
export function formatDuration({ count, unit }: Duration): string {
  return `${count}${unit}`;
}

/** `6 weeks`, `1 month`: for people. */
export function durationInWords({ count, unit }: Duration): string {
  return `${count} ${UNITS[unit]}${count === 1 ? '' : 's'}`;
}

/** The same unit, `factor` times as long. */
export function multiply({ count, unit }: Duration, factor: number): Duration {
  return { count: count * factor, unit };
}

const HOURS: Partial<Record<Unit, number>> = { h: 1, d: 24, w: 168 };
const LAST_INSTANT = Date.UTC(9999, 11, 31, 23, 59, 59);
const MOST_MONTHS = 12 * 10_000;

/**
 * The instant one duration later, on the UTC calendar: months keep the day where the month has it
 * and end on its last day where it does not (31 January + 1mo = 28 February).
 */
export function add(at: Instant, duration: Duration): Instant {
  const hours = HOURS[duration.unit];
  const start = new Date(at);
  const end = hours
    ? start.getTime() + duration.count * hours * 3_600_000
    : addMonths(start, Math.min(MOST_MONTHS, duration.count * (duration.unit === 'y' ? 12 : 1)));
  return toInstant(Math.min(end, LAST_INSTANT)) as Instant;
}

function addMonths(start: Date, months: number): number {
  const date = new Date(start);
  date.setUTCDate(1);
  date.setUTCMonth(date.getUTCMonth() + months);
  const lastDay = new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 0)).getUTCDate();
  return date.setUTCDate(Math.min(start.getUTCDate(), lastDay));
}

/** Whether a duration that began at `since` is over at `now`; it is from the very instant it ends. */
export function hasPassed(duration: Duration, since: Instant, now: Instant): boolean {
  return add(since, duration) <= now;
}
