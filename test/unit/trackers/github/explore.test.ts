import { describe, expect, test } from 'vitest';
import { BugpruneError } from '../../../../src/errors.js';
import type { Exploration, Sign } from '../../../../src/trackers/tracker.js';
import {
  type FakeRequest,
  type Fault,
  type GithubStore,
  githubGuiIsPresent,
  githubStore,
  loadGithubGui,
  type RepositoryFields,
  startGithub,
} from '../../../fakes/github/index.js';
import { openTracker, testCall } from './world.js';

const now = () => '2026-11-22T09:00:00Z';

interface Given {
  readonly settings?: Record<string, unknown>;
  readonly fault?: (request: FakeRequest) => Fault | undefined;
}

/** What a look around finds, which problems it tells of, and how many requests it takes. */
async function around(store: GithubStore, { settings = {}, fault }: Given = {}) {
  await using fake = await startGithub({ store, now, ...(fault && { fault }) });
  const call = testCall();
  const tracker = await openTracker(fake.url, settings);
  const found = await tracker.explore?.(call).catch((error: unknown) => error);
  expect(fake.violations).toEqual([]);
  expect(fake.requests.filter(({ write, kind }) => write && kind === 'rest')).toEqual([]);
  const problems = call.events.flatMap((event) => (event.type === 'problem' ? [event.error.message] : []));
  return { found, problems, requests: fake.requests.length };
}

async function explored(store: GithubStore, given: Given = {}): Promise<Exploration> {
  const { found } = await around(store, given);
  if (!found || found instanceof Error || typeof found !== 'object' || !('signs' in found)) throw found;
  return found as Exploration;
}

function acme(fields: RepositoryFields = {}): GithubStore {
  const store = githubStore({ now });
  store.addRepository('acme/app', fields);
  return store;
}

const fits = ({ signs }: Exploration): string[] =>
  signs.filter(({ fit }) => fit !== 'no').map(({ kind, name, fit }) => `${kind} ${name}: ${fit}`);

const types = (request: FakeRequest): Fault | undefined =>
  request.path.endsWith('/issue-types') ? { status: 403, body: { message: 'Resource not accessible' } } : undefined;

test('all labels and types are found, in two requests, and which of them make a bug', async () => {
  const { found, requests, problems } = await around(acme({ labels: ['kind/bug', 'docs', 'not a bug', 'ui bug'] }));
  const signs: Sign[] = [
    { kind: 'label', name: 'kind/bug', fit: 'plain' },
    { kind: 'label', name: 'docs', fit: 'no' },
    { kind: 'label', name: 'not a bug', fit: 'no' },
    { kind: 'label', name: 'ui bug', fit: 'perhaps' },
    { kind: 'type', name: 'Task', fit: 'no' },
    { kind: 'type', name: 'Bug', fit: 'plain' },
    { kind: 'type', name: 'Feature', fit: 'no' },
  ];
  expect({ found, requests, problems }).toEqual({
    found: { signs, targets: [], priorities: [], settings: {} },
    requests: 2,
    problems: [],
  });
});

test('all milestones are found, closed ones too', async () => {
  const store = acme({ labels: ['bug'] });
  store.addMilestone('acme/app', { title: 'v2' });
  store.addMilestone('acme/app', { title: 'Backlog', state: 'closed' });
  expect((await explored(store)).targets).toEqual(['v2', 'Backlog']);
});

test('a person has no types', async () => {
  expect(fits(await explored(acme({ labels: ['bug'], ownerType: 'User' })))).toEqual(['label bug: plain']);
});

test.each([
  ['beside a label that says the same', ['bug'], ['label bug: plain', 'type Bug: plain']],
  ['beside a label that may say it', ['ui bug'], ['label ui bug: perhaps', 'type Bug: perhaps']],
  ['beside no such label', ['docs'], ['type Bug: perhaps']],
])('types that may not be seen may have a Bug: %s', async (_, labels, expected) => {
  const { found, problems } = await around(acme({ labels }), { fault: types });
  expect(fits(found as Exploration)).toEqual(expected);
  expect(problems).toEqual([]);
});

describe('settings', () => {
  test.each<[string, string[], object]>([
    ['as by default are left out', ['bug', 'In Progress', 'pinned'], {}],
    [
      'name the labels of the severest priorities',
      ['priority/p0', 'priority/p1', 'critical', 'blocker'],
      { priority: { Blocker: ['priority/p0', 'blocker'], Critical: ['critical'] } },
    ],
    ['name the labels of work in progress', ['status: in progress', 'wip'], { inProgress: ['status: in progress', 'wip'] }],
    ['name both where the usual one is among them', ['in progress', 'wip'], { inProgress: ['in progress', 'wip'] }],
    ['name the label for closed bugs where it is there', ['NTBF'], { closeAs: { label: 'NTBF' } }],
  ])('%s', async (_, labels, settings) => {
    expect((await explored(acme({ labels }))).settings).toEqual(settings);
  });
});

describe('several repositories', () => {
  const two = (): GithubStore => {
    const store = acme({ labels: ['bug', 'P0'] });
    store.addRepository('acme/lib', { labels: ['Bug', 'kind/bug'] });
    store.addMilestone('acme/lib', { title: 'Backlog' });
    return store;
  };

  test('of an organization are looked at together, each name once', async () => {
    const found = await explored(two(), { settings: { org: 'acme' } });
    expect(fits(found)).toEqual(['label Bug: plain', 'label kind/bug: plain', 'type Bug: plain']);
    expect(found).toMatchObject({ targets: ['Backlog'], settings: { priority: { Blocker: ['P0'] } } });
  });

  test('of which one cannot be read are told as a problem', async () => {
    const { found, problems } = await around(two(), { settings: { repos: ['acme/app', 'acme/none'] } });
    expect(fits(found as Exploration)).toEqual(['label bug: plain', 'type Bug: plain']);
    expect(problems).toEqual([expect.stringContaining('acme/none')]);
  });
});

describe('nothing to look at', () => {
  test.each<[string, GithubStore, Given, string, RegExp]>([
    ['that there is not', acme(), { settings: { repos: ['acme/none'] } }, 'credentials', /acme\/none/],
    ['that is archived', acme({ archived: true }), {}, 'config', /acme\/app is archived/],
    ['without issues', acme({ issuesEnabled: false }), {}, 'config', /issues switched off/],
    ['that does not answer', acme(), { fault: () => ({ status: 502, body: {} }) }, 'tracker', /./],
  ])('a repository %s', async (_, store, given, code, message) => {
    const { found } = await around(store, given);
    expect(found).toBeInstanceOf(BugpruneError);
    expect(found).toMatchObject({ code, message: expect.stringMatching(message) });
  });
});

test.skipIf(!githubGuiIsPresent)('a real repository has one label for its bugs (needs ../shared)', async () => {
  const found = await explored(loadGithubGui({ now }), { settings: { repos: ['acme/gui'] } });
  expect(fits(found)).toEqual(['label Bug: plain', 'type Bug: plain']);
  expect(found.targets).toContain('28.0');
});
