import { inspect } from 'node:util';
import { describe, expect, test, vi } from 'vitest';
import { TrackerError } from '../../../../src/errors.js';
import { createClient, type Octokit } from '../../../../src/trackers/github/transport/client.js';
import type { TrackerEnv } from '../../../../src/trackers/tracker.js';
import { type Answer, scripted } from './server.js';
import { rejection, TOKEN, testCall, testEnv } from './world.js';

const issue = { owner: 'acme', repo: 'app', issue_number: 1 };

const requests = {
  list: (octokit: Octokit) => octokit.rest.issues.listForRepo({ owner: 'acme', repo: 'app' }),
  query: (octokit: Octokit) => octokit.graphql('query { viewer { login } }'),
  comment: (octokit: Octokit) => octokit.rest.issues.createComment({ ...issue, body: 'Closed.' }),
  close: (octokit: Octokit) => octokit.rest.issues.update({ ...issue, state: 'closed' }),
  label: (octokit: Octokit) => octokit.rest.issues.addLabels({ ...issue, labels: ['ntbf'] }),
  unlabel: (octokit: Octokit) => octokit.rest.issues.removeLabel({ ...issue, name: 'ntbf' }),
};

function client(url: string, env: TrackerEnv = testEnv(), pace = 0) {
  return createClient(url, { token: TOKEN, source: 'GITHUB_TOKEN' }, pace, env);
}

/** What becomes of one kind of request at a server that gives these answers. */
async function send(kind: keyof typeof requests, ...answers: Answer[]) {
  await using server = await scripted(...answers);
  const env = testEnv();
  const call = testCall();
  let error: unknown;
  const answer = await requests[kind](client(server.url, env).for(call)).catch((reason: unknown) => {
    error = reason;
  });
  return { answer, error, seen: server.seen, slept: env.slept, events: call.events };
}

const serverError: Answer = { status: 502, body: '<html>Unicorn!</html>' };
const page: Answer = { body: '<html>Please log in</html>' };

test('every request says who asks, in which version, and with which token', async () => {
  const { seen } = await send('list', { body: [] });
  expect(seen).toMatchObject([
    {
      line: 'GET /repos/acme/app/issues',
      headers: {
        authorization: `token ${TOKEN}`,
        'x-github-api-version': '2022-11-28',
        'user-agent': expect.stringMatching(/^bugprune\/1\.2\.3 /),
      },
    },
  ]);
});

test('a slash at the end of the URL is cut, and GraphQL of an Enterprise Server is found', async () => {
  await using server = await scripted({ body: { data: {} } });
  const { api, ...to } = client(`${server.url}/api/v3/`);
  await requests.list(to.for(testCall()));
  await requests.query(to.for(testCall()));
  expect(api).toBe(`${server.url}/api/v3`);
  expect(server.seen.map(({ line }) => line)).toEqual(['GET /api/v3/repos/acme/app/issues', 'POST /api/graphql']);
});

describe('what passes is tried again', () => {
  test.each([
    ['reading', 'list', serverError],
    ['reading', 'list', { status: 500, body: { message: 'oops' } }],
    ['reading', 'list', 'drop'],
    ['reading', 'list', 'cut'],
    ['a query', 'query', serverError],
    ['a query', 'query', { body: { data: null, errors: [{ message: 'Something went wrong while executing your query.' }] } }],
    ['closing', 'close', serverError],
    ['closing', 'close', 'drop'],
    ['a label', 'label', 'drop'],
    ['taking a label away', 'unlabel', serverError],
  ] as const)('%s (%s) after %j', async (_, kind, trouble) => {
    const { error, seen, slept, events } = await send(kind, trouble, trouble, { body: kind === 'query' ? { data: {} } : [] });
    expect(error).toBeUndefined();
    expect(seen).toHaveLength(3);
    expect(slept).toEqual([1000, 2000]);
    expect(events).toMatchObject([
      { type: 'wait', seconds: 1 },
      { type: 'wait', seconds: 2 },
    ]);
  });

  test('a few times', async () => {
    const { error, seen, slept } = await send('list', serverError);
    expect(error).toMatchObject({ name: 'TrackerError', kind: 'network', ambiguousWrite: false });
    expect(seen).toHaveLength(4);
    expect(slept).toEqual([1000, 2000, 4000]);
  });

  test('when the server wants it', async () => {
    const { slept } = await send('list', { status: 503, headers: { 'retry-after': '9' }, body: {} }, { body: [] });
    expect(slept).toEqual([9000]);
  });
});

describe('a comment is never sent twice: it may have arrived', () => {
  test.each([
    ['a server error', serverError],
    ['no answer', 'drop'],
    ['a web page', page],
    ['half an answer', 'cut'],
  ] as const)('%s', async (_, trouble) => {
    const { error, seen, slept } = await send('comment', trouble);
    expect(error).toBeInstanceOf(TrackerError);
    expect(error).toMatchObject({ ambiguousWrite: true });
    expect(seen).toHaveLength(1);
    expect(slept).toEqual([]);
  });

  test.each([
    ['forbidden', 403, 'permission'],
    ['not found', 404, 'not-found'],
    ['gone', 410, 'gone'],
    ['invalid', 422, 'validation'],
    ['moved', 307, 'gone'],
  ])('what is refused has not arrived: %s', async (_, status, kind) => {
    const { error, seen } = await send('comment', { status, body: { message: 'no' } });
    expect(error).toMatchObject({ kind, ambiguousWrite: false });
    expect(seen).toHaveLength(1);
  });
});

describe('pauses', () => {
  const secondary: Answer = { status: 403, body: { message: 'You have exceeded a secondary rate limit.' } };
  const ok: Record<string, Answer> = { list: { body: [] }, comment: { status: 201, body: {} }, query: { body: { data: {} } } };

  test.each(['list', 'comment'] as const)('retry-after is kept to before the next %s', async (kind) => {
    const { error, seen, slept, events } = await send(kind, { status: 429, headers: { 'retry-after': '30' } }, ok[kind] ?? {});
    expect(error).toBeUndefined();
    expect(seen).toHaveLength(2);
    expect(slept).toEqual([30_000]);
    expect(events).toEqual([{ type: 'wait', seconds: 30, reason: expect.any(String) }]);
  });

  test('the reset of a used-up limit is waited for, by the clock of the server', async () => {
    const headers = {
      'x-ratelimit-remaining': '0',
      'x-ratelimit-reset': String(Date.parse('2030-01-01T00:02:00Z') / 1000),
      date: 'Tue, 01 Jan 2030 00:00:00 GMT',
    };
    const { slept, seen } = await send(
      'list',
      { status: 403, headers, body: { message: 'API rate limit exceeded' } },
      { body: [] },
    );
    expect(slept).toEqual([121_000]);
    expect(seen).toHaveLength(2);
  });

  test('without a word about how long: a minute, then twice as long', async () => {
    const { slept } = await send('list', secondary, secondary, { body: [] });
    expect(slept).toEqual([60_000, 120_000]);
  });

  test('of GraphQL, which comes with status 200', async () => {
    const limited = { body: { data: null, errors: [{ type: 'RATE_LIMIT', message: 'API rate limit exceeded' }] } };
    const { error, slept } = await send('query', limited, { body: { data: {} } });
    expect(error).toBeUndefined();
    expect(slept).toEqual([60_000]);
  });

  test('come to an end', async () => {
    const { error, seen } = await send('list', secondary);
    expect(error).toMatchObject({ kind: 'rate-limit', retryAfter: 960, ambiguousWrite: false });
    expect(seen).toHaveLength(5);
  });

  test('of a day are not waited for', async () => {
    const { error, slept } = await send('list', { status: 429, headers: { 'retry-after': '86400' } });
    expect(error).toMatchObject({ kind: 'rate-limit', retryAfter: 86_400 });
    expect(slept).toEqual([]);
  });

  const asked = (seconds: number): Answer => ({ status: 429, headers: { 'retry-after': String(seconds) } });
  const usedUp: Answer = {
    status: 403,
    headers: {
      'x-ratelimit-remaining': '0',
      'x-ratelimit-reset': String(Date.parse('2030-01-01T00:10:00Z') / 1000),
      date: 'Tue, 01 Jan 2030 00:00:00 GMT',
    },
    body: { message: 'API rate limit exceeded' },
  };
  test.each([
    ['that was asked for', [asked(61)], 61, []],
    ['after a used-up limit', [usedUp], 601, []],
    ['after a second refusal', [secondary], 120, [60_000]],
    ['in several parts', [asked(40), asked(30)], 30, [40_000]],
  ] as const)('of more than a minute are not waited for before a write: %s', async (_, answers, retryAfter, waits) => {
    for (const kind of ['comment', 'close', 'label', 'unlabel'] as const) {
      const { error, seen, slept } = await send(kind, ...answers);
      expect(error).toMatchObject({ name: 'TrackerError', kind: 'rate-limit', retryAfter, ambiguousWrite: false });
      expect(seen).toHaveLength(waits.length + 1);
      expect(slept).toEqual(waits);
    }
  });

  test('nor when a server in trouble wants them: then the write may have been carried out', async () => {
    const { error, seen, slept } = await send('close', { status: 503, headers: { 'retry-after': '300' }, body: {} });
    expect(error).toMatchObject({ kind: 'network', ambiguousWrite: true });
    expect([seen.length, slept]).toEqual([1, []]);
  });

  test('nor bit by bit, by a server that stays in trouble: what was read would be too old in the end', async () => {
    const busy: Answer = { status: 503, headers: { 'retry-after': '25' }, body: {} };
    const writing = await send('close', busy);
    expect(writing.error).toMatchObject({ kind: 'network', ambiguousWrite: true });
    expect(writing.slept).toEqual([25_000, 25_000]);
    expect((await send('list', busy)).slept).toEqual([25_000, 25_000, 25_000]);
  });

  test('nor after an attempt of which nobody knows what became of it', async () => {
    const { error, seen } = await send('close', 'drop', asked(61));
    expect(error).toMatchObject({ kind: 'rate-limit', retryAfter: 61, ambiguousWrite: true });
    expect(seen).toHaveLength(2);
  });

  test('between writes, and none between readings', async () => {
    await using server = await scripted({ status: 200, body: [] });
    const env = testEnv();
    const octokit = client(server.url, env, 1500).for(testCall());
    await Promise.all([requests.close(octokit), requests.list(octokit), requests.close(octokit), requests.label(octokit)]);
    expect(env.slept).toEqual([1500, 1500]);
  });
});

describe('redirects are not followed', () => {
  test.each(['comment', 'close', 'label', 'unlabel'] as const)('%s', async (kind) => {
    for (const status of [301, 307]) {
      const { error, seen } = await send(kind, { status, headers: { location: '/repositories/7/issues/1' } }, { status: 201 });
      expect(error).toMatchObject({ kind: 'gone', ambiguousWrite: false });
      expect(seen).toHaveLength(1);
    }
  });

  test('a reading tells the new place, where that is on the same host', async () => {
    const { error, seen } = await send(
      'list',
      { status: 301, headers: { location: '/repositories/7' }, body: { message: 'Moved Permanently' } },
      { body: { full_name: 'acme/new' } },
    );
    expect(error).toMatchObject({ kind: 'gone', message: expect.stringContaining('moved to acme/new (301: Moved Permanently)') });
    expect(seen.map(({ line }) => line)).toEqual(['GET /repos/acme/app/issues', 'GET /repositories/7']);
  });

  test('the token goes to no other host', async () => {
    await using other = await scripted({ body: { full_name: 'evil/app' } });
    const { error } = await send('list', { status: 302, headers: { location: `${other.url}/repos/evil/app` } });
    expect(error).toMatchObject({ kind: 'gone', message: expect.stringContaining('another place') });
    expect(other.seen).toEqual([]);
  });
});

test('a web page is not taken for an answer', async () => {
  const { error, seen } = await send('list', page);
  expect(error).toMatchObject({
    kind: 'unexpected',
    message: expect.stringContaining('web page'),
    hint: expect.stringContaining('proxy'),
  });
  expect(seen).toHaveLength(1);
});

test('an unreachable server is named, with the reason at the bottom', async () => {
  const { url } = await scripted().then(async (server) => {
    await server[Symbol.asyncDispose]();
    return server;
  });
  const error = await rejection(requests.list(client(url).for(testCall())));
  expect(error).toMatchObject({ kind: 'network', message: expect.stringContaining('ECONNREFUSED') });
});

test.each([
  ['list', 4, false],
  ['comment', 1, true],
] as const)('an answer is not waited for without end (%s)', async (kind, times, ambiguousWrite) => {
  const original = AbortSignal.timeout.bind(AbortSignal);
  const limits: number[] = [];
  const timeout = vi.spyOn(AbortSignal, 'timeout').mockImplementation((limit) => {
    limits.push(limit);
    return original(50);
  });
  const { error, seen } = await send(kind, 'silence').finally(() => timeout.mockRestore());
  expect(limits).toEqual(Array.from({ length: times }, () => 30_000));
  expect(error).toMatchObject({ kind: 'network', ambiguousWrite, message: expect.stringContaining('timeout') });
  expect(seen).toHaveLength(times);
});

describe('an interruption', () => {
  const reason = new Error('Ctrl-C');

  test('ends a reading with its own reason', async () => {
    await using server = await scripted('silence');
    const abort = new AbortController();
    const call = testCall(abort.signal);
    const reading = rejection(requests.list(client(server.url).for(call)));
    await expect.poll(() => server.seen.length).toBe(1);
    abort.abort(reason);
    expect(await reading).toBe(reason);
    expect(call.events).toEqual([]);
  });

  test('ends a wait, and nothing more is sent', async () => {
    await using server = await scripted({ status: 429, headers: { 'retry-after': '30' } });
    const abort = new AbortController();
    const call = { signal: abort.signal, on: () => abort.abort(reason) };
    expect(await rejection(requests.comment(client(server.url).for(call)))).toBe(reason);
    expect(server.seen).toHaveLength(1);
  });

  test('sends nothing when it was there before', async () => {
    await using server = await scripted();
    expect(await rejection(requests.comment(client(server.url).for(testCall(AbortSignal.abort(reason)))))).toBe(reason);
    expect(server.seen).toEqual([]);
  });

  test('leaves a write under way in doubt', async () => {
    await using server = await scripted('silence');
    const abort = new AbortController();
    const writing = rejection(requests.comment(client(server.url).for(testCall(abort.signal))));
    await expect.poll(() => server.seen.length).toBe(1);
    abort.abort(reason);
    expect(await writing).toMatchObject({ name: 'TrackerError', ambiguousWrite: true });
  });
});

describe('no error shows the token', () => {
  const troubles: Answer[] = [
    serverError,
    page,
    'drop',
    'cut',
    { status: 301, headers: { location: '/x' } },
    ...[401, 403, 404, 410, 418, 422].map((status) => ({ status, body: { message: 'no' } })),
    { status: 429, headers: { 'retry-after': '99999' } },
    { body: { data: null, errors: [{ type: 'FORBIDDEN', message: 'no' }] } },
  ];
  test.each(troubles)('%j', async (trouble) => {
    for (const kind of ['list', 'comment', 'query'] as const) {
      const { error } = await send(kind, trouble);
      expect(inspect(error, { depth: 20, showHidden: true })).not.toContain(TOKEN);
    }
  });
});
