import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { JournalLine } from '../../../src/journal/document.js';
import { LineError } from '../../../src/journal/failure.js';
import { formatLine, readLines } from '../../../src/journal/lines.js';
import { aHeader, aJournal, journals } from './given.js';

/** A journal as it stands in a file. */
function textOf(lines: readonly JournalLine[]): string {
  let sum = '';
  return lines
    .map((line) => {
      const formatted = formatLine(line, sum);
      sum = formatted.sum;
      return `${formatted.text}\n`;
    })
    .join('');
}

const TEXT = textOf(aJournal());
const ROWS = TEXT.split('\n').slice(0, -1);
const sha = (text: string) => createHash('sha256').update(text).digest('hex').slice(0, 16);

/** A line with a sum that is right, whatever else is not. */
const sealed = (body: string, previous = '') => `${body.slice(0, -1)},"sum":"${sha(previous + body)}"}`;

test('a line ends in the sum of itself and the sum before it', () => {
  const first = formatLine(aHeader(), '');
  expect(first.sum).toBe(sha(JSON.stringify(aHeader())));
  expect(first.text).toBe(`${JSON.stringify(aHeader()).slice(0, -1)},"sum":"${first.sum}"}`);
  expect(Object.keys(JSON.parse(first.text)).at(-1)).toBe('sum');
  expect(formatLine(aHeader(), first.sum).sum).toBe(sha(first.sum + JSON.stringify(aHeader())));
});

test('what was written is read again, with where it ends', () => {
  fc.assert(
    fc.property(journals, (lines) => {
      const text = textOf(lines);
      const read = readLines(text);
      expect(read.lines).toEqual(lines);
      expect(read.length).toBe(Buffer.byteLength(text));
      expect(text.endsWith(`"sum":"${read.sum}"}\n`)).toBe(true);
    }),
    { seed: 20261122, numRuns: 60 },
  );
});

test('a separator of lines within a title separates none', () => {
  const line: JournalLine = { line: 'plan', bug: { ...planOf(), title: 'one\u2028two\u2029three\r\nfour' } };
  expect(readLines(textOf([aHeader(), line])).lines).toEqual([aHeader(), line]);
});

test('an empty file has no lines', () => {
  expect(readLines('')).toEqual({ lines: [], sum: '', length: 0 });
});

test('of a journal that was cut off anywhere, the whole lines are left', () => {
  const bytes = Buffer.from(textOf([aHeader(), { line: 'plan', bug: { ...planOf(), title: 'Größe 🐛 stimmt nicht' } }]));
  const first = bytes.indexOf('\n') + 1;
  for (let length = 0; length < bytes.length; length++) {
    const { lines, length: good } = readLines(bytes.subarray(0, length).toString());
    expect([lines.length, good]).toEqual(length < first ? [0, 0] : [1, first]);
  }
});

function planOf() {
  const plan = aJournal()[1];
  return plan?.line === 'plan' ? plan.bug : expect.unreachable();
}

test('any byte of a line that is another one now is noticed', () => {
  const bytes = Buffer.from(textOf([aHeader(), { line: 'plan', bug: { ...planOf(), title: 'Größe 🐛 \ufffd' } }]));
  const last = bytes.length - 1;
  for (let place = 0; place < last; place++) {
    const changed = Buffer.from(bytes);
    changed[place] = (changed[place] ?? 0) ^ (1 << (place % 8));
    expect(() => readLines(changed.toString()), `byte ${place}`).toThrow(LineError);
  }
  bytes[last] = 0;
  expect(readLines(bytes.toString()).lines).toEqual([aHeader()]);
});

describe('refuses', () => {
  test.each<[what: string, rows: readonly string[], line: number, problem: RegExp]>([
    ['a line that was taken out', ROWS.toSpliced(2, 1), 3, /its sum is wrong/],
    ['a first line that was taken out', ROWS.slice(1), 1, /its sum is wrong/],
    ['lines that changed places', ROWS.toSpliced(1, 2, ROWS[2] ?? '', ROWS[1] ?? ''), 2, /its sum is wrong/],
    ['a line that stands there twice', ROWS.toSpliced(2, 0, ROWS[1] ?? ''), 3, /its sum is wrong/],
    ['a blank line', ROWS.toSpliced(1, 0, ''), 2, /ends in "sum"/],
    ['a line that is no JSON', ROWS.toSpliced(1, 0, 'closed the rest by hand'), 2, /ends in "sum"/],
    ['a line without a sum', ROWS.toSpliced(1, 0, '{"line":"resumed","at":"2026-11-22T09:00:00Z"}'), 2, /ends in "sum"/],
    ['a line with something behind the sum', [`${ROWS[0]} `], 1, /ends in "sum"/],
    ['the same in other JSON', [(ROWS[0] ?? '').replace('acme', '\\u0061cme')], 1, /its sum is wrong/],
    ['half of JSON under a good sum', [sealed('{"line":"run",}')], 1, /it is not JSON/],
    ['a line that there is not', [sealed('{"line":"note","text":"x"}')], 1, /^line: /],
    [
      'a value that cannot be',
      [sealed(JSON.stringify({ ...aHeader(), startedAt: 'today' }))],
      1,
      /^startedAt: expected an instant/,
    ],
    ['another version', [sealed(JSON.stringify({ ...aHeader(), version: 2 }))], 1, /^version: expected 1; .* another release/],
  ])('%s', (_what, rows, line, problem) => {
    expect(() => readLines(rows.map((row) => `${row}\n`).join(''))).toThrow(
      expect.objectContaining({ line, message: expect.stringMatching(problem) }),
    );
  });
});

test('what Git does to the ends of lines is no change', () => {
  const text = TEXT.replaceAll('\n', '\r\n');
  expect(readLines(text)).toEqual({ ...readLines(TEXT), length: text.length });
});

test('what a later release adds to a line is no reason to refuse it', () => {
  const body = JSON.stringify({ ...aHeader(), mood: 'good' });
  expect(readLines(`${sealed(body)}\n`).lines).toEqual([aHeader()]);
});
