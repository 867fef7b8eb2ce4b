import { describe, expect, test } from 'vitest';
import { firstIndex, firstRunFrom, runAt, schedule } from '../../../src/backtest/schedule.js';
import { BugpruneError } from '../../../src/errors.js';

const WEEK = { count: 1, unit: 'w' } as const;

describe('the runs of a backtest', () => {
  test('begin with the first instant, and end with the last where a run falls on it', () => {
    const { runs } = schedule('2026-01-01T09:00:00Z', '2026-01-15T09:00:00Z', WEEK);
    expect(runs).toEqual(['2026-01-01T09:00:00Z', '2026-01-08T09:00:00Z', '2026-01-15T09:00:00Z']);
    expect(schedule('2026-01-01T09:00:00Z', '2026-01-15T08:59:59Z', WEEK).runs).toHaveLength(2);
    expect(schedule('2026-01-01T09:00:00Z', '2026-01-01T09:00:00Z', WEEK).runs).toEqual(['2026-01-01T09:00:00Z']);
  });

  test('keep the day of the month, also after a shorter one', () => {
    const { runs } = schedule('2026-01-31T00:00:00Z', '2026-04-30T00:00:00Z', { count: 1, unit: 'mo' });
    expect(runs.map((at) => at.slice(5, 10))).toEqual(['01-31', '02-28', '03-31', '04-30']);
  });

  test('end with the calendar', () => {
    expect(schedule('9999-12-01T00:00:00Z', '9999-12-31T23:59:59Z', WEEK).runs.at(-1)).toBe('9999-12-31T23:59:59Z');
  });

  test('do not run backwards, and not without end', () => {
    const impossible = [
      () => schedule('2026-01-02T00:00:00Z', '2026-01-01T00:00:00Z', WEEK),
      () => schedule('1970-01-01T00:00:00Z', '2026-01-01T00:00:00Z', { count: 1, unit: 'h' }),
    ];
    for (const span of impossible) expect(span).toThrow(BugpruneError);
    expect(impossible[0]).toThrow('expected a beginning before 2026-01-01T00:00:00Z, found 2026-01-02T00:00:00Z');
    expect(impossible[1]).toThrow('more than 100000 runs, one every 1h');
  });

  test('are found by an instant: the first at or after it', () => {
    const plan = schedule('2026-01-01T00:00:00Z', '2026-01-20T00:00:00Z', WEEK);
    const instants = ['2025-01-01', '2026-01-01', '2026-01-02', '2026-01-08', '2026-01-16', '2027-01-01'];
    expect(instants.map((day) => firstRunFrom(plan, `${day}T00:00:00Z`))).toEqual([0, 0, 1, 1, 3, 3]);
    expect(runAt(plan, 1)).toBe('2026-01-08T00:00:00Z');
    expect(() => runAt(plan, 3)).toThrow(RangeError);
  });
});

test('halving finds the first of what goes on to hold', () => {
  for (let first = 0; first <= 9; first++) expect(firstIndex(0, 9, (index) => index >= first)).toBe(first);
  expect(firstIndex(4, 4, () => true)).toBe(4);
});
