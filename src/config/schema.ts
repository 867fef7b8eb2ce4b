import { z } from 'zod';
import { DEFAULT_COMMENT, DEFAULT_WARNING, templateProblems } from '../model/comment.js';
import { criteria } from '../rules/criteria.js';
import { guards } from '../rules/guards.js';
import * as option from '../rules/options.js';
import type { Rule } from '../rules/rule.js';
import type { TrackerDescriptor } from '../trackers/tracker.js';

/** What the schema is made of besides its own keys: the kinds of trackers and the rules, a user's own included. */
export interface SchemaParts {
  readonly descriptors: readonly TrackerDescriptor[];
  readonly rules: readonly Rule[];
}

/** The rules that come with bugprune. */
export const BUILT_IN_RULES: readonly Rule[] = [...Object.values(criteria), ...Object.values(guards)];

const template = z.string().superRefine((text, context) => {
  for (const message of templateProblems(text)) context.addIssue({ code: 'custom', message });
});

const modulePath = z.string().min(1);

/** `20%` in the configuration, 20 in the program. */
const percentage: z.ZodType<number, string> = numberIn(
  /^(100(\.0+)?|\d{1,2}(\.\d+)?)%$/,
  'expected a percentage such as 20%, at most 100%',
);

/** `3x` in the configuration, 3 in the program. */
const multiple: z.ZodType<number, string> = numberIn(/^[1-9]\d{0,3}(\.\d+)?x$/, 'expected a multiple such as 3x, at least 1x');

/** A number with its unit: the unit says what kind of number it is, in a place where a bare 3 could mean anything. */
function numberIn(pattern: RegExp, error: string): z.ZodType<number, string> {
  return z.string({ error }).regex(pattern, { error }).transform(Number.parseFloat);
}

const limit = z.number().int().min(0);

const limits = z.strictObject({
  closes: limit.default(25).describe('The most bugs that a prune closes; 0: none.'),
  warnings: limit.default(50).describe('The most bugs that it warns; 0: none.'),
  share: percentage.prefault('20%').describe('The largest part of the open bugs that it closes, rounded up; 0%: none.'),
  surge: multiple
    .prefault('3x')
    .describe('How many times the usual number it closes at most: the median of the last ten runs, once there are three.'),
});

const treatment = (which: string) =>
  z
    .enum(['attention', 'untargeted', 'targeted'])
    .default('attention')
    .describe(`${which} attention: kept and reported. untargeted: judged as if it had no target. targeted: kept.`);

/** One key for each rule of a kind, all of them optional. */
function ruleKeys(rules: readonly Rule[], kind: Rule['kind']): Record<string, z.ZodType> {
  const ofKind = rules.filter((rule) => rule.kind === kind);
  return Object.fromEntries(ofKind.map((rule) => [rule.id, rule.options.optional().describe(rule.summary)]));
}

const DEFAULT_GUARDS = {
  labels: ['pinned', 'security'],
  priorities: ['Blocker', 'Critical', 'Highest'],
  inProgress: true,
  linkedWork: true,
  reopened: 'forever',
  snoozed: true,
} as const;

function policySchema(rules: readonly Rule[]) {
  return z.strictObject({
    name: z
      .string()
      .regex(/^[\w][\w .-]{0,59}$/, { error: 'expected a short name of letters, digits, spaces, dots and dashes' })
      .describe('Appears in reports and comments.'),
    when: z
      .strictObject(ruleKeys(rules, 'criterion'))
      .refine((when) => Object.values(when).some((value) => value !== undefined), { error: 'expected at least one criterion' })
      .describe('Criteria: all must hold for the policy to propose anything.'),
    keep: z
      .strictObject(ruleKeys(rules, 'guard'))
      .default({})
      .describe('Guards of this policy, besides those for every policy: any one protects.'),
    warn: option.duration
      .optional()
      .describe('Say so in a comment first, and close when it has stood this long without an answer.'),
    comment: template.default(DEFAULT_COMMENT).describe('Posted before a bug is closed. Placeholders: see the reference.'),
    warning: template.default(DEFAULT_WARNING).describe('Posted as the warning, where the policy warns first.'),
  });
}

function keepSchema(rules: readonly Rule[]) {
  const keys = ruleKeys(rules, 'guard');
  for (const [id, value] of Object.entries(DEFAULT_GUARDS)) {
    const rule = guards[id as keyof typeof DEFAULT_GUARDS];
    keys[id] = rule.options.prefault(value as never).describe(rule.summary);
  }
  return z.strictObject(keys);
}

const DEFAULT_POLICIES = [{ name: 'untargeted', when: { untargetedFor: '6w', idleFor: '2w' } }];

/**
 * The one schema of the configuration: validation, types, defaults, `schema/config.schema.json`, the reference page and
 * the example file all come from it.
 */
export function configSchema({ descriptors, rules }: SchemaParts) {
  // Each descriptor's schema is a strict object with its type as a literal; the contract cannot say so in types.
  const settings = descriptors.map((descriptor) => descriptor.settings) as unknown as [z.ZodObject<{ type: z.ZodLiteral }>];
  return z
    .strictObject({
      $schema: z.string().optional().describe('For editors.'),
      trackers: z
        .record(z.string().min(1), z.discriminatedUnion('type', settings))
        .default({})
        .describe('Where the bugs are, each under a name of your choice. Sources on the command line replace them all.'),
      targets: z
        .strictObject({
          parked: option.names
            .default([])
            .describe('Names of targets that promise nothing, such as Backlog; `*` stands for any characters.'),
          treat: z
            .strictObject({
              parked: treatment('Bugs that have only parked targets.'),
              slipped: treatment('Bugs whose targets are over: closed milestones, released or archived versions.'),
              unplanned: z
                .enum(['undecided', 'untargeted'])
                .default('undecided')
                .describe('Bugs of a project without any milestone or version. untargeted: judged all the same.'),
            })
            .prefault({})
            .describe('What to do with bugs that have only such targets.'),
        })
        .prefault({})
        .describe('What counts as a target release.'),
      bots: option.names
        .default([])
        .describe('Accounts that look like people but are not, by login, account id or display name.'),
      keep: keepSchema(rules).prefault({}).describe('Guards for every policy: any one protects a bug.'),
      policies: z
        .array(policySchema(rules))
        .min(1)
        .prefault(DEFAULT_POLICIES)
        .superRefine(uniqueNames)
        .describe('Tried in order; the first that proposes something decides.'),
      limits: limits
        .prefault({})
        .describe('Safety limits. A prune that would do more changes nothing; --drain or --limit N let it go ahead.'),
      rules: z
        .array(modulePath)
        .default([])
        .describe('Modules with rules of your own, by path or package name; only with --config.'),
      formats: z
        .record(z.string().regex(/^[a-z][a-z\d-]*$/), modulePath)
        .default({})
        .describe('Modules with report formats of your own, by the name to use with --format; only with --config.'),
    })
    .describe('Configuration of bugprune');
}

/** The configuration as the schema gives it: checked, with all defaults. */
export type ConfigFile = z.output<ReturnType<typeof configSchema>>;

function uniqueNames(policies: readonly { name: string }[], context: z.RefinementCtx): void {
  const seen = new Set<string>();
  for (const [index, { name }] of policies.entries()) {
    if (seen.has(name))
      context.addIssue({ code: 'custom', message: 'expected a name of its own for each policy', path: [index, 'name'] });
    seen.add(name);
  }
}
