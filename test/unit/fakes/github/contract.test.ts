import { afterEach, describe, expect, test } from 'vitest';
import { contractViolations } from '../../../fakes/github/contract.js';
import { type GithubFake, githubContractIsPresent, githubStore, startGithub } from '../../../fakes/github/index.js';
import { send } from './client.js';

let fake: GithubFake | undefined;
afterEach(() => fake?.close());

async function start(): Promise<GithubFake> {
  const store = githubStore();
  store.addRepository('acme/app');
  const parent = store.addIssue('acme/app', {
    milestone: '1.0',
    author: null,
    assignees: ['alice'],
    locked: true,
    lockReason: 'resolved',
  });
  store.addIssue('acme/app', { parent, blocks: [parent], type: 'Bug', fields: { Priority: 'Urgent' }, reactions: { heart: 2 } });
  store.addPullRequest('acme/app', {
    author: 'dependabot[bot]',
    mergedAt: '2026-01-01T00:00:00Z',
    state: 'closed',
    closes: [parent],
  });
  fake = await startGithub({ store });
  return fake;
}

describe.skipIf(!githubContractIsPresent)("GitHub's own description", () => {
  test.each([
    ['GET', '/user'],
    ['GET', '/meta'],
    ['GET', '/rate_limit'],
    ['GET', '/repos/acme/app'],
    ['GET', '/repos/acme/app/issues?state=all&sort=updated&direction=asc&since=2020-01-01T00:00:00Z&per_page=100'],
    ['GET', '/repos/acme/app/issues/2'],
    ['GET', '/repos/acme/app/milestones?state=all'],
    ['PATCH', '/repos/acme/app/issues/1', { state: 'closed', state_reason: 'not_planned', milestone: 1, labels: ['ntbf'] }],
    ['POST', '/repos/acme/app/issues/1/comments', { body: 'x' }],
    ['GET', '/repos/acme/app/issues/404'],
  ])('fits %s %s and its answer', async (method, path, body?: object) => {
    const server = await start();
    await send(server, path, { method, body });
    expect(server.violations).toEqual([]);
  });

  test.each([
    [
      'an unknown state',
      'GET',
      '/repos/acme/app/issues?state=opened',
      undefined,
      'state must be equal to one of the allowed values: opened',
    ],
    ['an unknown parameter', 'GET', '/repos/acme/app/issues?label=bug', undefined, '?label= is unknown'],
    ['a repeated parameter', 'GET', '/repos/acme/app/issues?labels=a&labels=b', undefined, '?labels= is given 2 times'],
    ['no instant', 'GET', '/repos/acme/app/issues?since=yesterday', undefined, 'since must match format "date-time": yesterday'],
    ['no number', 'GET', '/repos/acme/app/issues?per_page=all', undefined, 'per_page is not an integer: all'],
    ['a body with a read', 'DELETE', '/repos/acme/app/issues/1/labels/bug', {}, 'a body is not expected'],
    [
      'an unknown reason',
      'PATCH',
      '/repos/acme/app/issues/1',
      { state_reason: 'wontfix' },
      'body/state_reason must be equal to one of',
    ],
    ['an unknown field', 'PATCH', '/repos/acme/app/issues/1', { stateReason: 'not_planned' }, 'body/stateReason is unknown'],
    ['no text', 'POST', '/repos/acme/app/issues/1/comments', {}, "must have required property 'body'"],
    ['no body', 'POST', '/repos/acme/app/issues/1/comments', undefined, 'the body is missing'],
  ])('catches %s', async (_, method, path, body, message) => {
    const server = await start();
    await send(server, path, { method, body });
    expect(server.violations.join('\n')).toContain(message);
  });

  test('catches an answer that is not described', () => {
    const get = {
      method: 'GET',
      query: new URLSearchParams(),
      body: undefined,
      headers: {},
      kind: 'rest',
      write: false,
    } as const;
    const check = (path: string, answer: { status: number; body?: unknown }) =>
      contractViolations({ ...get, path }, path, answer);
    expect(check('/repos/acme/app/issues', { status: 418, body: {} })[0]).toContain('answers 418, which is not described');
    expect(check('/repos/acme/app/issues', { status: 200, body: {} })[0]).toContain('must be array');
    expect(check('/repos/acme/app/issues', { status: 200, body: [{ id: 1 }] })[0]).toContain('must have required property');
    expect(check('/nowhere', { status: 200, body: {} })).toEqual([]);
  });
});
