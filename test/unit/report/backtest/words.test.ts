import { describe, expect, test } from 'vitest';
import { answer, nextSteps, rangeInWords, rowsOf } from '../../../../src/report/backtest/words.js';
import { aBacktest, aDocument, IDLE, VARIED, WARNED } from './given.js';

describe('the answer', () => {
  const from = (parts: Parameters<typeof aBacktest>[0], summary: Parameters<typeof aBacktest>[1] = {}) =>
    answer(aDocument({ policy: aBacktest(parts, summary) }));

  test('is one sentence with everything that matters', () => {
    expect(answer(aDocument())).toBe(
      'Over 2 years the policy "untargeted" would have closed 128 of 300 bugs; people later fixed, targeted or reopened 9 of them (7 %), after 61 days in the middle; the backlog would be 58 instead of 186 bugs.',
    );
  });

  test.each([
    ['2025-11-22T09:00:00Z', 'Over 1 year '],
    ['2026-05-22T09:00:00Z', 'Over 18 months '],
    ['2024-12-20T09:00:00Z', 'Over 4 weeks '],
    ['2024-11-25T09:00:00Z', 'Over 3 days '],
    ['2026-11-20T09:00:00Z', 'From 2024-11-22 to 2026-11-20 '],
    ['2024-11-22T09:00:00Z', 'From 2024-11-22 to 2024-11-22 '],
  ])('says how long that was: until %s', (to, beginning) => {
    expect(from({ to }).startsWith(beginning)).toBe(true);
  });

  test('says so when nobody came back, nothing would have been closed, or warnings would have helped', () => {
    expect(from({}, { regrets: 0, rate: 0, medianDays: null })).toContain('as far as is known, people came back to none of them');
    expect(answer(IDLE)).toBe('Over 2 years the policy "untargeted" would have closed none of 1 bug.');
    expect(answer(WARNED)).toContain('It would have warned 150 times; 12 of them would have come in time');
    expect(from({}, { warned: 3 })).toContain('none of them would have come in time');
  });
});

test('the range says what room there is', () => {
  expect(rangeInWords(aBacktest())).toBe(
    'What the history does not tell leaves room: between 120 and 140 closures, between 6 and 17 regrets (5 % to 12.1 %).',
  );
  expect(rangeInWords(IDLE.policy)).toBe('What the history does not tell leaves no room for other numbers.');
});

test('rows are the policies, thresholds, and the stale bot', () => {
  expect(rowsOf(VARIED).map(({ label }) => label)).toEqual(['as configured', '4w', '6w', '12w', '10y', 'stale bot']);
});

describe('the next command', () => {
  const given = { sources: ['history.ndjson'], options: ['--every', '1mo'], vary: ['--vary'] };
  const words = (document: Parameters<typeof nextSteps>[0]) => nextSteps(document, given).map((step) => step.words.join(' '));

  test.each([
    ['closed bugs, where there are none', WARNED, 'snapshot github:acme/app --all -o history.ndjson'],
    [
      'no option that a file names',
      aDocument({ snapshots: WARNED.snapshots.map((one) => ({ ...one, source: '--config=x.mjs' })) }),
      'snapshot SOURCE --all -o history.ndjson',
    ],
    ['thresholds, where none were tried', aDocument(), 'backtest history.ndjson --every 1mo --vary'],
    ['the report, where one may be chosen', VARIED, 'report history.ndjson'],
    [
      'the same again with a guard, where none may',
      { ...VARIED, comparison: VARIED.comparison && { ...VARIED.comparison, recommended: null } },
      'backtest history.ndjson --every 1mo --vary',
    ],
  ])('%s', (_, document, expected) => {
    expect(words(document)).toEqual([expected]);
  });
});
