import { expect, test } from 'vitest';
import { newMinute } from '../../../fakes/github/minute.js';
import type { FakeRequest } from '../../../fakes/github/request.js';

const request = (kind: FakeRequest['kind'], write = false): FakeRequest => ({
  method: write ? 'PATCH' : 'GET',
  path: '/repos/acme/app',
  query: new URLSearchParams(),
  body: undefined,
  headers: {},
  kind,
  write,
});

test('more than 900 points of REST within a minute are refused, in the words of GitHub, until the minute is over', () => {
  let clock = 0;
  const minute = newMinute(() => clock);
  const enter = (count: number, what = request('rest')) => Array.from({ length: count }, () => minute.enter(what, 1));
  expect(enter(450).every((answer) => answer === undefined)).toBe(true);
  clock = 30_000;
  // A write takes five points.
  expect(enter(90, request('rest', true)).every((answer) => answer === undefined)).toBe(true);
  expect(enter(1)).toMatchObject([
    { status: 403, headers: { 'retry-after': '60' }, body: { message: expect.stringContaining('secondary rate limit') } },
  ]);
  // GraphQL has points of its own.
  expect(enter(2000, request('graphql')).every((answer) => answer === undefined)).toBe(true);
  expect(enter(1, request('graphql'))).toMatchObject([{ status: 403 }]);
  clock = 60_000;
  expect(enter(2)).toEqual([undefined, undefined]);
  expect(minute.load).toEqual({ refused: 2, points: { rest: 901, graphql: 2001 }, atOnce: 1 });
});

test('so are more than a hundred at once', () => {
  const minute = newMinute(() => 0);
  expect(minute.enter(request('rest'), 100)).toBeUndefined();
  expect(minute.enter(request('rest'), 101)).toMatchObject({ status: 403 });
});

test('without a clock nothing is refused', () => {
  const minute = newMinute(undefined);
  for (let count = 0; count < 910; count++) expect(minute.enter(request('rest'), 1)).toBeUndefined();
  expect(minute.load).toMatchObject({ refused: 0, points: { rest: 910 } });
});
