import { z } from 'zod';
import { bugEntrySchema, instant } from '../document.js';

const verdict = z.enum(['close', 'warn', 'keep', 'undecided']);

const rule = z.object({
  rule: z.string(),
  kind: z.enum(['criterion', 'guard']),
  threshold: z.unknown().describe('What the configuration asks for; null where there is nothing to ask.'),
  outcome: z.enum(['match', 'no-match', 'unknown']),
  keeps: z.boolean().describe('Whether this, or not knowing it, keeps the bug open.'),
  message: z.string(),
  data: z.record(z.string(), z.unknown()).describe('The measured values.'),
});

const cause = z.object({
  at: instant,
  because: z
    .string()
    .describe(
      'reported, the kind of an event, or vanished: a target is gone without a trace, and the last change of the bug counts.',
    ),
  by: z.string().nullable().describe('Null where nobody knows, or where the bug is confidential.'),
  value: z.string().nullable(),
});

const proposal = z.object({
  at: instant,
  verdict,
  policy: z.string().nullable(),
  closesOn: z.string().nullable().describe('The first day on which a prune closes it; with a warning, that is after it.'),
});

const policy = z.object({
  name: z.string(),
  verdict: verdict.describe('What this policy alone would do.'),
  warn: z.string().nullable(),
  rules: z.array(rule),
  takes: z
    .array(z.object({ rule: z.string(), words: z.string() }))
    .describe('All that it takes for this policy to propose something; empty where it does.'),
  proposal: proposal.nullable().describe('What comes of that, if nothing else happens; null where nothing people do is enough.'),
});

const rescue = z.object({
  rule: z.string(),
  words: z.string(),
  verdict: verdict.describe('What the verdict would be then.'),
  until: instant.nullable().describe('How long that helps if nothing else happens; null for as long as it stays so.'),
});

const event = z
  .looseObject({
    at: instant,
    kind: z.string(),
    counts: z.enum(['person', 'bugprune', 'no']).describe('As activity of a person, as our own, or not.'),
    actor: z.looseObject({ name: z.string() }).nullable().optional().describe('Null where nobody knows any more.'),
    value: z.string().nullable().optional(),
  })
  .describe('Oldest first; of a confidential bug without actor and value.');

/** The explanation document, version 1: what `bugprune explain --json` prints. */
export const explanationSchema = z
  .object({
    version: z.literal(1),
    kind: z.literal('explanation'),
    generatedAt: instant,
    bug: bugEntrySchema.describe('As it stands in a report.'),
    state: z.enum(['open', 'closed']),
    history: z.enum(['unread', 'partial', 'complete']),
    clocks: z.object({
      reported: cause,
      untargetedSince: cause.nullable().describe('Null while it has a target, or where its history is not known.'),
      lastHumanActivity: cause.nullable().describe('Null where no person ever acted, or where its history is not known.'),
      reopened: cause.nullable().describe('The last time that a person reopened it after bugprune had closed it.'),
      warned: cause
        .extend({ policy: z.string(), answeredAt: instant.nullable().describe('An answered warning counts no more.') })
        .nullable(),
    }),
    rules: z.array(rule).describe('What holds under every policy.'),
    policies: z.array(policy).describe('In the order in which they are tried.'),
    next: proposal
      .nullable()
      .describe('When it is proposed if nothing happens to it; null where time alone does not bring that about in ten years.'),
    keptBy: z.array(rescue).describe('Of a bug that is proposed: what would keep it, each by itself.'),
    events: z.array(event),
  })
  .describe('Explanation of bugprune');

export type Explanation = z.output<typeof explanationSchema>;
export type RuleRow = Explanation['rules'][number];
export type Cause = Explanation['clocks']['reported'];
export type PolicyRow = Explanation['policies'][number];
