import { createHash } from 'node:crypto';
import { excessIn } from '../model/excess.js';
import { type JournalLine, journalLineSchema } from './document.js';
import { LineError } from './failure.js';

/**
 * The text of a line, without a newline, and its sum. The sum stands last in the line and covers the sum of the line before ("" for
 * the first one), so that a line that was edited, taken out or moved is recognised.
 */
export function formatLine(line: JournalLine, previousSum: string): { readonly text: string; readonly sum: string } {
  const body = JSON.stringify(line);
  const sum = sumOf(previousSum, body);
  return { text: `${body.slice(0, -1)},"sum":"${sum}"}`, sum };
}

/** What a journal holds. `sum`: of the last line. `length`: of the good part, in bytes of UTF-8. */
export interface ReadLines {
  readonly lines: readonly JournalLine[];
  readonly sum: string;
  readonly length: number;
}

/**
 * Reads a journal. A last line without a newline is half a line, left by a crash, and counts for nothing. Throws a {@link LineError}
 * for a line that is whole but not what bugprune wrote.
 */
export function readLines(text: string): ReadLines {
  const good = text.slice(0, text.lastIndexOf('\n') + 1);
  const lines: JournalLine[] = [];
  let sum = '';
  for (const raw of good.split('\n').slice(0, -1)) {
    const number = lines.length + 1;
    const [body, found] = bodyAndSum(raw, number);
    sum = sumOf(sum, body);
    if (sum !== found)
      throw new LineError(number, 'its sum is wrong: it was changed, or a line before it was taken out or moved');
    lines.push(readLine(body, number));
  }
  return { lines, sum, length: Buffer.byteLength(good) };
}

/** The text itself is what the sum is of: JSON that was parsed and written again may differ. Git may have given the line a CR. */
const WITH_SUM = /^(\{.*),"sum":"([0-9a-f]{16})"\}\r?$/s;

function bodyAndSum(raw: string, number: number): [body: string, sum: string] {
  const [, fields, sum] = WITH_SUM.exec(raw) ?? [];
  if (fields !== undefined && sum !== undefined) return [`${fields}}`, sum];
  throw new LineError(number, 'expected a JSON object that ends in "sum"');
}

const sumOf = (previous: string, body: string): string =>
  createHash('sha256').update(previous).update(body).digest('hex').slice(0, 16);

function readLine(body: string, number: number): JournalLine {
  const content = parse(body, number);
  const excess = excessIn(content);
  if (excess !== null) throw new LineError(number, excess);
  const { data, error } = journalLineSchema.safeParse(content);
  if (data) return data;
  const [issue] = error.issues;
  throw new LineError(number, `${issue?.path.map(String).join('.') || 'the line'}: ${issue?.message}`);
}

function parse(body: string, number: number): unknown {
  try {
    return JSON.parse(body);
  } catch (error) {
    throw new LineError(number, `it is not JSON: ${error instanceof Error ? error.message : String(error)}`);
  }
}
