import { z } from 'zod';
import { BUILT_IN_RULES, configSchema } from '../config/schema.js';
import { journalLineSchema } from '../journal/document.js';
import { backtestsSchema } from '../report/backtest/document.js';
import { reportSchema } from '../report/document.js';
import { DESCRIPTORS } from '../trackers/index.js';

/** JSON Schema (draft 2020-12) of what a configuration file may hold. */
export function configJsonSchema(): Record<string, unknown> {
  const schema = configSchema({ descriptors: DESCRIPTORS, rules: BUILT_IN_RULES });
  return { title: 'bugprune configuration', ...z.toJSONSchema(schema, { io: 'input' }) };
}

/** JSON Schema (draft 2020-12) of the report document. */
export function reportJsonSchema(): Record<string, unknown> {
  return { title: 'bugprune report, version 1', ...z.toJSONSchema(reportSchema, { io: 'output' }) };
}

/** JSON Schema (draft 2020-12) of each line of a journal. */
export function journalJsonSchema(): Record<string, unknown> {
  const lines = journalLineSchema.options.map((line) => line.extend({ sum }).describe(line.description ?? ''));
  return { title: 'bugprune journal, one line, version 1', ...z.toJSONSchema(z.union(lines), { io: 'output' }) };
}

/** JSON Schema (draft 2020-12) of what a backtest gives. */
export function backtestJsonSchema(): Record<string, unknown> {
  return { title: 'bugprune backtest, version 1', ...z.toJSONSchema(backtestsSchema, { io: 'output' }) };
}

const sum = z
  .string()
  .regex(/^[0-9a-f]{16}$/)
  .describe('Always the last key: the start of the SHA-256 of the sum before and of this line without its own.');
