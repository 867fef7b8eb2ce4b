import { z } from 'zod';
import { instant } from '../document.js';

const bug = z.object({
  ref: z.string(),
  tracker: z.string().describe('The name of its tracker.'),
  url: z.string(),
  title: z.string().describe('Empty for a confidential bug.'),
  status: z
    .enum(['taken-back', 'left', 'failed', 'not-reached'])
    .describe('left: somebody has touched it since, and that stands. not-reached: the undo was cut short before.'),
  detail: z.string().describe('What was done, or why nothing was.'),
});

const count = z.number().int();

/** What came of an undo, version 1: what `bugprune undo --json` prints. */
export const undoSchema = z
  .object({
    version: z.literal(1),
    kind: z.literal('undo'),
    run: z.string().nullable().describe('The id of the undo itself; null where nothing was left to do.'),
    of: z.string().describe('The run that was taken back.'),
    generatedAt: instant,
    bugs: z.array(bug).describe('Every bug that the run had touched.'),
    summary: z.object({ takenBack: count, left: count, failed: count, notReached: count }),
    problems: z.array(z.string()).describe('What could not be read: the run may have touched more bugs.'),
  })
  .describe('Undo of bugprune');

export type UndoDocument = z.output<typeof undoSchema>;
export type UndoBug = UndoDocument['bugs'][number];

/** The counts of an undo's bugs. */
export function summarizeUndo(bugs: readonly UndoBug[]): UndoDocument['summary'] {
  const count = (status: UndoBug['status']) => bugs.filter((bug) => bug.status === status).length;
  return { takenBack: count('taken-back'), left: count('left'), failed: count('failed'), notReached: count('not-reached') };
}
