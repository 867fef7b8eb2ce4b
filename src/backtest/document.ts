import { z } from 'zod';
import { toInstant } from '../model/instant.js';

const instant = z
  .string()
  .refine((text) => toInstant(text) === text, { error: 'expected an instant such as 2026-11-22T09:00:00Z' });
const count = z.number().int();

/** `least` and `most` of something that is not known exactly. */
const range = <Item extends z.ZodType>(item: Item) => z.object({ least: item, most: item });

const bug = {
  ref: z.string().describe('What people call it: acme/app#12, ERP-12.'),
  tracker: z.string(),
  url: z.string(),
  title: z.string().describe('Empty for a confidential bug.'),
  policy: z.string().describe('The policy that would have acted.'),
};

const week = z.object({
  at: instant.describe('A run.'),
  open: count.describe('Bugs that were open at that moment in reality.'),
  withPolicy: count.describe(
    'The same without those that this run or an earlier one would have closed, until they are regretted.',
  ),
  closed: count.describe('How many bugs this run would have closed.'),
  warned: count,
});

const closure = z.object({
  ...bug,
  at: instant.describe('When it would have been closed.'),
  fate: z
    .enum(['none', 'fixed', 'targeted', 'reopened'])
    .describe('What people did to it later in reality. Anything but none makes the closure a regret.'),
  fateAt: instant.nullable(),
  days: count.nullable().describe('From the closure to the regret.'),
  echoes: count.describe(
    'How often people commented on it after the closure, or reopened what others had closed, before any regret.',
  ),
});

const rescue = z.object({
  ...bug,
  warnedAt: instant.describe('When the warning would have been posted.'),
  fate: z.enum(['fixed', 'targeted']).describe('What people did to it in reality within the notice period.'),
  fateAt: instant,
  days: count.describe('From the warning to the rescue.'),
});

const protection = z.object({
  guard: z.enum(['labels', 'assigned', 'votes', 'comments']),
  setting: z.string().describe('As it would stand under keep in the configuration: `comments: 5`.'),
  regrets: count.describe('So many of the regrets it would have kept open,'),
  others: count.describe('and so many of the other closures.'),
  rate: z.number().nullable().describe('Regrets per closure without those.'),
});

/** The document of a backtest, version 1: what would have become of a backlog had the policies been run all along. */
export const backtestSchema = z
  .object({
    version: z.literal(1),
    kind: z.literal('backtest'),
    subject: z.string().describe('What was replayed, in a few words.'),
    from: instant,
    to: instant,
    every: z.string().describe('The time between two runs: 1w.'),
    policyDigest: z.string().nullable().describe('Of the configuration; null for what comes from none.'),
    weeks: z.array(week).describe('One entry for each run, whatever the time between them.'),
    closures: z.array(closure).describe('Oldest first.'),
    rescued: z
      .array(rescue)
      .describe('Warnings that would have come in time, or at least just before people acted. Oldest first.'),
    summary: z.object({
      bugs: count.describe('Bugs that were looked at, closed ones included.'),
      open: count.describe('Those of them that at least one run found open.'),
      closed: count,
      warned: count.describe('Warnings; a bug may get several.'),
      rescued: count,
      regrets: count,
      rate: z.number().nullable().describe('Regrets per closure; null when there is none.'),
      medianDays: z.number().nullable().describe('Of the regrets.'),
      echoed: count.describe('Closures without a regret on which people spoke up later.'),
    }),
    protection: z
      .array(protection)
      .describe('Guards that would have singled out regrets, had they been in the configuration; the best one of each kind.'),
    assumptions: z.array(z.string()).describe('What the history does not tell, and what was taken for true instead.'),
    range: z
      .object({ closed: range(count), regrets: range(count), rate: range(z.number().nullable()) })
      .describe('least: all that is in doubt protects, and is no regret. most: nothing that is in doubt protects.'),
  })
  .describe('Backtest of bugprune');

/** See {@link backtestSchema}. */
export type Backtest = z.output<typeof backtestSchema>;
export type Week = Backtest['weeks'][number];
export type Closure = Backtest['closures'][number];
export type Rescue = Backtest['rescued'][number];
export type Protection = Backtest['protection'][number];

const comparedTrial = z.object({
  subject: z.string(),
  closed: count,
  regrets: count,
  rate: z.number().nullable(),
  range: backtestSchema.shape.range,
  medianDays: z.number().nullable(),
  rescued: count,
  open: count.describe('At the last run, in reality.'),
  withPolicy: count.describe('At the last run.'),
});

/** Thresholds beside each other, and which of them to choose. */
export const comparisonSchema = z.object({
  version: z.literal(1),
  kind: z.literal('comparison'),
  rows: z.array(comparedTrial).describe('Thresholds, the shortest first, and other trials below them.'),
  bound: z.number().describe('The highest rate of regrets that somebody is willing to bear.'),
  recommended: z.string().nullable().describe('The shortest threshold whose rate stays under the bound: 6w.'),
  recommendation: z.string(),
});

/** See {@link comparisonSchema}. */
export type Comparison = z.output<typeof comparisonSchema>;
export type ComparedTrial = Comparison['rows'][number];
