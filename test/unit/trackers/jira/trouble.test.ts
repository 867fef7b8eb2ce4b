import { afterEach, describe, expect, test, vi } from 'vitest';
import { pauseBefore } from '../../../../src/trackers/jira/transport/retry.js';
import { failure, OK, POST, PUT, READ, reach } from './reach.js';
import { type Reply, serve } from './server.js';

describe('a rate limit', () => {
  const limited = (headers: Record<string, string> = {}): Reply => ({
    status: 429,
    headers,
    body: { errorMessages: ['Slow down'] },
  });

  test.each<[string, Record<string, string>, number, string]>([
    [
      'in seconds',
      { 'retry-after': '7', 'ratelimit-reason': 'jira-burst-based' },
      7,
      'Jira asked for a pause (jira-burst-based)',
    ],
    ['zero', { 'retry-after': '0' }, 1, 'Jira asked for a pause'],
    [
      'as a date',
      { date: 'Sun, 22 Nov 2026 09:00:00 GMT', 'retry-after': 'Sun, 22 Nov 2026 09:00:30 GMT' },
      30,
      'Jira asked for a pause',
    ],
    [
      'until a reset',
      { date: 'Sun, 22 Nov 2026 09:00:00 GMT', 'x-ratelimit-reset': '2026-11-22T09:00:45Z' },
      45,
      'Jira asked for a pause',
    ],
    ['without a word', {}, 5, 'Jira asked for a pause'],
  ])('%s is waited for, by reads and writes', async (_, headers, seconds, reason) => {
    await using server = await serve(limited(headers), OK, limited(headers), { status: 201, body: { id: '1' } });
    const { api, call, events, waits } = reach(server);
    await api.read(READ, call);
    await api.write(POST, call);
    expect(waits).toEqual([seconds * 1000, seconds * 1000]);
    expect(events).toEqual(Array.from({ length: 2 }, () => ({ type: 'wait', seconds, reason })));
  });

  test('of more than a minute is waited for by reads only: what a write rests on would be too old', async () => {
    const long = limited({ 'retry-after': '61' });
    await using server = await serve(long, OK, long);
    const { api, call, waits } = reach(server);
    await api.read(READ, call);
    expect(await failure(api.write(POST, call))).toMatchObject({ kind: 'rate-limit', retryAfter: 61, ambiguousWrite: false });
    expect(waits).toEqual([61_000]);
  });

  test('that is too long is told', async () => {
    await using server = await serve(limited({ 'retry-after': '3600' }));
    const { api, call, waits } = reach(server);
    expect(await failure(api.read(READ, call))).toMatchObject({ kind: 'rate-limit', retryAfter: 3600 });
    expect(waits).toEqual([]);
  });

  test('that does not end is told', async () => {
    await using server = await serve(limited());
    const { api, call, waits } = reach(server);
    expect(await failure(api.write(POST, call))).toMatchObject({ kind: 'rate-limit', ambiguousWrite: false });
    expect(waits).toEqual([5000, 10_000, 20_000]);
  });
});

describe('trouble', () => {
  const down: Reply = { status: 503, headers: { 'content-type': 'text/html' }, body: '<html>down</html>' };

  test.each<[string, Reply]>([
    ['a 503', down],
    ['a 500', { status: 500 }],
    ['a dropped connection', null],
  ])('%s is overcome by reads and by writes that may be repeated', async (_, reply) => {
    await using server = await serve(reply, reply, OK, reply, OK);
    const { api, call, waits } = reach(server);
    await api.read(READ, call);
    await api.write(PUT, call);
    expect(waits).toEqual([1000, 2000, 1000]);
    expect(server.received).toHaveLength(5);
  });

  test('does not make writes come faster than their pace', async () => {
    await using server = await serve(OK, null, null, OK);
    const { api, call, waits } = reach(server, undefined, undefined, 2_500);
    await api.write(PUT, call);
    await api.write(PUT, call);
    // The pace; after each loss a pause that grows, and what the pace wants beyond it.
    expect(waits).toEqual([2500, 1000, 1500, 2000, 500]);
    expect(server.received).toHaveLength(4);
  });

  test.each<[string, Reply]>([
    ['a 503', { ...down, headers: { 'retry-after': '1' } }],
    ['a dropped connection', null],
  ])('%s leaves other writes in doubt, and they are not repeated', async (_, reply) => {
    await using server = await serve(reply);
    const { api, call, waits } = reach(server);
    const error = await failure(api.write(POST, call));
    expect(error).toMatchObject({ kind: 'network', ambiguousWrite: true });
    expect(error.message).toContain('may have been carried out');
    expect(server.received).toHaveLength(1);
    expect(waits).toEqual([]);
  });

  test('that does not end is told', async () => {
    await using server = await serve(down);
    const { api, call } = reach(server);
    const error = await failure(api.read(READ, call));
    expect(error).toMatchObject({ kind: 'network', code: 'tracker', ambiguousWrite: false });
    expect(error.message).toMatch(/^127\.0\.0\.1:\d+ answered GET \/issue\/10001 with 503: a web page, not JSON\.$/);
    expect(server.received).toHaveLength(4);
  });

  test('of a server that is not there leaves no doubt', async () => {
    const gone = await serve(OK);
    await gone[Symbol.asyncDispose]();
    const { api, call, waits } = reach(gone);
    const error = await failure(api.write(POST, call));
    expect(error).toMatchObject({ kind: 'network', ambiguousWrite: false });
    expect(error.message).toContain('could not be reached for POST /issue/10001/comment: ECONNREFUSED.');
    expect(waits).toEqual([1000, 2000, 4000]);
  });

  test.each(['ENOTFOUND', 'CERT_HAS_EXPIRED', 'SELF_SIGNED_CERT_IN_CHAIN'])('that stays is not waited for: %s', (code) => {
    const lost = new TypeError('fetch failed', { cause: Object.assign(new Error(code), { code }) });
    const pause = (cause: unknown) => pauseBefore({ status: 0, headers: {}, body: undefined, lost: cause }, true, 1);
    expect(pause(lost)).toBeNull();
    expect(pause(new TypeError('fetch failed', { cause: new AggregateError([lost.cause]) }))).toBeNull();
    expect(pause(new TypeError('fetch failed'))).not.toBeNull();
  });
});

describe('an answer that does not come', () => {
  afterEach(() => {
    vi.restoreAllMocks();
  });

  test.each([
    ['at all', () => undefined],
    ['to its end', (response: { write(text: string): void }) => response.write('{"a":')],
  ])('%s is given up', async (_, reply) => {
    const timeout = AbortSignal.timeout;
    vi.spyOn(AbortSignal, 'timeout').mockImplementation((milliseconds) => timeout(milliseconds / 600));
    await using server = await serve(reply);
    const { api, call } = reach(server);
    const error = await failure(api.write(POST, call));
    expect(error).toMatchObject({ kind: 'network', ambiguousWrite: true });
    expect(error.message).toContain('no answer within 30 s');
  });

  test('is not waited for when we are stopped', async () => {
    await using server = await serve(() => undefined);
    const { api, call, abort, events } = reach(server);
    const work = failure(api.read(READ, call));
    const reason = new Error('stopped');
    abort.abort(reason);
    expect(await work).toBe(reason);
    expect(events).toEqual([]);
  });

  test('leaves a write in doubt when we are stopped, and none is begun afterwards', async () => {
    const { promise: arrived, resolve } = withResolvers();
    await using server = await serve(() => resolve());
    const { api, call, abort } = reach(server);
    const work = failure(api.write(POST, call));
    await arrived;
    abort.abort();
    expect(await work).toMatchObject({ kind: 'network', ambiguousWrite: true });
    await expect(api.write(POST, call)).rejects.toThrow('aborted');
    expect(server.received).toHaveLength(1);
  });
});

function withResolvers(): { promise: Promise<void>; resolve: () => void } {
  let resolve = (): void => undefined;
  const promise = new Promise<void>((done) => {
    resolve = done;
  });
  return { promise, resolve };
}
