import { z } from 'zod';
import { BugpruneError } from '../errors.js';
import { jsonPlace } from '../model/json-place.js';
import { type Problem, pathText, problems } from '../model/problems.js';
import { type Report, reportSchema, summarize } from './document.js';
import { editingProblems } from './editing.js';

/**
 * Reads a report that may have been edited: entries deleted, `close` turned into `keep`, comments reworded, kept ones snoozed.
 * Throws `usage` with everything that is wrong with it; `name` is what to call it.
 */
export function readReport(text: string, name: string): Report {
  const content = parse(text, name);
  checkVersion(content, name);
  const checked = problems(reportSchema, content, { kinds: { object: '{…}', record: '{…}' } });
  const wrong = 'data' in checked ? editingProblems(checked.data) : checked.problems.map((one) => inWords(one, content));
  if (!('data' in checked) || wrong.length > 0) {
    const more = wrong.length > MOST_PROBLEMS ? [`… and ${wrong.length - MOST_PROBLEMS} more`] : [];
    const shown = [...wrong.slice(0, MOST_PROBLEMS), ...more].map((line) => `  ${line}`);
    throw new BugpruneError('usage', `${name} cannot be applied:\n${shown.join('\n')}`, { hint: WHAT_MAY_BE_EDITED });
  }
  const { bugs, summary } = checked.data;
  // Who edits entries does not count them again; how many bugs are open has not changed.
  return { ...checked.data, summary: { ...summarize(bugs), open: summary.open } };
}

const MOST_PROBLEMS = 20;

const WHAT_MAY_BE_EDITED =
  'Entries may be deleted, "close" turned into "keep", comments reworded, and kept ones given "snooze": "2027-03-01" or "forever". Anything else takes a new report.';

const HOW_TO_MAKE_ONE = 'Make one with: bugprune report -o report.json';

/** Some editors put a byte order mark at the beginning. */
function parse(text: string, name: string): unknown {
  const source = text.replace(/^\uFEFF/, '');
  try {
    return JSON.parse(source);
  } catch (error) {
    const place = jsonPlace(source);
    const where = place ? `: look at line ${place.line}, column ${place.column}` : '';
    throw new BugpruneError('usage', `${name} is not JSON${where}.`, {
      hint: `Is there a comma too many, or one too few, where an entry was deleted? ${HOW_TO_MAKE_ONE}`,
      cause: error,
    });
  }
}

function checkVersion(content: unknown, name: string): void {
  const { kind, version } = (content ?? {}) as { kind?: unknown; version?: unknown };
  if (kind !== 'report') {
    const found = shown(kind);
    throw new BugpruneError('usage', `${name} is not a report: expected "kind": "report", found ${found}.`, {
      hint: HOW_TO_MAKE_ONE,
    });
  }
  if (version !== 1) {
    throw new BugpruneError('usage', `${name}: expected version 1, found ${shown(version)}.`, {
      hint: 'Make a new report with this version of bugprune.',
    });
  }
}

/** What stood there, where that is short; lists and objects may be of any depth. */
function shown(value: unknown): string {
  return typeof value === 'object' && value !== null ? '{…}' : (JSON.stringify(value) ?? 'none');
}

const entries = z.object({ bugs: z.array(z.unknown()) });
const named = z.object({ ref: z.string() });

/** People know an entry by its ref. */
function inWords({ path, message }: Problem, content: unknown): string {
  const [list, index, ...rest] = path;
  const entry = list === 'bugs' && typeof index === 'number' ? entries.safeParse(content).data?.bugs[index] : undefined;
  const ref = rest.length > 0 ? named.safeParse(entry).data?.ref : undefined;
  return `${ref === undefined ? pathText(path) || 'the document' : `${ref}: ${pathText(rest)}`}: ${message}`;
}
