import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { bugSchema } from '../../../src/model/bug.js';
import { cleanText, foldName, nameMatcher } from '../../../src/model/text.js';
import { aBug } from '../../../src/testing.js';
import { mark } from './given.js';

const ESC = '\u001b';

describe('text from outside', () => {
  test.each([
    ['colours', `a ${ESC}[31mred${ESC}[0m b`, 'a [31mred [0m b'],
    ['links of terminals', `${ESC}]8;;https://evil.example${ESC}\\here${ESC}]8;;\u0007`, ']8;;https://evil.example \\here ]8;;'],
    ['eight-bit escapes', '\u009b31mred', '31mred'],
    ['line breaks', 'one\r\ntwo\n\nthree\u2028four\u2029five\u0085six', 'one two three four five six'],
    ['tabs and the null character', 'a\tb\u0000c\u007fd', 'a b c d'],
    ['bidirectional overrides', 'abc\u202edcba\u202c \u2066x\u2069', 'abc dcba x'],
    ['bidirectional marks', 'a\u200eb\u200fc\u061cd', 'a b c d'],
    ['invisible spaces', 'a\u200bb\ufeffc\u2060d', 'a b c d'],
    ['spaces around and in between', '  a   b  ', 'a b'],
    ['nothing else', '', ''],
  ])('loses %s', (_what, text, clean) => {
    expect(cleanText(text)).toBe(clean);
  });

  test.each([
    'Crêpe à la Ørsted, naïve ß ı İ',
    'e\u0301 decomposed',
    '標題は壊れている 버그',
    'العربية עברית',
    '👩‍👩‍👧‍👦 🏳️‍🌈 👍🏽 🇩🇪',
    'क्‍ष',
    '<b>&amp; "x" `y`',
    'a\u00a0b',
  ])('keeps %s', (text) => {
    expect(cleanText(text)).toBe(text);
  });

  test('is one line, without anything that acts, whatever comes in; cleaned once is cleaned', () => {
    const pieces = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 3 }),
      fc.constantFrom(ESC, '\n', '\u202e', '\u200d', '\u00a0', ' '),
    );
    const nasty = fc.array(pieces).map((list) => list.join(''));
    fc.assert(
      fc.property(nasty, (text) => {
        const clean = cleanText(text);
        expect(clean).not.toMatch(/[\p{Cc}\u2028-\u202e\u2066-\u2069\u200e\u200f\u061c]/u);
        expect(clean).toBe(clean.trim());
        expect(cleanText(clean)).toBe(clean);
      }),
    );
  });

  test('is cleaned in every name of a bug when it comes into being', () => {
    const evil = `x${ESC}[2J\u202ey\nz`;
    const person = { id: '1', name: evil, kind: 'human' } as const;
    const bug = aBug({
      ref: evil,
      title: evil,
      status: evil,
      type: evil,
      priority: evil,
      labels: [evil],
      obstacle: evil,
      author: person,
      assignees: [person],
      targets: [{ name: evil, state: 'open' }],
      linkedWork: [{ kind: 'child', name: evil }],
      events: [{ at: '2026-01-01T00:00:00Z', kind: 'renamed', actor: person, value: evil, from: evil }],
    });
    const { id, url, ...shown } = bug;
    expect(url).not.toMatch(/\p{Cc}|\u202e/u);
    expect(JSON.stringify(shown).split('x [2J y z')).toHaveLength(15);
    expect(JSON.stringify(shown)).not.toMatch(/\\u001b|\\n|\u202e/);
    expect(bugSchema.parse(bug)).toEqual(bug);
  });

  test.each([
    ['a key that we do not know', { raw: {} }],
    ['a kind of event that we do not know', { events: [{ at: '2026-01-01T00:00:00Z', kind: 'voted', actor: null }] }],
    [
      'a mark with more in it',
      { events: [{ at: '2026-01-01T00:00:00Z', kind: 'commented', actor: null, mark: { ...mark('close'), extra: 1 } }] },
    ],
    ['an actor who is self without being sure', { author: { id: null, name: 'x', kind: 'human', self: false } }],
    ['half a vote', { votes: 0.5 }],
    ['an unknown history', { history: 'some' }],
  ])('%s makes no bug', (_what, parts) => {
    expect(bugSchema.safeParse({ ...aBug(), ...parts }).success).toBe(false);
  });
});

describe('names', () => {
  test.each([
    ["won't fix", 'Won\u2019t Fix', true],
    ["won't fix", 'WON\u2018T FIX', true],
    ["won't fix", 'Won\u00b4t fix', true],
    ['won\u2019t fix', 'won`t fix', true],
    ["won't fix", 'wont fix', false],
    [' pinned ', 'Pinned', true],
    ['pin', 'pinned', false],
    ['priority/p0', 'priority/P0', true],
    ['ÄRGER', 'ärger', true],
    ['dependabot[bot]', 'dependabot[bot]', true],
    ['dependabot[bot]', 'dependabotb', false],
    ['a.c', 'abc', false],
    ['v1+', 'v11', false],
    ['(x|y)', 'x', false],
    ['^x$', 'x', false],
    ['\\d', '7', false],
    ['?', 'x', false],
    ['*', '', true],
    ['*', 'anything\nat all', true],
    ['**', 'x', true],
    ['Future*', 'future', true],
    ['Future*', 'The Future', false],
    ['*end', 'the END', true],
    ['*end', 'ends', false],
    ['a*a', 'a', false],
    ['a*a', 'aa', true],
    ['ab*ba', 'aba', false],
    ['*a*b*', 'xxaxxbxx', true],
    ['*a*b*', 'xxbxxaxx', false],
    ['a*.*c', 'a.c', true],
    ['a*.*c', 'abc', false],
    ["won't*", 'Won\u2019t Do', true],
  ])('%j and %j: %s', (pattern, name, matches) => {
    expect(nameMatcher([pattern])(name)).toBe(matches);
    expect(nameMatcher(['something else', pattern])(name)).toBe(matches);
  });

  test('no pattern matches nothing', () => {
    expect(nameMatcher([])('')).toBe(false);
    expect(nameMatcher([])('x')).toBe(false);
  });

  test('a star is any characters: what the definition says', () => {
    const word = fc.string({ unit: fc.constantFrom('a', 'b', "'", '.', '\u2019'), maxLength: 8 });
    const pattern = fc.string({ unit: fc.constantFrom('a', 'b', '*', '.', "'"), maxLength: 8 });
    /** One character after the other, trying everything. */
    const matches = (glob: string, text: string): boolean => {
      if (glob === '') return text === '';
      if (glob.startsWith('*')) return matches(glob.slice(1), text) || (text !== '' && matches(glob, text.slice(1)));
      return text[0] === glob[0] && matches(glob.slice(1), text.slice(1));
    };
    fc.assert(
      fc.property(pattern, word, (glob, text) => {
        expect(nameMatcher([glob])(text)).toBe(matches(foldName(glob), foldName(text)));
      }),
      { numRuns: 2000 },
    );
  });

  test('a title made to keep a pattern busy does not: the time grows with its length and no faster', () => {
    const matches = nameMatcher([`${'*a'.repeat(30)}*b`, `${'*aa'.repeat(30)}*!`]);
    const start = performance.now();
    for (let round = 0; round < 100; round++) expect(matches('a'.repeat(10_000))).toBe(false);
    // As a regular expression this takes longer than the universe; as it is, some milliseconds.
    expect(performance.now() - start).toBeLessThan(2000);
  });
});
