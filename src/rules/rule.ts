import type { z } from 'zod';
import type { Bug } from '../model/bug.js';
import type { Instant } from '../model/instant.js';
import type { TargetClass } from '../model/target.js';

/** What a rule may look at besides the bug and its own options: the clock is a value, never read. */
export interface RuleContext {
  readonly now: Instant;
  readonly targetClass: TargetClass;
}

/** `unknown` protects: a rule that cannot know says so, and the bug stays open. */
export type Outcome = 'match' | 'no-match' | 'unknown';

/** What a rule found out about one bug: the outcome, in words, and with the measured values. */
export interface Finding {
  readonly outcome: Outcome;
  /** One line without a full stop: `no target release for 412 days`. */
  readonly message: string;
  readonly data: Readonly<Record<string, string | number | boolean | null | readonly string[]>>;
}

/**
 * One criterion (`when`: all must match) or guard (`keep`: any that matches protects). A pure check: no clock, no input or output.
 * Rules of your own are such objects too, the default export of a module named in the configuration.
 */
export interface Rule<Options = unknown> {
  /** The key in the configuration. */
  readonly id: string;
  readonly kind: 'criterion' | 'guard';
  /** What it checks, in one sentence, for the reference. */
  readonly summary: string;
  /** What may stand behind the key. `false` and an empty list switch a guard off. */
  readonly options: z.ZodType<Options>;
  check(bug: Bug, options: Options, context: RuleContext): Finding;
}

/** A rule with its options from the configuration. */
export interface BoundRule {
  readonly id: string;
  readonly kind: Rule['kind'];
  /** Those options, for whoever explains what it asks for; a rule that was not made of a {@link Rule} may go without. */
  readonly options?: unknown;
  check(bug: Bug, context: RuleContext): Finding;
}

/** Lets the type of a rule's options follow from its schema. */
export function defineRule<Options>(rule: Rule<Options>): Rule<Options> {
  return rule;
}

/** A rule's options made part of it; null when it was not asked for, or switched off. Only guards can be: a criterion taken away closes more. */
export function bindRule<Options>(rule: Rule<Options>, options: Options | undefined): BoundRule | null {
  const off = options === false || (Array.isArray(options) && options.length === 0);
  if (options === undefined || (rule.kind === 'guard' && off)) return null;
  return { id: rule.id, kind: rule.kind, options, check: (bug, context) => rule.check(bug, options, context) };
}

/** A finding that turns on one condition. */
export function finding(holds: boolean, message: string, data: Finding['data'] = {}): Finding {
  return { outcome: holds ? 'match' : 'no-match', message, data };
}
