import { z } from 'zod';
import { bugEntrySchema, instant } from '../report/document.js';
import type { Json, Receipt } from '../trackers/tracker.js';

const json: z.ZodType<Json> = z.json();

const receipt: z.ZodType<Receipt> = z.object({
  action: z.enum(['comment', 'close']),
  ref: z.string(),
  recorded: z.string().describe('What the tracker recorded, in words.'),
  detail: z.record(z.string(), json).describe("The adapter's own: all that taking it back needs."),
});

const bug = { tracker: z.string(), ref: z.string() };

const step = z
  .enum(['comment', 'close', 'reopen', 'disown'])
  .describe('comment, close: what a prune writes. reopen, disown: how an undo takes them back; disown edits the comment.');

const run = z
  .object({
    line: z.literal('run'),
    version: z.literal(1, { error: 'expected 1; the journal is of another release of bugprune' }),
    kind: z.enum(['prune', 'undo']),
    run: z.string().describe('The id: when it started, and something that tells it from others of that second.'),
    of: z.string().nullable().describe('The run that an undo takes back; null for a prune.'),
    startedAt: instant.describe('By the clock of the run, which --now sets.'),
    tool: z.object({ name: z.literal('bugprune'), version: z.string() }),
    policyDigest: z.string(),
    trackers: z
      .array(
        z.object({
          name: z.string(),
          settings: z
            .object({ type: z.string() })
            .catchall(json)
            .describe('As configured; variables are named, never their values.'),
          open: z.number().int().nullable().describe('Open bugs when the run started; null where it did not look.'),
        }),
      )
      .describe('The trackers that the report was of.'),
  })
  .describe('Always the first line.');

const plan = z
  .object({ line: z.literal('plan'), bug: bugEntrySchema })
  .describe('A prune: a bug that is to be closed, warned or snoozed, as the report has it.');

const takeBack = z
  .object({
    line: z.literal('take-back'),
    ...bug,
    url: z.string(),
    title: z.string(),
    receipts: z.array(receipt).describe('What the run did to it.'),
  })
  .describe('An undo: a bug that is to be taken back.');

const intent = z
  .object({ line: z.literal('intent'), ...bug, step, at: instant })
  .describe('On the disk before the write is sent. Without a later "done", nobody knows what became of it.');

const done = z
  .object({ line: z.literal('done'), ...bug, step, at: instant, receipt: receipt.nullable() })
  .describe('The write is known to have happened. Comments and closings have a receipt.');

const result = z
  .object({
    line: z.literal('result'),
    ...bug,
    at: instant,
    status: z.enum(['closed', 'warned', 'snoozed', 'already-closed', 'skipped', 'failed', 'taken-back', 'left']),
    detail: z.string(),
  })
  .describe(
    'What became of the bug. left: an undo left it alone. A resumed run tries again what failed, so a later line replaces it.',
  );

const resumed = z
  .object({ line: z.literal('resumed'), at: instant })
  .describe('The run goes on after a crash or an interruption.');

const end = z
  .object({ line: z.literal('end'), at: instant, reason: z.enum(['finished', 'interrupted', 'failed']) })
  .describe('failed: the run gave up, for every further write would have been too. No end: it crashed, or is still at work.');

/** One line of a journal. A run's state is what {@link fold} makes of all of them, and of nothing else. */
export const journalLineSchema = z.discriminatedUnion('line', [run, plan, takeBack, intent, done, result, resumed, end]);

export type JournalLine = z.output<typeof journalLineSchema>;
export type RunHeader = z.output<typeof run>;
export type TakeBack = z.output<typeof takeBack>;
export type Step = z.output<typeof step>;
export type Outcome = Omit<z.output<typeof result>, 'line' | 'tracker' | 'ref'>;
