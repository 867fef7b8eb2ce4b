import { z } from 'zod';
import { backtestSchema, comparisonSchema } from '../../backtest/document.js';
import { instant } from '../document.js';

const snapshot = z.object({
  name: z.string(),
  source: z.string().describe('What it was taken of: github:acme/app.'),
  takenAt: instant,
  whole: z.boolean().describe('false: it was taken of open bugs only, so that what was fixed since cannot be seen.'),
});

const variation = z.object({ threshold: z.string().describe('6w'), backtest: backtestSchema });

/** The document of `bugprune backtest`, version 1: what was replayed over the same bugs, side by side. */
export const backtestsSchema = z
  .object({
    version: z.literal(1),
    kind: z.literal('backtests'),
    tool: z.object({ name: z.literal('bugprune'), version: z.string() }),
    snapshots: z.array(snapshot),
    bound: z.number().describe('The highest rate of regrets that somebody is willing to bear.'),
    policy: backtestSchema.describe('The policies as configured.'),
    variations: z.array(variation).describe('The same with other thresholds, where they were asked for; the shortest first.'),
    staleBot: backtestSchema.describe('What a bot would have done that goes by silence alone.'),
    comparison: comparisonSchema.nullable().describe('Null where no thresholds were asked for.'),
  })
  .describe('Backtests of bugprune');

/** See {@link backtestsSchema}. */
export type Backtests = z.output<typeof backtestsSchema>;
