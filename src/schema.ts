import { z } from 'zod';
import { BUILT_IN_RULES, configSchema } from './config/schema.js';
import { reportSchema } from './report/document.js';
import { DESCRIPTORS } from './trackers/index.js';

/** JSON Schema (draft 2020-12) of what a configuration file may hold. */
export function configJsonSchema(): Record<string, unknown> {
  const schema = configSchema({ descriptors: DESCRIPTORS, rules: BUILT_IN_RULES });
  return { title: 'bugprune configuration', ...z.toJSONSchema(schema, { io: 'input' }) };
}

/** JSON Schema (draft 2020-12) of the report document. */
export function reportJsonSchema(): Record<string, unknown> {
  return { title: 'bugprune report, version 1', ...z.toJSONSchema(reportSchema, { io: 'output' }) };
}
