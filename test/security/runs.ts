import fc from 'fast-check';
import { expect } from 'vitest';
import { BugpruneError } from '../../src/errors.js';

/** So many times the usual number of inputs: FUZZ_RUNS=100 takes minutes. */
export const FACTOR = Number(process.env.FUZZ_RUNS ?? 1);

/** How to run a property: on so many inputs by default, always the same ones. */
export function times(usual: number): { seed: number; numRuns: number; endOnFailure: boolean } {
  return { seed: 20_261_122, numRuns: Math.ceil(usual * FACTOR), endOnFailure: true };
}

/** Milliseconds for tests that FUZZ_RUNS makes long. */
export const PATIENCE = 60_000 * Math.max(1, FACTOR);

/** Milliseconds of work for any input, and characters that may take a further one: a square of the length would take longer. */
const AT_MOST = 400;
const PER_MILLISECOND = 50;

/** Does something with an input of a size. Fails when it takes longer than an input of that size can explain. */
export function promptly<Result>(size: number, act: () => Result): Result {
  const check = stopwatch(size);
  const result = act();
  check();
  return result;
}

function stopwatch(size: number): () => void {
  const before = process.cpuUsage();
  return () => {
    const { user, system } = process.cpuUsage(before);
    expect((user + system) / 1000, `milliseconds for ${size} characters`).toBeLessThan(AT_MOST + size / PER_MILLISECOND);
  };
}

/** What comes of an input: a result, or an error that says what is wrong. */
export type Outcome<Result> = { readonly result: Result } | { readonly refused: Error };

type IsDeclared = (error: unknown) => boolean;

const isExplained: IsDeclared = (error) => error instanceof BugpruneError;

/** What comes of an input, in the time that its size allows. Any error but the declared ones is a crash, and passed on. */
export function outcome<Result>(size: number, act: () => Result, isDeclared: IsDeclared = isExplained): Outcome<Result> {
  return promptly(size, () => {
    try {
      return { result: act() };
    } catch (error) {
      return refused(error, isDeclared);
    }
  });
}

/** The same for what takes its time. */
export async function later<Result>(
  size: number,
  act: () => Promise<Result>,
  isDeclared: IsDeclared = isExplained,
): Promise<Outcome<Result>> {
  const check = stopwatch(size);
  const found = await act().then(
    (result) => ({ result }),
    (error: unknown) => refused(error, isDeclared),
  );
  check();
  return found;
}

function refused(error: unknown, isDeclared: IsDeclared): { readonly refused: Error } {
  if (isDeclared(error) && error instanceof Error) return { refused: error };
  throw error;
}

const OWN = Reflect.ownKeys(Object.prototype).length;

/** Fails when something has got into what all objects share, or an object within the value has another prototype than its kind. */
export function expectCleanPrototypes(value: unknown): void {
  expect(Reflect.ownKeys(Object.prototype)).toHaveLength(OWN);
  const seen = new Set<unknown>();
  const look = (one: unknown): void => {
    if (typeof one !== 'object' || one === null || seen.has(one)) return;
    seen.add(one);
    expect([Object.prototype, Array.prototype, null]).toContain(Object.getPrototypeOf(one));
    for (const inner of Object.values(one)) look(inner);
  };
  look(value);
}

/** Texts that mean something to one parser or another. */
const WORDS = [
  ...['', ' ', '\n', '\t', '\0', '\r\n', '\u2028', '\u202e', '\ufeff', '\ud800', 'İ', 'ﬁ', '漢', '👍🏽'],
  ...[
    '"',
    "'",
    '\\',
    '`',
    '/',
    '//',
    ':',
    '::',
    '#',
    '@',
    '*',
    '**',
    '-',
    '--',
    '.',
    '..',
    '%',
    '%2e',
    '%00',
    '&',
    '<',
    '>',
    '|',
  ],
  ...['(', ')', '[', ']', '{', '}', '{{', '}}', '${', '<!--', '-->', '!!', '!<', '&a', '*a', '<<', '---', '...', '? ', '- '],
  ...['__proto__', 'constructor', 'prototype', 'toString', 'hasOwnProperty', 'null', 'true', 'NaN', '1e999', '-0', '0x10'],
  ...['6w', '1y', '99999mo', '2026-11-22', 'T09:00:00Z', '+0000', '2026-02-30T00:00:00Z', 'forever', '20%', '3x', '1s'],
  ...[
    'github:',
    'jira:',
    'file:',
    'https://',
    'http://',
    'ssh://git@',
    'git@github.com:',
    'javascript:',
    'user:pass@',
    '127.0.0.1',
  ],
  ...['acme', 'acme/app', '#12', 'ERP', 'ERP-12', '/browse/', '/issues/', '/projects/', '/jira/software/c/', '.git', '.ndjson'],
  ...[
    '{{ref}}',
    '{{untargetedFor}}',
    '@mona',
    '[~mona]',
    ' OR ',
    ' AND ',
    ' ORDER BY ',
    'project = X',
    'a = 1',
    '=1+1',
    '##[error]',
  ],
];

export const word: fc.Arbitrary<string> = fc.constantFrom(...WORDS);

/** One part a great many times, between two others: what keeps a careless pattern busy. */
const pumped = fc
  .tuple(word, fc.oneof(word, fc.tuple(word, word).map(both)), fc.integer({ min: 500, max: 5000 }), word)
  .map(([before, part, count, after]) => before + part.repeat(count) + after);

function both([first, second]: [string, string]): string {
  return first + second;
}

/** Any text: words in a row, characters of all kinds, now and then a very long one. */
export const text: fc.Arbitrary<string> = fc.oneof(
  { weight: 12, arbitrary: fc.array(fc.oneof(word, fc.string({ unit: 'binary', maxLength: 4 })), { maxLength: 7 }).map(joined) },
  { weight: 1, arbitrary: pumped },
);

function joined(parts: readonly string[]): string {
  return parts.join('');
}

/** A good text with something done to it: a part cut out, put in, or put twice. */
export function mutated(good: fc.Arbitrary<string>): fc.Arbitrary<string> {
  const cut = fc.tuple(fc.nat(), fc.nat({ max: 12 }), fc.oneof(word, text));
  return fc.tuple(good, fc.array(cut, { minLength: 1, maxLength: 3 })).map(([start, cuts]) =>
    cuts.reduce((whole, [place, length, put]) => {
      const at = place % (whole.length + 1);
      return whole.slice(0, at) + put + whole.slice(at + length);
    }, start),
  );
}
