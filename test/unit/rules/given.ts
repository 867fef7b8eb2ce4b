import type { z } from 'zod';
import type { Actor, bugSchema, Mark } from '../../../src/model/bug.js';
import { classifyTargets } from '../../../src/model/target.js';
import { criteria } from '../../../src/rules/criteria.js';
import { guards } from '../../../src/rules/guards.js';
import type { Policy, Ruleset } from '../../../src/rules/judge.js';
import { type BoundRule, bindRule, type Finding, type Rule } from '../../../src/rules/rule.js';
import { aBug } from '../../../src/testing.js';

export const NOW = '2026-11-22T09:00:00Z';
export const MONA: Actor = { id: '1', name: 'mona', kind: 'human' };
export const ROBOT: Actor = { id: '2', name: 'stale-robot', kind: 'bot' };
export const US: Actor = { id: '3', name: 'lead', kind: 'human', self: true };

export type Parts = Partial<z.input<typeof bugSchema>>;

/** So many days before {@link NOW}, to the second. */
export const ago = (days: number, seconds = 0): string =>
  `${new Date(Date.parse(NOW) - days * 86_400_000 - seconds * 1000).toISOString().slice(0, 19)}Z`;

/** A bug that was reported 100 days ago and has been quiet since. */
export const old = (parts: Parts = {}) => aBug({ createdAt: ago(100), ...parts });

export const warning = (days: number, policy = 'untargeted', actor: Actor = US) => ({
  at: ago(days),
  kind: 'commented' as const,
  actor,
  mark: { run: 'run-1', action: 'warn', policy } satisfies Mark,
});

const RULES: { criterion: Record<string, Rule>; guard: Record<string, Rule> } = { criterion: criteria, guard: guards };

/** Rules as they stand in the configuration, bound. */
export function bind(kind: 'criterion' | 'guard', written: Readonly<Record<string, unknown>>): BoundRule[] {
  return Object.entries(written).flatMap(([id, options]) => {
    const rule = RULES[kind][id];
    if (!rule) throw new Error(`there is no ${kind} ${id}`);
    return bindRule(rule, rule.options.parse(options)) ?? [];
  });
}

/** What one rule finds, with its options as they are written in the configuration. */
export function check(kind: 'criterion' | 'guard', id: string, options: unknown, parts: Parts): Finding {
  const bug = old(parts);
  const [rule] = bind(kind, { [id]: options });
  if (!rule) throw new Error(`${id} is switched off`);
  return rule.check(bug, { now: NOW, targetClass: classifyTargets(bug.targets, () => false) });
}

interface Written extends Partial<Omit<Policy, 'criteria' | 'guards'>> {
  readonly when?: Readonly<Record<string, unknown>>;
  readonly keep?: Readonly<Record<string, unknown>>;
}

/** A policy as in the configuration; the default one unless said otherwise. */
export function policy({ when = { untargetedFor: '6w', idleFor: '2w' }, keep = {}, ...rest }: Written = {}): Policy {
  return {
    name: 'untargeted',
    criteria: bind('criterion', when),
    guards: bind('guard', keep),
    warn: null,
    comment: 'closed',
    warning: 'warned',
    ...rest,
  };
}

export const WEEK = { count: 1, unit: 'w' } as const;

/** Rules with one policy that closes what is old and quiet. */
export function ruleset(parts: Partial<Ruleset> = {}): Ruleset {
  return {
    isParked: (name) => name === 'Backlog',
    treat: { parked: 'attention', slipped: 'attention', unplanned: 'undecided' },
    guards: [],
    policies: [policy()],
    ...parts,
  };
}
