import { nameMatcher } from './text.js';

/**
 * Ways of closing that are no fix, as GitHub, Jira and their users call them; `*` stands for any characters. Anything else is taken for a
 * fix, so that a word that is missing here makes a policy look worse, never better.
 */
export const NOT_FIXED: readonly string[] = [
  'not_*',
  'not *',
  'ntbf',
  "won't*",
  'wont*',
  "can't*",
  'cannot*',
  'unable to*',
  'no longer*',
  'duplicate*',
  'invalid',
  'incomplete',
  'needs more info*',
  'declined',
  'rejected',
  'withdrawn',
  'cancelled',
  'canceled',
  'obsolete',
  'outdated',
  'superseded',
  'stale',
  'abandoned',
  'deferred',
  'postponed',
  'hold',
  'on hold',
  'out of scope',
  'unresolved',
  'by design',
  'as designed',
  'works *',
  'worksforme',
];

/** Whether a way of closing (`completed`, `Won't Fix`) is a fix; null when the tracker does not say which way it was. */
export function isFix(way: string | null | undefined, notFixed: readonly string[]): boolean | null {
  if (!way) return null;
  return !nameMatcher(notFixed)(way);
}
