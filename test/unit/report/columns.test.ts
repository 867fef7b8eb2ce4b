import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { pad, truncate, widthOf, wrap } from '../../../src/report/columns.js';

const text = fc
  .array(fc.constantFrom('a', 'word', ' ', '漢字', '👩‍👩‍👧‍👦', '🏳️‍🌈', 'é', 'e\u0301', '—', 'ﾊﾝｶｸ', '한국어'), { maxLength: 30 })
  .map((parts) => parts.join(''));

test.each([
  ['plain', 10, 'plain'],
  ['plain text', 6, 'plain…'],
  ['plain text', 7, 'plain…'],
  ['漢字漢字', 8, '漢字漢字'],
  ['漢字漢字', 7, '漢字漢…'],
  ['漢字漢字', 6, '漢字…'],
  ['👩‍👩‍👧‍👦👩‍👩‍👧‍👦', 3, '👩‍👩‍👧‍👦…'],
  ['anything', 1, '…'],
  ['anything', 0, ''],
  ['', 0, ''],
])('%s in %i columns is %s', (given, columns, cut) => {
  expect(truncate(given, columns)).toBe(cut);
});

test.each([
  ['one two three', 7, ['one two', 'three']],
  ['one two three', 100, ['one two three']],
  ['unbreakable', 4, ['unbr', 'eaka', 'ble']],
  ['so unbreakable it is', 6, ['so', 'unbrea', 'kable', 'it is']],
  ['漢字漢字', 5, ['漢字', '漢字']],
  ['', 5, []],
])('%s wraps at %i', (given, columns, lines) => {
  expect(wrap(given, columns)).toEqual(lines);
});

test.each([
  ['ab', 4, 'left', 'ab  '],
  ['ab', 4, 'right', '  ab'],
  ['漢', 4, 'left', '漢  '],
  ['abcde', 4, 'left', 'abcde'],
] as const)('%s is padded to %i on the %s', (given, columns, align, padded) => {
  expect(pad(given, columns, align)).toBe(padded);
});

describe('for any text', () => {
  test('what is cut fits, and begins like the text', () => {
    fc.assert(
      fc.property(text, fc.integer({ min: 1, max: 60 }), (given, columns) => {
        const cut = truncate(given, columns);
        expect(widthOf(cut)).toBeLessThanOrEqual(columns);
        expect(cut === given || (cut.endsWith('…') && given.startsWith(cut.slice(0, -1)))).toBe(true);
      }),
    );
  });

  test('what is wrapped fits, and loses nothing', () => {
    fc.assert(
      fc.property(text, fc.integer({ min: 2, max: 60 }), (given, columns) => {
        const lines = wrap(given, columns);
        for (const line of lines) expect(widthOf(line)).toBeLessThanOrEqual(columns);
        expect(lines.join('').replaceAll(' ', '')).toBe(given.replaceAll(' ', ''));
      }),
    );
  });
});
