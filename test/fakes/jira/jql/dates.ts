import { fromWallClock, offsetOf } from '../time.js';

const UNITS: Record<string, number> = { m: 60_000, h: 3_600_000, d: 86_400_000, w: 604_800_000 };
const DAY = /^(\d{4})[-/](\d{1,2})[-/](\d{1,2})(?: (\d{1,2}):(\d{2}))?$/;
const PERIOD = /^([+-]?)(\d+[wdhmMy](?: ?\d+[wdhmMy])*)$/;

/** What a date operand means: an instant, and whether it moves with the clock. */
export interface JqlDate {
  readonly at: number;
  readonly relative: boolean;
}

/**
 * Reads `"2026-01-05 12:00"`, `2026/1/5` (midnight in the asker's zone), `-6w`, `4w 2d` and bare numbers (epoch milliseconds);
 * null when it is none of these. `m` are minutes and `M` months.
 */
export function readDate(text: string, zone: string, now: number): JqlDate | null {
  if (/^\d+$/.test(text)) return { at: Number(text), relative: false };
  const day = DAY.exec(text);
  if (day) return calendarDay(day, zone);
  const period = PERIOD.exec(text.trim());
  if (!period?.[2]) return null;
  return { at: shift(now, period[2], period[1] === '-' ? -1 : 1), relative: true };
}

function calendarDay(parts: RegExpExecArray, zone: string): JqlDate | null {
  const [, year = 0, month = 0, day = 0, hour = 0, minute = 0] = parts.map(Number);
  const wall = Date.UTC(year, month - 1, day, hour || 0, minute || 0);
  if (new Date(wall).getUTCMonth() !== month - 1) return null;
  return { at: fromWallClock(wall, zone), relative: false };
}

function shift(now: number, period: string, sign: number): number {
  let at = now;
  for (const [, count, unit] of period.matchAll(/(\d+)([wdhmMy])/g)) at = shiftOne(at, sign * Number(count), unit ?? '');
  return at;
}

function shiftOne(at: number, count: number, unit: string): number {
  const length = UNITS[unit];
  if (length) return at + count * length;
  const date = new Date(at);
  return date.setUTCMonth(date.getUTCMonth() + (unit === 'y' ? 12 * count : count));
}

/** `startOfDay()` in the asker's zone; `startOfDay(-6)` and `startOfDay("-6d")` are days earlier. Null for unreadable arguments. */
export function startOfDay(argument: string | undefined, zone: string, now: number): JqlDate | null {
  const wall = now + offsetOf(zone, now);
  const midnight = wall - (((wall % 86_400_000) + 86_400_000) % 86_400_000);
  const match = /^([+-]?\d+)d?$/.exec(argument ?? '0');
  return match ? { at: fromWallClock(midnight + Number(match[1]) * 86_400_000, zone), relative: true } : null;
}
