import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { bugSchema } from '../../../src/model/bug.js';
import { daysBetween, latest, toInstant } from '../../../src/model/instant.js';
import { aBug } from '../../../src/testing.js';

describe('the canonical form', () => {
  test.each([
    ['2026-11-22T09:00:00Z', '2026-11-22T09:00:00Z'],
    ['2026-11-22T09:00:00.999Z', '2026-11-22T09:00:00Z'],
    ['2026-11-22T10:00:00.000+0100', '2026-11-22T09:00:00Z'],
    ['2026-11-22T10:00:00+01:00', '2026-11-22T09:00:00Z'],
    ['2021-12-31T23:30:00.123-0930', '2022-01-01T09:00:00Z'],
    ['2026-11-22T14:45:00.5+0545', '2026-11-22T09:00:00Z'],
    ['2026-11-22T09:00Z', '2026-11-22T09:00:00Z'],
    ['2024-02-29T00:00:00Z', '2024-02-29T00:00:00Z'],
    ['2026-11-22T24:00:00Z', '2026-11-23T00:00:00Z'],
    ['2026-11-22', '2026-11-22T00:00:00Z'],
    [1_795_338_000_999, '2026-11-22T09:00:00Z'],
    [-1, '1969-12-31T23:59:59Z'],
    [new Date('2026-11-22T09:00:00.5Z'), '2026-11-22T09:00:00Z'],
  ])('%s is %s', (value, instant) => {
    expect(toInstant(value)).toBe(instant);
  });

  test.each([
    '',
    'now',
    'bug 12',
    '12',
    '2026',
    '2026-11',
    '22/Nov/26 9:00 AM',
    '2026-11-22 09:00:00Z',
    '2026-11-22T09:00:00',
    '2026-11-22T09:00:00Z ',
    '2026-11-31T09:00:00Z',
    '2025-02-29T09:00:00Z',
    '2026-02-30T09:00:00+0100',
    '2026-13-01T09:00:00Z',
    '2026-00-10T09:00:00Z',
    '2026-11-22T25:00:00Z',
    '2026-11-22T09:60:00Z',
    '2026-11-22T09:00:00+9900',
    '-000001-01-01T00:00:00Z',
    '+010000-01-01T00:00:00Z',
    Number.NaN,
    8.64e15,
    8.64e15 + 1,
    Date.UTC(10_000, 0, 1),
    new Date(Number.NaN),
  ])('%s is none', (value) => {
    expect(toInstant(value)).toBeNull();
  });

  test('sorts as time goes by, names the second it is in, and stays as it is', () => {
    const moments = fc.integer({ min: Date.UTC(0, 0), max: Date.UTC(9999, 11, 31) });
    fc.assert(
      fc.property(moments, moments, (a, b) => {
        const [one, other] = [toInstant(a) ?? '', toInstant(b) ?? ''];
        expect(one <= other).toBe(Math.floor(a / 1000) <= Math.floor(b / 1000));
        expect(Date.parse(one)).toBe(Math.floor(a / 1000) * 1000);
        expect(toInstant(one)).toBe(one);
      }),
    );
  });

  test('is the same for every way to write a moment', () => {
    const ways = fc.record({
      at: fc.date({ min: new Date('1900-01-01'), max: new Date('2100-01-01'), noInvalidDate: true }),
      minutes: fc.integer({ min: -14 * 60, max: 14 * 60 }),
      colon: fc.constantFrom('', ':'),
    });
    fc.assert(
      fc.property(ways, ({ at, minutes, colon }) => {
        const local = new Date(at.getTime() + minutes * 60_000).toISOString().slice(0, -1);
        const two = (value: number) => String(Math.floor(value)).padStart(2, '0');
        const offset = `${minutes < 0 ? '-' : '+'}${two(Math.abs(minutes) / 60)}${colon}${two(Math.abs(minutes) % 60)}`;
        expect(toInstant(local + offset)).toBe(toInstant(at));
      }),
    );
  });

  test('is what a bug comes into being with', () => {
    expect(aBug({ createdAt: '2024-01-01T01:00:00.000+0100' }).createdAt).toBe('2024-01-01T00:00:00Z');
    expect(bugSchema.safeParse({ ...aBug(), updatedAt: 'yesterday' }).error?.issues).toMatchObject([{ path: ['updatedAt'] }]);
  });
});

test.each([
  [[], null],
  [[null, undefined], null],
  [[null, '2026-01-01T00:00:00Z', undefined], '2026-01-01T00:00:00Z'],
  [['2026-01-02T00:00:00Z', '2026-01-03T00:00:00Z', '2026-01-01T00:00:00Z'], '2026-01-03T00:00:00Z'],
])('the latest of %j is %j', (instants, last) => {
  expect(latest(...instants)).toBe(last);
});

test.each([
  ['2026-01-01T00:00:00Z', '2026-01-01T23:59:59Z', 0],
  ['2026-01-01T00:00:00Z', '2026-01-02T00:00:00Z', 1],
  ['2024-02-28T12:00:00Z', '2024-03-01T11:59:59Z', 1],
  ['2024-02-28T12:00:00Z', '2024-03-01T12:00:00Z', 2],
  ['2026-01-02T00:00:00Z', '2026-01-01T00:00:00Z', 0],
])('from %s to %s: %i days', (from, to, days) => {
  expect(daysBetween(from, to)).toBe(days);
});
