/** Jira's two ways with time: timestamps written with an offset, and days and minutes read in somebody's time zone. */

const MINUTE = 60_000;
const HOUR = 3_600_000;

const formatters = new Map<string, Intl.DateTimeFormat>();
const offsets = new Map<string, number>();

/** What the zone was ahead of UTC at that moment, in milliseconds. Kept for each hour: formatting is slow. */
export function offsetOf(zone: string, at: number): number {
  if (zone === 'UTC') return 0;
  const hour = Math.floor(at / HOUR);
  const key = `${zone} ${hour}`;
  let offset = offsets.get(key);
  if (offset === undefined) {
    offset = wallClock(zone, hour * HOUR) - hour * HOUR;
    offsets.set(key, offset);
  }
  return offset;
}

function wallClock(zone: string, at: number): number {
  let formatter = formatters.get(zone);
  if (!formatter) {
    const number = 'numeric' as const;
    formatter = new Intl.DateTimeFormat('en-US', {
      timeZone: zone,
      hourCycle: 'h23',
      year: number,
      month: number,
      day: number,
      hour: number,
      minute: number,
    });
    formatters.set(zone, formatter);
  }
  const parts = Object.fromEntries(formatter.formatToParts(at).map(({ type, value }) => [type, Number(value)]));
  const { year = 0, month = 0, day = 0, hour = 0, minute = 0 } = parts;
  return Date.UTC(year, month - 1, day, hour, minute);
}

/** `2026-01-05T12:00:00.000+0100`: no colon in the offset. */
export function jiraTimestamp(at: number, zone: string): string {
  const offset = offsetOf(zone, at);
  const minutes = Math.abs(offset) / MINUTE;
  const digits = (value: number): string => String(value).padStart(2, '0');
  const sign = offset < 0 ? '-' : '+';
  return `${new Date(at + offset).toISOString().slice(0, -1)}${sign}${digits(Math.floor(minutes / 60))}${digits(minutes % 60)}`;
}

/** The instant at which clocks in the zone show this wall time (given as if it were UTC). */
export function fromWallClock(wall: number, zone: string): number {
  const guess = wall - offsetOf(zone, wall);
  return wall - offsetOf(zone, guess);
}
