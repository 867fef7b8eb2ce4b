import { DAY } from './clock.js';
import { type House, type HousePolicy, PARKED } from './house.js';
import type { Ledger, Page, Said } from './ledger.js';

/** What is to become of an open bug under the rules of a team, and why. */
export interface Terms {
  readonly verdict: 'close' | 'warn' | 'keep';
  readonly why: string;
  readonly policy: string | null;
}

/** Reads the rules as a person would who has only watched. `now`: when. */
export function termsFor(page: Page, house: House, ledger: Ledger, now: number): Terms {
  let last: Terms = { verdict: 'keep', why: 'no policy', policy: null };
  for (const policy of house.policies) {
    const against = objection(page, policy, house, ledger, now);
    if (against === null) return underPolicy(page, policy, now);
    last = { verdict: 'keep', why: against, policy: null };
  }
  return last;
}

function underPolicy(page: Page, { name, warn }: HousePolicy, now: number): Terms {
  if (warn === null) return { verdict: 'close', why: 'no warning is needed', policy: name };
  const warning = standingWarning(page, name);
  if (!warning) return { verdict: 'warn', why: 'no warning stands', policy: name };
  if (now - warning.at < warn) return { verdict: 'keep', why: 'the warning is young', policy: name };
  return { verdict: 'close', why: 'the warning has aged', policy: name };
}

/** The warning that nobody has answered, and that is about how the bug stands now. */
export function standingWarning(page: Page, policy: string): Said | undefined {
  const last = page.said.findLast(({ action, takenBack }) => action === 'warn' && !takenBack);
  return last && last.policy === policy && isUnanswered(page, last) ? last : undefined;
}

/** Whether the bug is as it was when we said this, and no person has spoken since. */
export function isUnanswered(page: Page, { at }: Said): boolean {
  return page.touchedAt < at && bareSince(page) <= at && page.closedAt < at;
}

/** What speaks against closing or warning under a policy; null when nothing does. */
export function objection(page: Page, policy: HousePolicy, house: House, ledger: Ledger, now: number): string | null {
  const { label, untargetedFor, idleFor } = policy;
  if (!page.open) return 'it is closed';
  if (label !== null && !page.labels.includes(label)) return `it has no label ${label}`;
  return (
    targetObjection(page, house, ledger) ??
    guardObjection(page, house, now) ??
    tooYoung('untargeted', now - bareSince(page), untargetedFor) ??
    (idleFor === null ? null : tooYoung('idle', now - page.touchedAt, idleFor))
  );
}

function tooYoung(what: string, age: number, least: number): string | null {
  return age < least ? `${what} for ${Math.floor(age / DAY)} of ${least / DAY} days` : null;
}

/** A bug that still has a target, which counts for nothing, was being planned when that was set. */
function bareSince({ bareSince: since, targets, targetedAt }: Page): number {
  return targets.length > 0 ? Math.max(since, targetedAt) : since;
}

function targetObjection({ targets }: Page, { closes }: House, { over }: Ledger): string | null {
  const real = targets.filter((target) => target !== PARKED);
  const live = real.filter((target) => !over.has(target));
  if (live.length > 0) return `it is planned for ${live.join(', ')}`;
  if (real.length > 0) return closes.slipped ? null : `${real.join(', ')} is over`;
  return targets.length > 0 && !closes.parked ? 'it is parked' : null;
}

function guardObjection(page: Page, { keep }: House, now: number): string | null {
  const label = keep.labels.find((one) => page.labels.includes(one));
  if (label !== undefined) return `label ${label}`;
  if (page.priority !== null && keep.priorities.includes(page.priority)) return `priority ${page.priority}`;
  if (keep.inProgress && page.inProgress) return 'somebody works on it';
  if (keep.linkedWork && page.blocks) return 'it blocks something';
  if (keep.assigned && page.assignees.length > 0) return 'somebody is assigned';
  if (keep.votes !== null && page.votes >= keep.votes) return `${page.votes} votes`;
  if (keep.comments !== null && page.comments >= keep.comments) return `${page.comments} comments by people`;
  return comebackObjection(page, keep.reopened, now);
}

function comebackObjection({ comebacks }: Page, reopened: House['keep']['reopened'], now: number): string | null {
  const last = comebacks.at(-1);
  if (last === undefined || reopened === false) return null;
  if (reopened === 'forever') return 'a person reopened it after us';
  return now < last + reopened * 2 ** (comebacks.length - 1) ? 'a person reopened it after us, not long ago' : null;
}
