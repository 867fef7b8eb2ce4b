import { z } from 'zod';
import { instant } from './document.js';

const count = z.number().int();

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
  alreadyClosed: count.describe('Closed by somebody else before their turn came.'),
  skipped: count.describe('Left alone, most of them because they had changed.'),
  failed: count,
  takenBack: count.describe('Of a prune: bugs that were taken back since. Of an undo: bugs that it took back.'),
  left: count.describe('What an undo left alone, because somebody had touched it.'),
  undoneBy: z.string().nullable().describe('The latest undo of this run.'),
  open: count.nullable().describe('Open bugs when the run started; null where it is not known.'),
  reopened: count
    .optional()
    .describe('Of the closed bugs: how many a person has reopened since. Only with --outcomes, like all that follows.'),
  openNow: count.optional().describe('Of the reopened ones: how many are open now.'),
  unknown: count.optional().describe('Of the closed bugs: how many could not be read.'),
});

const backlog = z
  .object({ at: instant, open: count, trackers: z.array(z.string()) })
  .describe('Sizes of different trackers do not compare.');

/** The history document, version 1: what `bugprune history --json` prints. */
export const historySchema = z
  .object({
    version: z.literal(1),
    kind: z.literal('history'),
    generatedAt: instant,
    runs: z.array(run).describe('Oldest first.'),
    backlog: z.array(backlog).describe('How many bugs were open, each time that a prune looked; oldest first.'),
    problems: z
      .array(z.string())
      .describe('What could not be read: there may be more runs, and more in them, than is told here.'),
  })
  .describe('History of bugprune');

export type History = z.output<typeof historySchema>;
export type PastRun = History['runs'][number];
export type BacklogSize = History['backlog'][number];
