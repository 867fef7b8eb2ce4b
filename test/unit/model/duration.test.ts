import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  add,
  type Duration,
  durationInWords,
  formatDuration,
  hasPassed,
  multiply,
  parseDuration,
} from '../../../src/model/duration.js';
import { toInstant } from '../../../src/model/instant.js';

const duration = (text: string): Duration => {
  const parsed = parseDuration(text);
  if (!parsed) throw new Error(`${text} is no duration`);
  return parsed;
};

const durations = fc.record({
  count: fc.integer({ min: 1, max: 99_999 }),
  unit: fc.constantFrom('h' as const, 'd' as const, 'w' as const, 'mo' as const, 'y' as const),
});
const seconds = (min: string, max: string) =>
  fc.integer({ min: Date.parse(min) / 1000, max: Date.parse(max) / 1000 }).map((at) => toInstant(at * 1000) ?? '');
const instants = seconds('1990-01-01T00:00:00Z', '2090-01-01T00:00:00Z');

describe('as written', () => {
  test('what is written is read again', () => {
    fc.assert(
      fc.property(durations, (one) => {
        expect(parseDuration(formatDuration(one))).toEqual(one);
      }),
    );
  });

  test.each([
    '',
    '6',
    'w',
    '0d',
    '06w',
    '-1d',
    '1.5d',
    '6 w',
    ' 6w',
    '6w ',
    '6W',
    '6M',
    '1m',
    '1min',
    '1w2d',
    '100000d',
    '6w\n',
    '٦w',
    '∞y',
  ])('%j is none', (text) => {
    expect(parseDuration(text)).toBeNull();
  });

  test.each([
    ['1h', '1 hour'],
    ['36h', '36 hours'],
    ['1d', '1 day'],
    ['6w', '6 weeks'],
    ['1mo', '1 month'],
    ['2y', '2 years'],
  ])('%s is %s', (text, words) => {
    expect(durationInWords(duration(text))).toBe(words);
  });
});

describe('on the calendar', () => {
  test.each([
    ['2026-10-11T09:00:00Z', '6w', '2026-11-22T09:00:00Z'],
    ['2024-02-28T23:00:00Z', '1h', '2024-02-29T00:00:00Z'],
    ['2023-02-28T23:00:00Z', '36h', '2023-03-02T11:00:00Z'],
    ['2024-01-31T10:20:30Z', '1mo', '2024-02-29T10:20:30Z'],
    ['2023-01-31T10:20:30Z', '1mo', '2023-02-28T10:20:30Z'],
    ['2100-01-31T00:00:00Z', '1mo', '2100-02-28T00:00:00Z'],
    ['2000-01-31T00:00:00Z', '1mo', '2000-02-29T00:00:00Z'],
    ['2026-08-31T00:00:00Z', '3mo', '2026-11-30T00:00:00Z'],
    ['2026-11-30T00:00:00Z', '3mo', '2027-02-28T00:00:00Z'],
    ['2026-12-31T23:59:59Z', '2mo', '2027-02-28T23:59:59Z'],
    ['2024-02-29T12:00:00Z', '1y', '2025-02-28T12:00:00Z'],
    ['2024-02-29T12:00:00Z', '4y', '2028-02-29T12:00:00Z'],
    ['2026-05-15T12:00:00Z', '12mo', '2027-05-15T12:00:00Z'],
    // Where the calendar of instants ends, nothing ever passes.
    ['2026-05-15T12:00:00Z', '99999y', '9999-12-31T23:59:59Z'],
    ['2026-05-15T12:00:00Z', '99999mo', '9999-12-31T23:59:59Z'],
  ])('%s and %s', (at, text, end) => {
    expect(add(at, duration(text))).toBe(end);
  });

  test('a year is twelve months, and a week seven days of 24 hours', () => {
    fc.assert(
      fc.property(instants, fc.integer({ min: 1, max: 400 }), (at, count) => {
        expect(add(at, { count, unit: 'y' })).toBe(add(at, { count: 12 * count, unit: 'mo' }));
        expect(add(at, { count, unit: 'w' })).toBe(add(at, { count: 168 * count, unit: 'h' }));
      }),
    );
  });

  test('months keep the time, and the day unless the month is too short', () => {
    fc.assert(
      fc.property(instants, fc.integer({ min: 1, max: 400 }), (at, count) => {
        const end = add(at, { count, unit: 'mo' });
        const months = (instant: string) => Number(instant.slice(0, 4)) * 12 + Number(instant.slice(5, 7));
        expect(months(end) - months(at)).toBe(count);
        expect(end.slice(10)).toBe(at.slice(10));
        const tomorrow = new Date(Date.parse(end) + 86_400_000);
        if (end.slice(8, 10) !== at.slice(8, 10)) expect(tomorrow.getUTCDate()).toBe(1);
      }),
    );
  });

  test('a doubled protection is never shorter, however often it is doubled', () => {
    fc.assert(
      fc.property(instants, durations, fc.nat(2000), (at, one, times) => {
        const once = add(at, multiply(one, 2 ** times));
        expect(toInstant(once)).toBe(once);
        expect(add(at, multiply(one, 2 ** (times + 1))) >= once).toBe(true);
      }),
    );
  });
});

describe('passed', () => {
  test('from the very instant, and not a second before', () => {
    fc.assert(
      fc.property(instants, durations, (since, one) => {
        const end = add(since, one);
        fc.pre(end < '9999');
        expect(hasPassed(one, since, end)).toBe(true);
        expect(hasPassed(one, since, toInstant(Date.parse(end) - 1000) ?? '')).toBe(false);
      }),
    );
  });

  test.each([
    ['2026-11-22T08:59:59Z', false],
    ['2026-11-22T09:00:00Z', true],
  ])('six weeks at %s: %s', (now, passed) => {
    expect(hasPassed(duration('6w'), '2026-10-11T09:00:00Z', now)).toBe(passed);
  });
});

describe.each(['America/New_York', 'Asia/Kolkata', 'Pacific/Apia'])('on a machine in %s', (zone) => {
  const before = process.env.TZ;
  beforeAll(() => {
    process.env.TZ = zone;
    expect(new Date('2026-07-01T00:00:00Z').getTimezoneOffset(), 'the zone is in effect').not.toBe(0);
  });
  afterAll(() => {
    if (before === undefined) delete process.env.TZ;
    else process.env.TZ = before;
  });

  test.each([
    // Clocks are put forward in New York on 8 March 2026, and Apia skipped 30 December 2011.
    ['2026-03-08T06:30:00Z', '1h', '2026-03-08T07:30:00Z'],
    ['2026-03-07T07:30:00Z', '1d', '2026-03-08T07:30:00Z'],
    ['2011-12-29T12:00:00Z', '1d', '2011-12-30T12:00:00Z'],
    ['2026-01-31T23:30:00Z', '1mo', '2026-02-28T23:30:00Z'],
    ['2026-03-31T00:30:00Z', '1mo', '2026-04-30T00:30:00Z'],
    ['2024-02-29T00:30:00Z', '1y', '2025-02-28T00:30:00Z'],
  ])('%s and %s', (at, text, end) => {
    expect(add(at, duration(text))).toBe(end);
  });

  test.each([
    ['2026-11-22', '2026-11-22T00:00:00Z'],
    ['2026-11-22T10:00:00.000+0100', '2026-11-22T09:00:00Z'],
    ['2026-11-22T10:00:00', null],
  ])('%s is %s', (text, instant) => {
    expect(toInstant(text)).toBe(instant);
  });
});
