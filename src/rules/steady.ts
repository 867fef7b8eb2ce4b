import { criteria } from './criteria.js';
import { guards } from './guards.js';
import type { Judgement, Ruleset } from './judge.js';
import type { BoundRule } from './rule.js';

/** Whether something is to be done about the bug. */
export function proposes({ verdict }: Pick<Judgement, 'verdict'>): boolean {
  return verdict === 'close' || verdict === 'warn';
}

/**
 * Whether all rules are bugprune's own. Of those it is known what time does to a bug to which nothing happens: it only ever speaks for
 * acting, for clocks run out, warnings age and protections end. So what one policy alone once proposes, it goes on proposing, and the
 * first moment can be found by halving. A rule of a user's own promises nothing of the kind. A configuration cannot name two rules
 * alike, so the name tells.
 */
export function isSteady({ guards: shared, policies }: Ruleset): boolean {
  return [...shared, ...policies.flatMap((policy) => [...policy.criteria, ...policy.guards])].every(isBuiltIn);
}

function isBuiltIn({ id, kind }: BoundRule): boolean {
  return Object.hasOwn(kind === 'guard' ? guards : criteria, id);
}
