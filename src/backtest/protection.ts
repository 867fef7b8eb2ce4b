import type { Bug } from '../model/bug.js';
import { foldName } from '../model/text.js';
import { guards } from '../rules/guards.js';
import { type BoundRule, bindRule } from '../rules/rule.js';
import type { Protection } from './document.js';
import { type Count, rateOf } from './summary.js';

/** Guards tried one by one on every bug that would have been closed: what would it have been like with this one more? */
export interface ProtectionCount {
  /** A bug as the run found it that would have closed it. */
  add(past: Bug, regretted: boolean): void;
  /** The guards that single out regrets, the best setting of each, the best of all first. */
  list(): Protection[];
}

/** What one setting of a guard would have kept: regrets, and other closures. */
interface Kept {
  readonly guard: Protection['guard'];
  readonly setting: string;
  regrets: number;
  others: number;
}

/** What keeps fewer regrets than that, or hardly a larger part of them than of the other closures, is chance or of no great help. */
const LEAST_REGRETS = 3;
const LEAST_DIFFERENCE = 0.25;

/**
 * Counts what guards would have kept. Labels, assignees and comments are those of that time; votes have no history and are those of
 * today. Bugs are not kept: there is a counter for each setting, and one for each label.
 */
export function countProtection(): ProtectionCount {
  const all: Count = { closed: 0, regrets: 0 };
  const settings = SETTINGS.map(({ rule, guard, setting }) => ({ rule, kept: nothingYet(guard, setting) }));
  const labels = new Map<string, Kept>();

  return {
    add(past, regretted) {
      const tried = [...settings.filter(({ rule }) => protects(rule, past)).map(({ kept }) => kept), ...byLabels(past, labels)];
      for (const kept of tried) kept[regretted ? 'regrets' : 'others']++;
      all.closed++;
      if (regretted) all.regrets++;
    },
    list() {
      const ranked = [...settings.map(({ kept }) => kept), ...labels.values()]
        .filter((kept) => kept.regrets >= LEAST_REGRETS && difference(kept, all) >= LEAST_DIFFERENCE)
        .toSorted((a, b) => difference(b, all) - difference(a, all));
      const best = ranked.filter(({ guard }, index) => ranked.findIndex((one) => one.guard === guard) === index);
      return best.map((kept) => ({ ...kept, rate: rateLeft(kept, all) }));
    },
  };
}

const SETTINGS = [
  { guard: 'assigned' as const, setting: 'assigned: true', rule: bindRule(guards.assigned, true) },
  ...[1, 2, 3, 5, 8, 12, 20].flatMap((least) => [
    { guard: 'votes' as const, setting: `votes: ${least}`, rule: bindRule(guards.votes, least) },
    { guard: 'comments' as const, setting: `comments: ${least}`, rule: bindRule(guards.comments, least) },
  ]),
];

const nothingYet = (guard: Kept['guard'], setting: string): Kept => ({ guard, setting, regrets: 0, others: 0 });

function protects(rule: BoundRule | null, bug: Bug): boolean {
  return rule?.check(bug, { now: bug.updatedAt, targetClass: 'untargeted' }).outcome === 'match';
}

/** Of a confidential bug nothing is told that somebody wrote into it, also not a label. */
function byLabels({ labels, confidential }: Bug, known: Map<string, Kept>): Kept[] {
  const names = new Map(confidential ? [] : labels.map((name) => [foldName(name), name]));
  return [...names].map(([key, name]) => {
    const kept = known.get(key) ?? nothingYet('labels', `labels: [${JSON.stringify(name)}]`);
    known.set(key, kept);
    return kept;
  });
}

/** How much larger a part of the regrets it keeps than of the other closures: 1 is a perfect guard, 0 one that draws lots. */
function difference({ regrets, others }: Kept, all: Count): number {
  return regrets / all.regrets - others / Math.max(1, all.closed - all.regrets);
}

function rateLeft({ regrets, others }: Kept, all: Count): number | null {
  return rateOf({ closed: all.closed - regrets - others, regrets: all.regrets - regrets });
}
