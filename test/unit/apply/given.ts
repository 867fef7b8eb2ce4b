import { criteria } from '../../../src/rules/criteria.js';
import { guards } from '../../../src/rules/guards.js';
import type { Ruleset } from '../../../src/rules/judge.js';
import { bindRule } from '../../../src/rules/rule.js';

/** When everything in these tests is judged. */
export const NOW = '2026-11-22T09:00:00Z';

/** One policy, six weeks without a target, and one guard, the label pinned. */
export const RULES: Ruleset = {
  isParked: (name) => name === 'Backlog',
  treat: { parked: 'attention', slipped: 'attention', unplanned: 'undecided' },
  guards: [bindRule(guards.labels, ['pinned'])].flatMap((rule) => rule ?? []),
  policies: [
    {
      name: 'untargeted',
      criteria: [bindRule(criteria.untargetedFor, { count: 6, unit: 'w' })].flatMap((rule) => rule ?? []),
      guards: [],
      warn: null,
      comment: 'Closed.',
      warning: 'To be closed.',
    },
  ],
};
