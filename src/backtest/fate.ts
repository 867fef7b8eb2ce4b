import type { Bug, BugEvent } from '../model/bug.js';
import { isFix } from '../model/fix.js';
import { chronological, isHumanActivity, reopenedByPeople } from '../model/history.js';
import type { Instant } from '../model/instant.js';

/** A moment at which it turned out that a bug mattered. `sure`: no, where its closing does not say how, or is a robot's. */
export interface Fate {
  readonly kind: 'fixed' | 'targeted' | 'reopened';
  readonly at: Instant;
  readonly sure: boolean;
}

/** Which words mean what. */
export interface Words {
  /** Names of targets that promise nothing. */
  isParked(name: string): boolean;
  /** Ways of closing that are no fix: `NOT_FIXED` unless somebody knows better. */
  readonly notFixed: readonly string[];
}

/**
 * What people did that speaks for a bug, oldest first. Fixed: closed in a way that is a fix, not by us. Targeted: a person gave it a target
 * that is not parked, while it was open; what is set together with a closing, or on a closed bug, only tells in which release it was
 * settled. Reopened: by a person, after we had really closed it.
 */
export function fatesOf(bug: Bug, words: Words): Fate[] {
  const order = chronological(bug.events);
  const closedAt = new Set(order.filter(({ kind }) => kind === 'closed').map(({ at }) => at));
  const fates: Fate[] = reopenedByPeople(bug).map((at) => ({ kind: 'reopened', at, sure: true }));
  let open = true;
  let ours = false;
  for (const event of order) {
    const { kind, at } = event;
    if (event.mark?.action === 'close') ours = true;
    if (kind === 'targeted' && open && !closedAt.has(at) && isPlan(event, words))
      fates.push({ kind: 'targeted', at, sure: true });
    if (kind === 'closed' && !(ours && event.actor?.self)) fates.push(...fixOf(event, words));
    if (kind === 'closed') open = false;
    if (kind === 'reopened') {
      open = true;
      ours = false;
    }
  }
  return fates.sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0));
}

function isPlan(event: BugEvent, { isParked }: Words): boolean {
  return isHumanActivity(event) && !isParked(event.value ?? '');
}

function fixOf({ at, value, actor }: BugEvent, { notFixed }: Words): Fate[] {
  const fix = isFix(value, notFixed);
  return fix === false ? [] : [{ kind: 'fixed', at, sure: fix === true && actor?.kind !== 'bot' }];
}

/** How often people spoke up between two instants without it being a regret: they commented, or reopened what others had closed. */
export function echoesOf(bug: Bug, after: Instant, until: Instant | null): number {
  const isEcho = (event: BugEvent) =>
    (event.kind === 'commented' || event.kind === 'reopened') &&
    event.at > after &&
    (until === null || event.at < until) &&
    isHumanActivity(event);
  return bug.events.filter(isEcho).length;
}
