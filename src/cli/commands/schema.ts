import { backtestJsonSchema, configJsonSchema, journalJsonSchema, reportJsonSchema } from '../../use-cases/schema.js';
import type { Shell } from '../io.js';

const SCHEMAS = { config: configJsonSchema, report: reportJsonSchema, journal: journalJsonSchema, backtest: backtestJsonSchema };

/** `bugprune schema`: the JSON Schema of the configuration, of the report, of each line of a journal, or of a backtest. */
export function schemaCommand(document: keyof typeof SCHEMAS, io: Shell): number {
  io.out.write(`${JSON.stringify(SCHEMAS[document](), null, 2)}\n`);
  return 0;
}
