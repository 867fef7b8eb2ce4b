import { describe, expect, test } from 'vitest';
import type { Diagnosis, NamesInUse } from '../../../../src/trackers/tracker.js';
import type { FakeRequest, Fault } from '../../../fakes/jira/index.js';
import { faultAt, look, of, wrong } from './diagnosis.js';
import { FLAVOURS, site } from './harness.js';

describe.each(FLAVOURS)('the rate limit on %s', (flavour) => {
  const body = [{ id: '6', name: 'Closed', statusCategory: { id: 3, key: 'done' } }];
  test.each<[string, Record<string, string>, Diagnosis['severity']]>([
    ['is told', { 'x-ratelimit-limit': '100', 'x-ratelimit-remaining': '99' }, 'ok'],
    ['that is far from used up', { 'x-ratelimit-limit': '100', 'x-ratelimit-remaining': '20' }, 'ok'],
    ['that is running low', { 'x-ratelimit-limit': '100', 'x-ratelimit-remaining': '19' }, 'note'],
    ['that is nearly used up', { 'x-ratelimit-limit': '100', 'x-ratelimit-remaining': '3' }, 'note'],
    [
      'that Jira calls nearly used up',
      { 'x-ratelimit-limit': '100', 'x-ratelimit-remaining': '30', 'x-ratelimit-nearlimit': 'true' },
      'note',
    ],
  ])('%s', async (_, headers, severity) => {
    const { findings } = await look(flavour, { fault: faultAt('/status', { status: 200, headers, body }) });
    const remaining = headers['x-ratelimit-remaining'];
    expect(of(findings, severity)).toContainEqual(
      expect.stringContaining(`${remaining} of 100 requests of the rate limit are left.`),
    );
  });
});

test.each<Record<string, string>>([
  { 'x-ratelimit-limit': '100' },
  { 'x-ratelimit-limit': '9', 'x-ratelimit-remaining': 'many' },
])('a rate limit that is told by halves is not told: %o', async (headers) => {
  const fault = faultAt('/status', { status: 200, headers, body: [] });
  const { findings } = await look('datacenter', { fault });
  expect(findings.at(-1)?.message).toMatch(/^No rate limit is told of/);
});

describe.each(FLAVOURS)('trouble on %s', (flavour) => {
  test.each<[string, string, object, Partial<NamesInUse>]>([
    ['a project', '/project/ERP', {}, {}],
    ['a search', flavour === 'cloud' ? '/search/jql' : '/search', { jql: 'votes > 3' }, {}],
    ['the fields', '/field', { targets: { sprint: true } }, {}],
    ['the priorities', '/priority', {}, { priorities: ['High'] }],
  ])('with what is not for us to see is one of permissions: %s', async (_, path, settings, names) => {
    const fault = faultAt(path, { status: 403, body: { errorMessages: ['Forbidden.'], errors: {} } });
    const { findings, problems } = await look(flavour, { fault, settings, names });
    expect(wrong(findings)).toEqual([expect.stringMatching(/with 403: Forbidden\. > Ask an administrator/)]);
    expect([of(findings, 'config'), problems]).toEqual([[], []]);
  });

  test('with every project ends it there', async () => {
    const { findings, requests } = await look(flavour, { settings: { projects: ['NOPE'] }, names: { priorities: ['Urgent'] } });
    expect(findings.map(({ severity }) => severity)).toEqual(['ok', 'credentials']);
    expect(requests).toEqual(['/project/NOPE']);
  });

  test('in one place is told, and the rest is looked at', async () => {
    const fault = faultAt('/priority', { status: 410, body: { errorMessages: ['Gone.'], errors: {} } });
    const { findings, problems } = await look(flavour, { fault, names: { priorities: ['High'], types: ['Bug'] } });
    expect(problems).toMatchObject([{ kind: 'gone' }]);
    expect(wrong(findings)).toEqual([]);
    expect(of(findings, 'ok')).toContain('All issue types that a policy names exist.');
  });

  test('everywhere is told once', async () => {
    const down = ({ path }: FakeRequest): Fault | undefined =>
      /project|self|serverInfo/.test(path) ? undefined : { status: 503 };
    const settings = { projects: ['ERP', 'LIB', 'APP'] };
    const { findings, problems } = await look(flavour, { settings, fault: down, names: { priorities: ['High'] } });
    expect(problems).toMatchObject([{ kind: 'network' }]);
    expect(of(findings, 'credentials')).toHaveLength(2);
  });

  test('with the credentials in the middle of it is told once', async () => {
    const headers = { 'x-seraph-loginreason': 'AUTHENTICATED_FAILED' };
    const expired = ({ path }: FakeRequest): Fault | undefined =>
      /project|permissions|self|serverInfo/.test(path) ? undefined : { status: 200, headers, body: [] };
    const { findings, problems } = await look(flavour, { fault: expired, names: { priorities: ['High'], labels: ['pinned'] } });
    expect(wrong(findings)).toEqual([expect.stringMatching(/does not accept the credentials.*> They may be wrong, expired/)]);
    expect(problems).toEqual([]);
  });

  test('of our own making is thrown', async () => {
    await using here = await site(flavour);
    await here.tracker.identify(here.call);
    here.abort.abort(new Error('stop'));
    await expect(here.tracker.diagnose?.({ labels: [], types: [], priorities: [], targets: [] }, here.call)).rejects.toThrow(
      'stop',
    );
  });
});
