import type { Step } from '../../../src/journal/document.js';
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

/** A journal of one bug that remembers what was noted, for a bug about which something may be known from before. */
export function notedSteps({ known = [], pending = null }: { known?: readonly Step[]; pending?: Step | null }) {
  const noted: string[] = [];
  const all = new Set(known);
  return {
    noted,
    known: all,
    pending,
    intent(step: Step) {
      noted.push(`intent ${step}`);
      return Promise.resolve();
    },
    done(step: Step) {
      noted.push(`done ${step}`);
      all.add(step);
      return Promise.resolve();
    },
  };
}
