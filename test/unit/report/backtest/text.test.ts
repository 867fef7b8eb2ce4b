import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { BACKTEST_FORMATS } from '../../../../src/report/backtest/formats.js';
import { widthOf } from '../../../../src/report/columns.js';
import { COLOURED } from '../given.js';
import { CONTROL, HOSTILE } from '../hostile.js';
import { aBacktest, aClosure, aDocument, IDLE, poisoned, render, VARIED, WARNED } from './given.js';

const { table } = BACKTEST_FORMATS;

describe('a backtest in the terminal looks like this', () => {
  test.each([60, 80, 160])('with thresholds, in %i columns', async (width) => {
    await expect(render(table, VARIED, { width })).toMatchFileSnapshot(`../../../golden/backtest/varied-${width}.txt`);
  });

  test.each([80, 160])('of a policy that warns, over open bugs only, in %i columns', async (width) => {
    await expect(render(table, WARNED, { width })).toMatchFileSnapshot(`../../../golden/backtest/warned-${width}.txt`);
  });

  test('in colours', async () => {
    await expect(render(table, VARIED, { palette: COLOURED })).toMatchFileSnapshot('../../../golden/backtest/varied-80.ansi');
  });

  test('where there is nothing to close', async () => {
    await expect(render(table, IDLE)).toMatchFileSnapshot('../../../golden/backtest/idle-80.txt');
  });
});

describe('what people came back to', () => {
  const many = Array.from({ length: 14 }, (_, index) => aClosure(`acme/app#${index}`, 14 - index));
  const listed = (all: boolean) =>
    render(table, aDocument({ policy: aBacktest({ closures: many }) }), { all }).match(/ {2}acme\/app#\d+/g);

  test('comes soonest first, and the rest of a long list is counted', () => {
    expect(listed(false)?.map((ref) => ref.trim())).toEqual(
      many
        .slice(-10)
        .map(({ ref }) => ref)
        .reverse(),
    );
    expect(render(table, aDocument({ policy: aBacktest({ closures: many }) }))).toContain(
      '… and 4 more; all of them: -o backtest.html',
    );
  });

  test('is all there in a file', () => {
    expect(listed(true)).toHaveLength(14);
  });
});

describe('guards that would have helped', () => {
  test('are told where more is regretted than somebody is willing to bear', () => {
    expect(render(table, aDocument())).toContain('- comments: 5 would have kept 6 of the 9 that people came back to, and 10 of');
    expect(render(table, aDocument({ bound: 0.1 }))).not.toContain('comments: 5');
  });
});

test('fits any terminal, and nothing in it is live', () => {
  const number = fc.nat({ max: 2_000_000 });
  const rate = fc.option(fc.double({ min: 0, max: 1, noNaN: true }));
  const summary = fc.record({
    open: number,
    closed: number,
    regrets: number,
    rate,
    medianDays: fc.option(number),
    warned: number,
    rescued: number,
  });
  const range = fc.record({
    closed: fc.constant({ least: 1, most: 2_000_000 }),
    regrets: fc.constant({ least: 0, most: 2_000_000 }),
    rate: fc.record({ least: rate, most: rate }),
  });
  fc.assert(
    fc.property(
      fc.constantFrom(...HOSTILE, '错误🐛'.repeat(40)),
      summary,
      range,
      fc.integer({ min: 60, max: 200 }),
      (text, counts, room, width) => {
        const document = poisoned(text, 'https://tracker.example/1');
        const policy = { ...document.policy, range: room, summary: { ...document.policy.summary, ...counts } };
        const variations = [{ threshold: '99999mo', backtest: policy }];
        const shown = render(table, { ...document, policy, variations }, { width, next: [] });
        for (const line of shown.split('\n')) expect(widthOf(line)).toBeLessThanOrEqual(width);
        expect(shown.replaceAll('\n', '')).not.toMatch(CONTROL);
        expect(shown).not.toMatch(/::|##(\[|vso\[|teamcity\[)/i);
      },
    ),
    { seed: 11, numRuns: 150 },
  );
});
