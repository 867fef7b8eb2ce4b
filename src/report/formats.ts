import type { Format } from './format.js';
import { json } from './json.js';
import { markdown } from './markdown.js';
import { table } from './table.js';

/** The formats that come with bugprune, by the name to use with --format. */
export const FORMATS = { table, json, markdown } satisfies Record<string, Format>;
