import { z } from 'zod';
import { SNOOZE_END } from '../model/bug.js';
import { snoozeComment } from '../model/comment.js';
import { toInstant } from '../model/instant.js';
import { MOST_SHARDS } from '../model/shard.js';
import { isSnoozeEnd, SNOOZE_WORDS } from './snooze.js';

/** Only in the one form in which instants compare as plain strings. */
export const instant = z
  .string()
  .regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/, { error: 'expected an instant such as 2026-11-22T09:00:00Z', abort: true })
  .refine((text) => toInstant(text) === text, { error: 'expected a day that there is' });

const reason = z.object({
  rule: z.string().describe('The key of the rule, or one of open, target, history, obstacle, warned, closing, remark.'),
  kind: z.enum(['criterion', 'guard']).describe('A criterion must match for anything to happen; a guard that matches protects.'),
  policy: z.string().nullable().describe('The policy it was asked for; null for what holds under every policy.'),
  outcome: z.enum(['match', 'no-match', 'unknown']).describe('unknown protects'),
  message: z.string(),
  data: z
    .record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null(), z.array(z.string()).readonly()]))
    .describe('The measured values.'),
});

const result = z.object({
  status: z.enum(['closed', 'warned', 'snoozed', 'already-closed', 'skipped', 'failed']),
  detail: z.string(),
});

/** A bug as it stands in a report, and in the journal of the run that carries it out. */
export const bugEntrySchema = z.object({
  ref: z.string().describe('What people call it: acme/app#12, ERP-12.'),
  tracker: z.string().describe('The name of its tracker.'),
  url: z.string(),
  title: z.string().describe('Without control characters; empty for a confidential bug.'),
  verdict: z.enum(['close', 'warn', 'keep', 'undecided']),
  policy: z.string().nullable().describe('The policy that proposes to close or warn.'),
  attention: z.boolean().describe('A kept bug that needs a person: severe and untargeted, or slipped.'),
  priority: z.string().nullable(),
  assignees: z.array(z.string()),
  createdAt: instant,
  updatedAt: instant,
  untargetedSince: instant.nullable().describe('Null where it was not needed.'),
  lastHumanActivityAt: instant.nullable().describe('Null where it was not needed, or where no person ever acted.'),
  engagement: z
    .number()
    .int()
    .nullable()
    .default(null)
    .describe('Votes in favour and comments by people; null where it was not needed or not known.'),
  target: z.object({ class: z.enum(['targeted', 'slipped', 'parked', 'untargeted', 'unknown']), names: z.array(z.string()) }),
  reasons: z.array(reason).describe("Every rule's outcome; those that decided come first."),
  comment: z.string().nullable().describe('What will be posted, word for word.'),
  snooze: z
    .string()
    .regex(SNOOZE_END, { error: `expected ${SNOOZE_WORDS}`, abort: true })
    .refine(isSnoozeEnd, { error: 'expected a day that there is' })
    .optional()
    .describe('Put there by a reviewer: keep the bug, and leave it alone until the end of this day (UTC), or forever.'),
  expect: z
    .object({ updatedAt: instant })
    .describe('How the bug stood when it was judged. A prune does not ask whether it has changed but what.'),
  result: result.nullable().describe('What became of the proposal; null in a dry run.'),
});

const tracker = z.object({
  name: z.string(),
  type: z.string(),
  as: z.string().describe('The account that the tracker took us for.'),
  complete: z.boolean().describe('false: not everything could be read; the problems say what.'),
  open: z.number().int().describe('Open bugs that were looked at.'),
  problems: z.array(z.string()),
  notes: z.array(z.string()).describe('What was left out on purpose.'),
});

const shard = z
  .object({ index: z.number().int().min(1), count: z.number().int().min(1).max(MOST_SHARDS) })
  .refine(({ index, count }) => index <= count, { error: 'expected an index of at most the count', path: ['index'] });

/** The report document, version 1: what a dry run prints as JSON, what people review, and what a prune applies. */
export const reportSchema = z
  .object({
    version: z.literal(1),
    kind: z.literal('report'),
    mode: z.enum(['dry-run', 'prune']),
    run: z.string(),
    generatedAt: instant,
    tool: z.object({ name: z.literal('bugprune'), version: z.string() }),
    policyDigest: z.string().describe('Of the policies: targets, bots, keep and policies of the configuration.'),
    shard: shard
      .optional()
      .describe(
        'The part that this report is, counted from 1, of a run that several jobs share. A prune wants them merged first.',
      ),
    trackers: z.array(tracker),
    summary: z.object({
      open: z.number().int(),
      close: z.number().int(),
      warn: z.number().int(),
      keep: z.number().int(),
      undecided: z.number().int(),
      attention: z.number().int(),
    }),
    limits: z
      .object({
        closes: z.number().int().describe('How many bugs a prune may close without being told more.'),
        warnings: z.number().int(),
        by: z.enum(['closes', 'share', 'surge']).describe('Which limit is the lowest one for closings.'),
      })
      .nullable()
      .default(null)
      .describe(
        'What a prune of this report may do at most; null in one part of a report, and in reports made before there were limits.',
      ),
    bugs: z.array(bugEntrySchema),
  })
  .describe('Report of bugprune');

export type Report = z.output<typeof reportSchema>;
export type ReportBug = Report['bugs'][number];
export type ReportTracker = Report['trackers'][number];
export type ActionResult = NonNullable<ReportBug['result']>;

/** What a prune does with a proposal: a bug for which {@link isProposal} holds. */
export function actionOf({ snooze, verdict }: Pick<ReportBug, 'snooze' | 'verdict'>): 'close' | 'warn' | 'snooze' {
  if (snooze !== undefined) return 'snooze';
  return verdict === 'warn' ? 'warn' : 'close';
}

/** What a prune says on a proposal. */
export function commentOf({ snooze, comment }: ReportBug): string {
  return snooze === undefined ? (comment ?? '') : snoozeComment(snooze);
}

/** Whether a bug is to be closed or warned, or somebody wants it left alone. */
export function isProposal({ verdict, snooze }: ReportBug): boolean {
  return verdict === 'close' || verdict === 'warn' || snooze !== undefined;
}

/** The counts of a report's bugs. */
export function summarize(bugs: readonly ReportBug[]): Report['summary'] {
  const summary = { open: bugs.length, close: 0, warn: 0, keep: 0, undecided: 0, attention: 0 };
  for (const { verdict, attention } of bugs) {
    summary[verdict]++;
    if (attention) summary.attention++;
  }
  return summary;
}
