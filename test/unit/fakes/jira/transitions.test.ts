import { afterEach, describe, expect, test } from 'vitest';
import {
  addIssue,
  createStore,
  type FakeTransition,
  issueNamed,
  type JiraFake,
  type JiraFakeOptions,
  simplifiedWorkflow,
  startJira,
  statusOf,
} from '../../../fakes/jira/index.js';
import { adf, type clientOf, cloud, dataCenter, type Reply } from './client.js';

let fake: JiraFake | undefined;
afterEach(() => fake?.close());

const NOW = '2026-03-01T12:00:00Z';

interface Setup extends Partial<JiraFakeOptions> {
  readonly workflow?: readonly FakeTransition[];
}

/** One open bug, `ERP-1`. */
async function start({ workflow, ...options }: Setup = {}): Promise<JiraFake> {
  const store = createStore();
  const [project] = store.projects;
  if (project && workflow) project.workflows = { '*': workflow };
  addIssue(store, { created: '2026-01-01T00:00:00Z' });
  fake = await startJira({ flavour: 'cloud', store, now: () => NOW, ...options });
  return fake;
}

const offered = async (jira: JiraFake, client = cloud): Promise<Reply['body'][]> =>
  (await client(jira, 'GET', '/issue/ERP-1/transitions?expand=transitions.fields')).body.transitions;

const post = (jira: JiraFake, body: object, client: ReturnType<typeof clientOf> = cloud): Promise<Reply> =>
  client(jira, 'POST', '/issue/ERP-1/transitions', { body });

const closing: FakeTransition = { id: '2', name: 'Close', from: 'any', to: 'Closed' };

describe('on offer are', () => {
  test('the transitions from the status, with the fields of their screens', async () => {
    const jira = await start();
    const transitions = await offered(jira);
    expect(transitions.map(({ id, to }) => [id, to.name, to.statusCategory.key])).toEqual([
      ['4', 'In Progress', 'indeterminate'],
      ['5', 'Resolved', 'done'],
      ['2', 'Closed', 'done'],
    ]);
    expect(transitions[2]).toMatchObject({ hasScreen: true, isConditional: true });
    expect(transitions[2].fields.resolution).toMatchObject({ required: true, key: 'resolution', hasDefaultValue: false });
    expect(transitions[2].fields.resolution.allowedValues.map((value: { name: string }) => value.name)).toContain("Won't Do");
    const plain = await cloud(jira, 'GET', '/issue/ERP-1/transitions?transitionId=2');
    expect(plain.body.transitions).toHaveLength(1);
    expect(plain.body.transitions[0]).not.toHaveProperty('fields');
    expect(jira.violations).toEqual([]);
  });

  test('none without the permission, and that is no error', async () => {
    const jira = await start({ permissions: { TRANSITION_ISSUES: false } });
    expect(await offered(jira)).toEqual([]);
    expect((await post(jira, { transition: { id: '2' } })).status).toBe(400);
  });

  test('not those whose condition fails', async () => {
    const jira = await start({ permissions: { RESOLVE_ISSUES: false } });
    expect((await offered(jira)).map(({ id }) => id)).toEqual(['4']);
  });

  test('fewer fields than there are, where the site under-reports', async () => {
    const screenFields = { resolution: { listed: false }, labels: {} };
    const jira = await start({ workflow: [{ ...closing, screenFields }] });
    expect(Object.keys((await offered(jira))[0].fields)).toEqual(['labels']);
    expect((await post(jira, { transition: { id: '2' }, fields: { resolution: { name: 'Done' } } })).status).toBe(204);
  });

  test('the same on Data Center, where fields go by fieldId', async () => {
    const jira = await start({ flavour: 'datacenter' });
    const transitions = await offered(jira, dataCenter);
    expect(transitions[1].fields.resolution.fieldId).toBe('resolution');
    expect(transitions[1]).not.toHaveProperty('hasScreen');
    expect(jira.violations).toEqual([]);
  });
});

describe('with a screen', () => {
  test('the resolution and the comment are taken, and history tells', async () => {
    const jira = await start();
    const reply = await post(jira, {
      transition: { id: '2' },
      fields: { resolution: { name: "Won't Do" } },
      update: { comment: [{ add: { body: adf('Bye') } }] },
      historyMetadata: { type: 'bugprune' },
    });
    expect(reply).toMatchObject({ status: 204, body: '' });
    const issue = issueNamed(jira.store, 'ERP-1');
    expect(statusOf(jira.store, 'ERP-1').name).toBe('Closed');
    expect(issue).toMatchObject({ resolution: "Won't Do", resolvedAt: Date.parse(NOW), statusSince: Date.parse(NOW) });
    expect(issue.comments).toMatchObject([{ author: 'lead', body: adf('Bye') }]);
    expect(issue.histories).toMatchObject([
      { author: 'lead', historyMetadata: { type: 'bugprune' }, items: [{ field: 'resolution' }, { field: 'status' }] },
    ]);
    expect(jira.violations).toEqual([]);
  });

  test('the API does not mind that the resolution is required there', async () => {
    const jira = await start();
    expect((await post(jira, { transition: { id: '2' } })).status).toBe(204);
    expect(issueNamed(jira.store, 'ERP-1').resolution).toBeNull();
  });

  test('a default counts when nothing is sent', async () => {
    const jira = await start({ workflow: [{ ...closing, screenFields: { resolution: { default: 'Fixed' } } }] });
    await post(jira, { transition: { id: '2' } });
    expect(issueNamed(jira.store, 'ERP-1').resolution).toBe('Fixed');
  });

  test.each<[string, object, object]>([
    ['a text', { resolution: 'Done' }, { resolution: 'data was not an object' }],
    ['an unknown name', { resolution: { name: 'Nope' } }, { resolution: expect.stringContaining('Could not find valid') }],
    [
      'a value that the screen does not offer',
      { resolution: { name: 'Duplicate' } },
      { resolution: expect.stringContaining('not allowed') },
    ],
    [
      'a field that is not on it',
      { priority: { name: 'Low' } },
      { priority: "Field 'priority' cannot be set. It is not on the appropriate screen, or unknown." },
    ],
  ])('%s is refused, and nothing happens', async (_, fields, errors) => {
    const jira = await start({ workflow: [{ ...closing, screenFields: { resolution: { allowed: ['Done', "Won't Do"] } } }] });
    expect(await post(jira, { transition: { id: '2' }, fields })).toMatchObject({
      status: 400,
      body: { errorMessages: [], errors },
    });
    expect(statusOf(jira.store, 'ERP-1').name).toBe('Open');
    expect(issueNamed(jira.store, 'ERP-1').histories).toEqual([]);
  });

  test('a field cannot be in both fields and update', async () => {
    const jira = await start();
    const reply = await post(jira, {
      transition: { id: '2' },
      fields: { resolution: { name: 'Done' } },
      update: { resolution: [{ set: { name: 'Done' } }] },
    });
    expect(reply.body.errors.resolution).toBe("Field 'resolution' cannot appear in both 'fields' and 'update'");
  });
});

describe('without a screen', () => {
  test('a resolution is refused in the very words that clients look for', async () => {
    const jira = await start({ workflow: simplifiedWorkflow() });
    const reply = await post(jira, { transition: { id: '31' }, fields: { resolution: { name: "Won't Do" } } });
    expect(reply.status).toBe(400);
    expect(reply.body.errors.resolution).toBe(
      "Field 'resolution' cannot be set. It is not on the appropriate screen, or unknown.",
    );
  });

  test('a comment is dropped without a word, and the post-function sets what it likes', async () => {
    const jira = await start({ workflow: simplifiedWorkflow() });
    const reply = await post(jira, { transition: { id: '31' }, update: { comment: [{ add: { body: adf('Bye') } }] } });
    expect(reply.status).toBe(204);
    const issue = issueNamed(jira.store, 'ERP-1');
    expect(issue).toMatchObject({ comments: [], resolution: 'Done' });
    await post(jira, { transition: { id: '11' } });
    expect(issue.resolution).toBeNull();
    expect(statusOf(jira.store, 'ERP-1').name).toBe('To Do');
  });
});

describe('a validator', () => {
  const screenFields = { resolution: {}, labels: {} };
  test.each<[string, FakeTransition['validators'], object, object]>([
    [
      'a resolution',
      [{ requires: 'resolution' }],
      { fields: { resolution: { name: 'Done' } } },
      { errorMessages: ['A resolution is required.'] },
    ],
    [
      'a comment',
      [{ requires: 'comment', message: 'Say why.' }],
      { update: { comment: [{ add: { body: adf('x') } }] } },
      { errorMessages: ['Say why.'] },
    ],
    [
      'a field',
      [{ requires: 'field', field: 'labels' }],
      { fields: { labels: ['x'] } },
      { errorMessages: [], errors: { labels: 'labels is required.' } },
    ],
  ])('wants %s', async (_, validators, enough, answer) => {
    const jira = await start({ workflow: [{ ...closing, screenFields, validators: validators ?? [] }] });
    expect(await post(jira, { transition: { id: '2' } })).toMatchObject({ status: 400, body: answer });
    expect(statusOf(jira.store, 'ERP-1').name).toBe('Open');
    expect((await post(jira, { transition: { id: '2' }, ...enough })).status).toBe(204);
    expect(statusOf(jira.store, 'ERP-1').name).toBe('Closed');
  });
});

test('someone else moving the issue at the same time is a conflict', async () => {
  const jira = await start();
  issueNamed(jira.store, 'ERP-1').conflicts = 1;
  expect((await post(jira, { transition: { id: '2' } })).status).toBe(409);
  expect((await post(jira, { transition: { id: '2' } })).status).toBe(204);
});

test.each([
  [{}, "Missing 'transition' identifier"],
  [{ transition: { id: 'Closed' } }, "'transition' identifier must be an integer"],
  [{ transition: { id: '99' } }, "Transition id '99' is not valid for this issue."],
])('no transition: %j', async (body, message) => {
  const jira = await start();
  expect(await post(jira, body)).toMatchObject({ status: 400, body: { errorMessages: [message] } });
});
