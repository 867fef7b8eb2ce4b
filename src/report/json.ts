import type { Report } from './document.js';
import { forJson } from './escape.js';
import type { Format } from './format.js';

/** The report document itself. The same report gives the same bytes: those of `JSON.stringify` with an indentation of two. */
export const json = {
  extension: 'json',
  render: (report) => parts(report),
} satisfies Format;

/** One bug at a time: the text of a large backlog is several times as large as the report in memory. */
function* parts({ bugs, ...head }: Report): Generator<string> {
  const frame = JSON.stringify({ ...head, bugs: [] }, null, 2);
  yield forJson(frame.slice(0, -'\n}'.length - ']'.length));
  for (const [index, bug] of bugs.entries()) {
    const lines = JSON.stringify(bug, null, 2).replaceAll('\n', '\n    ');
    yield `${index > 0 ? ',' : ''}\n    ${forJson(lines)}`;
  }
  yield bugs.length > 0 ? '\n  ]\n}\n' : ']\n}\n';
}
