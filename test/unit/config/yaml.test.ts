import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseText } from '../../../src/config/parse.js';
import { comment, entry, indent, inYaml } from '../../../src/config/yaml.js';

const parsed = (lines: readonly string[]): unknown => parseText('.bugprunerc', lines.join('\n'));

describe('a value', () => {
  test.each([
    ['Backlog', 'Backlog'],
    ['acme/app', 'acme/app'],
    ['6w', '6w'],
    ['20%', '20%'],
    ['https://acme.atlassian.net', 'https://acme.atlassian.net'],
    ['no', '"no"'],
    ['123', '"123"'],
    ['a: b', '"a: b"'],
    ['a #b', '"a #b"'],
    ['Future*', '"Future*"'],
    ['', '""'],
    ["Won't Do", '"Won\'t Do"'],
    ['a\nb', '"a\\nb"'],
    ['\u0085\u2028', '"\\u0085\\u2028"'],
  ])('%j is written as %s', (value, text) => {
    expect(inYaml(value)).toBe(text);
  });

  test.each([
    [['a', 'b c'], '[a, b c]'],
    [{ Blocker: ['P0'] }, '{ Blocker: [P0] }'],
    [{}, '{}'],
    [[], '[]'],
    [true, 'true'],
    [null, 'null'],
    [3, '3'],
  ])('%j is written as %s', (value, text) => {
    expect(inYaml(value)).toBe(text);
  });
});

/** What YAML, terminals and people trip over. */
const HOSTILE = [
  ...[
    '',
    ' ',
    '#',
    'a #b',
    'a: b',
    '- a',
    '? a',
    '[a',
    '{a: b',
    '}',
    ']',
    ',',
    '&a',
    '*a',
    '!a',
    '!!js/function',
    '|',
    '>',
    '%',
    '@a',
    '`',
  ],
  ...[
    '"',
    "'",
    '\\',
    '\\n',
    'a"b\'c',
    'true',
    'null',
    '~',
    '<<',
    '=',
    '1e3',
    '0x1f',
    '2026-11-22',
    '1:30',
    '---',
    '...',
    '.inf',
    '\t',
  ],
  ...[
    'a\nb: c',
    '\r\n',
    '\u0000',
    '\u001b[31m',
    '\u007f',
    '\u0085',
    '\u2028',
    '\u202e',
    '\ufeff',
    '\ufffe',
    '\ud800',
    '🐛',
    '👩‍💻',
    'é',
  ],
  ...['x'.repeat(2000), 'long words '.repeat(40), 'constructor'],
];

const text = fc.oneof(fc.constantFrom(...HOSTILE), fc.string({ unit: 'binary' }), fc.string());
const values = fc.oneof(
  text,
  fc.array(text),
  fc.dictionary(
    text.filter((key) => key !== '__proto__'),
    fc.array(text),
  ),
);

test('whatever it is, it is read as what was written, on one line or on several', () => {
  fc.assert(
    fc.property(
      text.filter((key) => key !== '__proto__'),
      values,
      (key, value) => {
        const written = JSON.parse(JSON.stringify({ [key]: value })) as unknown;
        expect(parsed([`{ ${inYaml(key)}: ${inYaml(value)} }`])).toEqual(written);
        expect(parsed(entry(key, value))).toEqual(written);
        expect(parsed(['top:', ...indent(entry(key, value))])).toEqual({ top: written });
      },
    ),
    { seed: 20261122, numRuns: 500 },
  );
});

test('a list that is too long for a line has a line for each entry', () => {
  const names = Array.from({ length: 30 }, (_, index) => `label ${index}`);
  expect(entry('labels', names).slice(0, 3)).toEqual(['labels:', '  - label 0', '  - label 1']);
});

test('a comment is broken between its words', () => {
  const lines = comment('word '.repeat(60));
  expect(lines.length).toBeGreaterThan(2);
  expect(lines.every((line) => line.startsWith('# ') && line.length <= 110)).toBe(true);
  expect(comment('')).toEqual([]);
});
