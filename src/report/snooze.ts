import { SNOOZE_END } from '../model/bug.js';
import { add, parseDuration } from '../model/duration.js';
import { type Instant, toInstant } from '../model/instant.js';

/** `until 2027-03-01`, or `for good`: how long a bug is left alone. */
export function snoozeInWords(snooze: string): string {
  return snooze === 'forever' ? 'for good' : `until ${snooze}`;
}

/** What `snooze` may be, for people. */
export const SNOOZE_WORDS = 'a day such as 2027-03-01, or "forever"';

/** Whether a text is a day that there is, or `forever`. */
export function isSnoozeEnd(text: string): boolean {
  return SNOOZE_END.test(text) && (text === 'forever' || toInstant(text) !== null);
}

/** Whether a snooze would be over before it begins. */
export function isOver(snooze: string, now: Instant): boolean {
  return snooze < now.slice(0, '2027-03-01'.length);
}

/** The end of a snooze as somebody types it: a duration from now on, a day, or `forever`; null for anything else. */
export function parseSnooze(typed: string, now: Instant): string | null {
  const text = typed.trim().toLowerCase();
  const duration = parseDuration(text);
  if (duration) return add(now, duration).slice(0, '2027-03-01'.length);
  return isSnoozeEnd(text) ? text : null;
}
