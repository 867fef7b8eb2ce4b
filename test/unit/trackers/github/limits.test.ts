import { describe, expect, test } from 'vitest';
import { rateLimit } from '../../../../src/trackers/github/transport/limits.js';

const now = '2026-11-22T09:00:00Z';
const epoch = (text: string) => String(Date.parse(text) / 1000);
const answer = (status: number, headers: Record<string, string> = {}, data: unknown = {}) => ({ status, headers, data });
const used = { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': epoch('2026-11-22T09:10:00Z') };
const graphql = (type: string | undefined, message: string) => ({ data: null, errors: [{ type, message }] });

describe('a pause is demanded', () => {
  test.each([
    ['by retry-after', answer(403, { 'retry-after': '30' }), 0, 30],
    ['by retry-after, before anything else', answer(429, { 'retry-after': '7', ...used }), 3, 7],
    ['by a used-up limit, by our clock', answer(403, used), 0, 601],
    ['by a used-up limit, by the clock of the server', answer(429, { ...used, date: 'Sun, 22 Nov 2026 09:09:00 GMT' }), 0, 61],
    ['by a limit that is back by now', answer(403, { ...used, date: 'Sun, 22 Nov 2026 09:20:00 GMT' }), 0, 1],
    ['by words', answer(403, {}, { message: 'You have exceeded a secondary rate limit.' }), 0, 60],
    ['by words, again', answer(403, {}, { message: 'You have exceeded a secondary rate limit.' }), 2, 240],
    ['by the status alone', answer(429), 1, 120],
    ['by GraphQL', answer(200, used, graphql('RATE_LIMITED', 'API rate limit exceeded')), 0, 601],
    ['by GraphQL, in its other word', answer(200, {}, graphql('RATE_LIMIT', 'no')), 0, 60],
    ['by GraphQL, in words', answer(200, {}, graphql(undefined, 'You have exceeded a secondary rate limit')), 0, 60],
  ])('%s', (_, came, earlier, seconds) => {
    expect(rateLimit(came, earlier, now)?.seconds).toBe(seconds);
  });
});

describe('none is', () => {
  test.each([
    ['by success with nothing remaining', answer(200, used, [])],
    [
      'by another refusal',
      answer(403, { 'x-ratelimit-remaining': '4999' }, { message: 'Resource not accessible by integration' }),
    ],
    ['by a server without limits', answer(403, {}, { message: 'Must have admin rights' })],
    ['by a missing thing', answer(404, used)],
    ['by another error of GraphQL', answer(200, {}, graphql('NOT_FOUND', 'Could not resolve'))],
  ])('%s', (_, came) => {
    expect(rateLimit(came, 0, now)).toBeNull();
  });
});
