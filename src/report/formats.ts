import { agendaJson } from './agenda/json.js';
import { agenda } from './agenda/markdown.js';
import { csv } from './csv.js';
import type { Format } from './format.js';
import { html } from './html.js';
import { json } from './json.js';
import { markdown } from './markdown.js';
import { ndjson } from './ndjson.js';
import { table } from './table.js';

/** The formats that come with bugprune, by the name to use with --format. */
export const FORMATS = { table, json, markdown, csv, ndjson, html, agenda, 'agenda-json': agendaJson } satisfies Record<
  string,
  Format
>;
