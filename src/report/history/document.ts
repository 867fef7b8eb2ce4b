import { z } from 'zod';
import { instant } from '../document.js';

const count = z.number().int();

const outcomes = z.object({
  reopened: count.describe('How many a person has reopened since, or are open again whoever did that.'),
  openNow: count.describe('Of the reopened ones: how many are open now.'),
  fixed: count.describe('How many were closed later in a way that is a fix, reopened before or not.'),
  stillClosed: count.describe('How many are closed ever since, and not as fixed.'),
  answered: count.describe('On how many of them people commented after the closing.'),
  comments: count.describe('How many comments those were.'),
  votes: count.describe('Votes that they have now: trackers do not tell since when.'),
  unknown: count.describe('How many could not be read.'),
});

const run = z.object({
  run: z.string().describe('Its id.'),
  kind: z.enum(['prune', 'undo']),
  of: z.string().nullable().describe('The run that an undo takes back; null for a prune.'),
  source: z
    .enum(['journal', 'tracker'])
    .describe('tracker: put together from the marks on the bugs, since no journal of it is here.'),
  startedAt: instant,
  ended: z
    .enum(['finished', 'interrupted', 'failed'])
    .nullable()
    .describe('failed: the run gave up. null: it crashed, or is still at work; or there is no journal to tell.'),
  trackers: z.array(z.string()),
  planned: count.describe('Bugs that the run was to go through.'),
  closed: count,
  warned: count,
  snoozed: count,
  alreadyClosed: count.describe('Closed by somebody else before their turn came.'),
  skipped: count.describe('Left alone, most of them because they had changed.'),
  failed: count,
  takenBack: count.describe('Of a prune: bugs that were taken back since. Of an undo: bugs that it took back.'),
  left: count.describe('What an undo left alone, because somebody had touched it.'),
  undoneBy: z.string().nullable().describe('The latest undo of this run.'),
  open: count
    .nullable()
    .describe(
      'Open bugs when the run started; null where it is not known. What follows is there with --outcomes only, of the closed bugs that no later run closed again.',
    ),
  ...outcomes.partial().shape,
});

const backlog = z
  .object({ at: instant, open: count, trackers: z.array(z.string()) })
  .describe('Sizes of different trackers do not compare.');

const month = z.object({ month: z.string().describe('2026-09'), closed: count, ...outcomes.shape });

const policy = z
  .object({
    policy: z.string(),
    closed: count.describe('Bugs that it closed and nobody took back; one that it closed several times is one.'),
    ...outcomes.shape,
    early: count.describe('How many were reopened, fixed or answered within 90 days.'),
    months: z.array(month).describe('The same by the month of the closing; oldest first.'),
  })
  .describe('What became of the bugs that a policy closed.');

const hint = z.object({
  policy: z.string(),
  early: count,
  of: count.describe('Closed bugs of which it is known what became of them.'),
  rate: z.number(),
  message: z.string(),
  command: z.string().describe('What to type next.'),
});

/** The history document, version 1: what `bugprune history --json` prints. */
export const historySchema = z
  .object({
    version: z.literal(1),
    kind: z.literal('history'),
    generatedAt: instant,
    runs: z.array(run).describe('Oldest first.'),
    backlog: z.array(backlog).describe('How many bugs were open, each time that a prune looked; oldest first.'),
    policies: z.array(policy).optional().describe('By name. Only with --outcomes.'),
    hints: z
      .array(hint)
      .optional()
      .describe('Policies that should perhaps be loosened: people came back early to more than 10 % of 10 bugs or more.'),
    problems: z
      .array(z.string())
      .describe('What could not be read: there may be more runs, and more in them, than is told here.'),
  })
  .describe('History of bugprune');

export type History = z.output<typeof historySchema>;
export type PastRun = History['runs'][number];
export type BacklogSize = History['backlog'][number];
export type Outcomes = z.output<typeof outcomes>;
export type PolicyOutcomes = z.output<typeof policy>;
export type Hint = z.output<typeof hint>;
