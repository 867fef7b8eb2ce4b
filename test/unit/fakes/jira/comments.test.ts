import { afterEach, describe, expect, test } from 'vitest';
import {
  addIssue,
  addProject,
  createStore,
  issueNamed,
  type JiraFake,
  type JiraFakeOptions,
  person,
  startJira,
} from '../../../fakes/jira/index.js';
import { adf, clientOf, cloud, dataCenter } from './client.js';

let fake: JiraFake | undefined;
afterEach(() => fake?.close());

const NOW = '2026-03-01T12:00:00Z';

async function start(flavour: JiraFakeOptions['flavour'], options: Partial<JiraFakeOptions> = {}): Promise<JiraFake> {
  const store = createStore();
  addProject(store, { key: 'DESK', type: 'service_desk' });
  addIssue(store, { key: 'ERP-1', created: '2026-01-01T00:00:00Z' });
  addIssue(store, { key: 'DESK-1', created: '2026-01-01T00:00:00Z' });
  fake = await startJira({ flavour, store, now: () => NOW, ...options });
  return fake;
}

describe('a comment is posted', () => {
  test('as a document in version 3, as text in version 2; each reads what the other wrote', async () => {
    const jira = await start('cloud');
    const v3 = await cloud(jira, 'POST', '/issue/ERP-1/comment', { body: { body: adf('Hello') } });
    expect(v3).toMatchObject({
      status: 201,
      body: { body: adf('Hello'), created: '2026-03-01T13:00:00.000+0100', jsdPublic: true },
    });
    const v2 = await cloud(jira, 'POST', '/rest/api/2/issue/ERP-1/comment', { body: { body: 'One\n\nTwo' } });
    expect(v2).toMatchObject({ status: 201, body: { body: 'One\n\nTwo', author: { accountId: '712020:lead' } } });
    expect((await cloud(jira, 'GET', `/rest/api/2/issue/ERP-1/comment/${v3.body.id}`)).body.body).toBe('Hello');
    expect((await cloud(jira, 'GET', `/issue/ERP-1/comment/${v2.body.id}`)).body.body.content).toHaveLength(2);
    expect(issueNamed(jira.store, 'ERP-1').updated).toBe(Date.parse(NOW));
    expect(jira.violations).toEqual([]);
  });

  const LONG = 'The entered text is too long. It exceeds the allowed limit of 32,767 characters.';
  test.each<['cloud' | 'datacenter', string, unknown, object]>([
    ['cloud', '/issue/ERP-1/comment', 'text', { errors: { comment: 'Comment body is not valid!' } }],
    [
      'cloud',
      '/issue/ERP-1/comment',
      { type: 'doc', version: 1, content: [{ type: 'text', text: '' }] },
      { errors: { comment: 'Comment body is not valid!' } },
    ],
    [
      'cloud',
      '/issue/ERP-1/comment',
      { type: 'doc', version: 1, content: [{ type: 'blink' }] },
      { errors: { comment: 'Comment body is not valid!' } },
    ],
    ['cloud', '/issue/ERP-1/comment', adf('x'.repeat(32_767)), { errors: { comment: LONG } }],
    ['cloud', '/rest/api/2/issue/ERP-1/comment', adf('x'), { errors: { comment: 'Comment body is not valid!' } }],
    ['cloud', '/rest/api/2/issue/ERP-1/comment', 'x'.repeat(32_768), { errors: { comment: LONG } }],
    ['cloud', '/rest/api/2/issue/ERP-1/comment', '  ', { errors: { comment: 'Comment body can not be empty!' } }],
    ['datacenter', '/issue/ERP-1/comment', adf('x'), { errorMessages: [expect.stringContaining('Can not deserialize')] }],
  ])('on %s not to %s when the body is wrong (case %#)', async (flavour, path, body, answer) => {
    const jira = await start(flavour);
    const reply = await clientOf(flavour)(jira, 'POST', path, { body: { body } });
    expect(reply).toMatchObject({ status: 400, body: answer });
    expect(issueNamed(jira.store, 'ERP-1').comments).toEqual([]);
  });

  test.each([
    ['cloud', 403],
    ['datacenter', 400],
  ] as const)('on %s not without the permission', async (flavour, status) => {
    const jira = await start(flavour, { permissions: { ADD_COMMENTS: false } });
    const reply = await clientOf(flavour)(jira, 'POST', '/issue/ERP-1/comment', {
      body: { body: flavour === 'cloud' ? adf('x') : 'x' },
    });
    expect(reply.status).toBe(status);
    expect(issueNamed(jira.store, 'ERP-1').comments).toEqual([]);
  });

  test('with properties, which say whether customers see it', async () => {
    const jira = await start('cloud');
    const internal = { key: 'sd.public.comment', value: { internal: true } };
    const hidden = await cloud(jira, 'POST', '/issue/DESK-1/comment?expand=properties', {
      body: { body: adf('x'), properties: [internal] },
    });
    expect(hidden.body).toMatchObject({ jsdPublic: false, properties: [internal] });
    await cloud(jira, 'POST', '/issue/DESK-1/comment', { body: { body: adf('y') } });
    expect(issueNamed(jira.store, 'DESK-1').comments.map((comment) => comment.public)).toEqual([false, true]);
    const listed = await cloud(jira, 'GET', '/issue/DESK-1/comment?expand=properties');
    expect(listed.body.comments[0].properties).toEqual([internal]);
    expect((await cloud(jira, 'GET', '/issue/DESK-1/comment')).body.comments[0]).not.toHaveProperty('properties');
  });

  test('for a role only, if one has it', async () => {
    const jira = await start('datacenter');
    const comment = (value: string) => ({ body: { body: 'x', visibility: { type: 'role', value } } });
    const own = await dataCenter(jira, 'POST', '/issue/ERP-1/comment', comment('Developers'));
    expect(own.body.visibility).toEqual({ type: 'role', value: 'Developers' });
    const other = await dataCenter(jira, 'POST', '/issue/ERP-1/comment', comment('Managers'));
    expect(other.body.errors.commentLevel).toBe('You are currently not a member of the project role: Managers.');
  });
});

test('comments are paged, hundred at most, the newest first when asked', async () => {
  const jira = await start('cloud');
  for (let index = 0; index < 120; index++)
    person(jira.store, 'bob', Date.UTC(2026, 1, 1, 0, index)).comment('ERP-1', `c${index}`);
  const first = await cloud(jira, 'GET', '/issue/ERP-1/comment?maxResults=5000');
  expect(first.body).toMatchObject({ startAt: 0, maxResults: 100, total: 120 });
  const newest = await cloud(jira, 'GET', '/issue/ERP-1/comment?orderBy=-created&maxResults=1');
  expect(newest.body.comments[0].body).toEqual(adf('c119'));
  const rest = await cloud(jira, 'GET', '/issue/ERP-1/comment?startAt=100');
  expect(rest.body.comments).toHaveLength(20);
  expect(jira.violations).toEqual([]);
});

test('restricted comments are neither shown nor counted for others', async () => {
  const jira = await start('datacenter');
  person(jira.store, 'bob').comment('ERP-1', 'secret', { visibility: { type: 'role', value: 'Managers' } });
  person(jira.store, 'bob').comment('ERP-1', 'open', { visibility: { type: 'role', value: 'Developers' } });
  const { body } = await dataCenter(jira, 'GET', '/issue/ERP-1/comment');
  expect(body).toMatchObject({ total: 1, comments: [{ body: 'open' }] });
  expect((await dataCenter(jira, 'GET', '/issue/ERP-1?fields=comment')).body.fields.comment.total).toBe(1);
});

test('one’s own comments are edited and deleted, others’ only by administrators', async () => {
  const jira = await start('datacenter');
  const mine = await dataCenter(jira, 'POST', '/issue/ERP-1/comment', { body: { body: 'before' } });
  const edited = await dataCenter(jira, 'PUT', `/issue/ERP-1/comment/${mine.body.id}`, { body: { body: 'after' } });
  expect(edited).toMatchObject({ status: 200, body: { body: 'after', updateAuthor: { name: 'lead' } } });
  const other = person(jira.store, 'bob').comment('ERP-1');
  const lead = jira.store.users.find(({ name }) => name === 'lead');
  if (lead) lead.roles = [];
  expect((await dataCenter(jira, 'PUT', `/issue/ERP-1/comment/${other.id}`, { body: { body: 'x' } })).status).toBe(400);
  expect((await dataCenter(jira, 'DELETE', `/issue/ERP-1/comment/${mine.body.id}`)).status).toBe(204);
  expect((await dataCenter(jira, 'GET', `/issue/ERP-1/comment/${mine.body.id}`)).status).toBe(404);
  expect(jira.violations).toEqual([]);
});
