import { BugpruneError } from '../errors.js';
import { add, type Duration, formatDuration } from '../model/duration.js';
import { criteria } from '../rules/criteria.js';
import type { Ruleset } from '../rules/judge.js';
import { bindRule } from '../rules/rule.js';
import type { Schedule } from './schedule.js';
import { policyTrial, type Trial } from './trial.js';

/** What is tried for `untargetedFor` unless somebody asks for something else. */
export const THRESHOLDS: readonly Duration[] = [4, 6, 12, 26].map((count) => ({ count, unit: 'w' }));

/** The order of thresholds: by when they end that begin on some fixed day. */
export function shortestFirst(a: Duration, b: Duration): number {
  const [first, second] = [a, b].map((threshold) => add('2001-01-01T00:00:00Z', threshold));
  return (first ?? '') < (second ?? '') ? -1 : first === second ? 0 : 1;
}

/**
 * The same rules with another `untargetedFor`, in each policy that has one. Throws `usage` when none has: there is nothing to vary.
 */
export function withThreshold(rules: Ruleset, threshold: Duration): Ruleset {
  const { id } = criteria.untargetedFor;
  if (!rules.policies.some((policy) => policy.criteria.some((rule) => rule.id === id))) {
    throw new BugpruneError('usage', `No policy has ${id}, so there is no threshold to vary.`, {
      hint: `Give one a \`when: { ${id}: 6w }\`.`,
    });
  }
  const other = bindRule(criteria.untargetedFor, threshold);
  const policies = rules.policies.map((policy) => ({
    ...policy,
    criteria: policy.criteria.map((rule) => (rule.id === id && other ? other : rule)),
  }));
  return { ...rules, policies };
}

/** One trial for each threshold, in their order. */
export function thresholdTrials(
  rules: Ruleset,
  thresholds: readonly Duration[],
  schedule: Schedule,
  policyDigest: string | null,
): Trial[] {
  return thresholds.map((threshold) => {
    const subject = `untargetedFor: ${formatDuration(threshold)}`;
    return policyTrial(withThreshold(rules, threshold), schedule, { subject, policyDigest });
  });
}
