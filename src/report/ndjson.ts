import type { Report } from './document.js';
import { forJson } from './escape.js';
import type { Format } from './format.js';

/**
 * For scripts that read line by line. The first line is the report document without its bugs (`"kind": "report"`, with the mode, the
 * trackers and the summary); every further line is one entry of `bugs`, in their order, with `"kind": "bug"` in front. So
 * `jq -c 'select(.verdict == "close")'` finds bugs and nothing else, and both kinds have the keys of the JSON report.
 */
export const ndjson = {
  extension: 'ndjson',
  render: (report) => lines(report),
} satisfies Format;

function* lines({ bugs, ...head }: Report): Generator<string> {
  yield line(head);
  for (const bug of bugs) yield line({ kind: 'bug', ...bug });
}

const line = (value: object): string => `${forJson(JSON.stringify(value))}\n`;
