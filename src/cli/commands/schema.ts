import { configJsonSchema, reportJsonSchema } from '../../schema.js';
import type { Shell } from '../io.js';

/** `bugprune schema`: the JSON Schema of the configuration or of the report. */
export function schemaCommand(document: 'config' | 'report', io: Shell): number {
  const schema = document === 'config' ? configJsonSchema() : reportJsonSchema();
  io.out.write(`${JSON.stringify(schema, null, 2)}\n`);
  return 0;
}
