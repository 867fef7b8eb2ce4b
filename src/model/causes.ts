import type { Bug, BugEvent } from './bug.js';
import { chronological, isHumanActivity, lastHumanActivity, reopenedByPeople, standingMark, untargetedSince } from './history.js';
import type { Instant } from './instant.js';

/** What set a clock of a bug going: an event, or none where it was the report itself, or a target that went without a trace. */
export interface Cause {
  readonly at: Instant;
  readonly because: 'reported' | 'vanished' | BugEvent['kind'];
  readonly event: BugEvent | null;
}

/** What the clock of {@link untargetedSince} runs from. */
export function causeOfUntargeted(bug: Bug): Cause {
  const at = untargetedSince(bug);
  const hasTargets = Array.isArray(bug.targets) && bug.targets.length > 0;
  const event = lastAt(
    bug,
    at,
    ({ kind }) => kind === 'reopened' || kind === 'untargeted' || (kind === 'targeted' && hasTargets),
  );
  if (event) return { at, because: event.kind, event };
  return { at, because: at === bug.createdAt ? 'reported' : 'vanished', event: null };
}

/** What a person did last; null when none ever did anything. */
export function causeOfActivity(bug: Bug): Cause | null {
  const at = lastHumanActivity(bug);
  if (at === null) return null;
  const event = lastAt(bug, at, isHumanActivity);
  return event ? { at, because: event.kind, event } : { at, because: 'reported', event: null };
}

/** The last reopening by a person of what bugprune had closed; null when there was none. */
export function lastReopening(bug: Bug): Cause | null {
  const at = reopenedByPeople(bug).at(-1);
  if (at === undefined) return null;
  return { at, because: 'reopened', event: lastAt(bug, at, ({ kind, actor }) => kind === 'reopened' && actor?.kind !== 'bot') };
}

/** Our warning that still stands, and when a person has answered it; null for none. Answered, it counts no more. */
export function standingWarning(bug: Bug): { readonly event: BugEvent; readonly answeredAt: Instant | null } | null {
  const event = standingMark(bug, 'warn');
  if (!event) return null;
  const answer = lastHumanActivity(bug);
  return { event, answeredAt: answer !== null && answer >= event.at ? answer : null };
}

function lastAt({ events }: Bug, at: Instant, fits: (event: BugEvent) => boolean): BugEvent | null {
  return chronological(events).findLast((event) => event.at === at && fits(event)) ?? null;
}
