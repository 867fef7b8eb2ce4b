import { describe, expect, test } from 'vitest';
import type { TrackerError } from '../../../../src/errors.js';
import type { Diagnosis, NamesInUse } from '../../../../src/trackers/tracker.js';
import {
  type GithubFakeOptions,
  type GithubStore,
  githubStore,
  type RepositoryFields,
  startGithub,
} from '../../../fakes/github/index.js';
import { openTracker, rejection, testCall } from './world.js';

const now = () => '2026-11-22T09:00:00Z';

interface Look extends Omit<GithubFakeOptions, 'store'> {
  readonly store: GithubStore;
  readonly settings?: Record<string, unknown>;
  readonly names?: Partial<NamesInUse>;
}

/** What is found out about a stand-in, and how many requests that takes; who we are is not asked. */
async function look({ settings = {}, names = {}, ...options }: Look) {
  await using fake = await startGithub({ now, ...options });
  const call = testCall();
  const tracker = await openTracker(fake.url, settings);
  const used = { labels: [], types: [], priorities: [], targets: [], ...names };
  const findings = (await tracker.diagnose?.(used, call)) ?? [];
  expect(fake.violations).toEqual([]);
  expect(fake.requests.filter(({ write, kind }) => write && kind === 'rest')).toEqual([]);
  for (const { severity, message, hint } of findings) {
    expect(message).toMatch(/^[^\n]+\.$/);
    if (severity !== 'ok') expect(hint).toMatch(/^[^\n]{20,}\.$/);
  }
  const problems = call.events.flatMap((event) => (event.type === 'problem' ? [event.error] : []));
  return { findings, problems, requests: fake.requests.length };
}

const of = (findings: readonly Diagnosis[], severity: Diagnosis['severity']): string[] =>
  findings.filter((one) => one.severity === severity).map(({ message, hint }) => [message, hint].filter(Boolean).join(' > '));
const wrong = (findings: readonly Diagnosis[]): string[] => [...of(findings, 'config'), ...of(findings, 'credentials')];

/** One repository that nothing is wrong with, unless the fields say otherwise. */
function acme(fields: RepositoryFields = {}): GithubStore {
  const store = githubStore({ now });
  store.addRepository('acme/app', { labels: ['bug', 'pinned', 'priority/p0', 'ui'], ...fields });
  store.addMilestone('acme/app', { title: 'v2' });
  store.addMilestone('acme/app', { title: 'Backlog', state: 'closed' });
  return store;
}

function without(): GithubStore {
  const store = githubStore({ now });
  store.addRepository('acme/app', { labels: ['bug'] });
  return store;
}

/** The same answer to every query, in a person's repository: for what a stand-in does not come to by itself. */
function answering(rateLimit: object | null, changes: object = {}): NonNullable<GithubFakeOptions['fault']> {
  const pageInfo = { hasNextPage: false, endCursor: null };
  const repository = {
    nameWithOwner: 'acme/app',
    isArchived: false,
    hasIssuesEnabled: true,
    viewerPermission: 'WRITE',
    milestones: { totalCount: 1 },
    owner: { __typename: 'User', login: 'acme' },
    labels: { pageInfo, nodes: [{ name: 'bug' }] },
    targets: { pageInfo, nodes: [{ title: 'v1', state: 'OPEN' }] },
    ...changes,
  };
  return () => ({ status: 200, body: { data: { rateLimit, repository } } });
}

describe('all is well', () => {
  test('says so in a few lines, for two requests', async () => {
    const { findings, problems, requests } = await look({ store: acme() });
    expect(findings).toEqual([
      { severity: 'ok', message: 'acme/app: 4 labels, 2 milestones (1 open). We may close bugs (role write).' },
      { severity: 'ok', message: 'Bugs are told by: label "bug", issue type "Bug".' },
      { severity: 'ok', message: '4999 of 5000 points of the hourly rate limit are left.' },
    ]);
    expect([problems, requests]).toEqual([[], 2]);
  });

  test('also for every name that is used', async () => {
    const { findings } = await look({
      store: acme(),
      settings: { priority: { Blocker: ['priority/*'] }, inProgress: ['UI'], closeAs: { label: 'ui' } },
      names: { labels: ['Pinned', 'p*d'], types: ['feature'], priorities: ['blocker'], targets: ['backlog', 'v*'] },
    });
    expect(wrong(findings)).toEqual([]);
    expect(of(findings, 'note')).toEqual([]);
    expect(of(findings, 'ok')).toContain('All 8 names that rules and settings use exist.');
    expect(of(findings, 'ok')).toContain('The label "ui" for closed bugs: it is there.');
  });

  test('also with more than a hundred labels and milestones, each read once', async () => {
    const labels = Array.from({ length: 250 }, (_, index) => `label ${index}`);
    const store = acme({ labels: [...labels, 'bug'] });
    for (let index = 0; index < 118; index++) store.addMilestone('acme/app', { title: `m${index}` });
    const names = { labels: ['label 249'], targets: ['m117'] };
    const { findings, requests } = await look({ store, names, settings: { bugs: { labels: ['bug'] } } });
    expect(of(findings, 'ok')[0]).toContain('251 labels, 120 milestones (119 open)');
    expect([wrong(findings), requests]).toEqual([[], 3]);
  });
});

describe('a repository', () => {
  test.each<[string, RepositoryFields, Diagnosis['severity'], RegExp]>([
    ['that is archived', { archived: true }, 'config', /acme\/app is archived.*> .*repos/],
    ['without issues', { issuesEnabled: false }, 'config', /issues switched off.*> .*switch issues on/],
    ['where we may administrate', { permission: 'ADMIN' }, 'ok', /may close bugs \(role admin\)/],
    ['where we may triage', { permission: 'TRIAGE' }, 'ok', /may close bugs \(role triage\)/],
    ['where we may read', { permission: 'READ' }, 'note', /only read.*> Dry runs need no more.*triage role.*Issues: write/],
    ['that does not say', { tellsPermission: false }, 'note', /does not tell what this token may do.*> .*Issues: write/],
    [
      'we cannot see',
      { private: true, permission: null },
      'credentials',
      /does not know acme\/app.*> Is it the right name.*token/,
    ],
  ])('%s', async (_, fields, severity, expected) => {
    const { findings } = await look({ store: acme(fields) });
    expect(of(findings, severity)).toContainEqual(expect.stringMatching(expected));
    expect(wrong(findings)).toHaveLength(severity === 'config' || severity === 'credentials' ? 1 : 0);
  });

  test('with a role that may only read is not said to be one for closing', async () => {
    const { findings } = await look({ store: acme({ permission: 'READ' }) });
    expect(of(findings, 'ok').join()).not.toContain('may close');
  });

  test('that was renamed is told by its new name', async () => {
    const store = acme();
    store.addRepository('acme/old', { renamedTo: 'acme/app' });
    const { findings } = await look({ store, settings: { repos: ['acme/old'] } });
    expect(findings).toEqual([
      { severity: 'config', message: 'acme/old is now acme/app.', hint: expect.stringContaining('new name') },
    ]);
  });

  test('without a single milestone', async () => {
    const { findings } = await look({ store: without() });
    expect(of(findings, 'note')).toEqual([expect.stringMatching(/undecided\. > .*targets\.treat\.unplanned: untargeted/)]);
  });

  test('that is not there does not hide the others, but nothing is missing for certain', async () => {
    const { findings } = await look({
      store: acme(),
      settings: { repos: ['acme/none', 'acme/app'] },
      names: { labels: ['pinend'] },
    });
    expect(wrong(findings)).toEqual([expect.stringContaining('acme/none')]);
    expect(of(findings, 'note')).toEqual([expect.stringContaining('no label "pinend" in what was read')]);
    expect(of(findings, 'ok')[0]).toContain('acme/app');
  });

  test('is asked once, however often it is named', async () => {
    const { requests } = await look({ store: acme(), settings: { repos: ['acme/app', 'Acme/App'] } });
    expect(requests).toBe(2);
  });
});

describe('what makes a bug', () => {
  const alone = (name: string) => (store: GithubStore) => store.issueTypes.set('acme', [name]);

  test.each<[string, RepositoryFields, (store: GithubStore) => void, object, Diagnosis['severity'] | null, RegExp]>([
    [
      'neither of the defaults',
      { labels: ['defect'] },
      alone('Task'),
      {},
      'config',
      /acme\/app: nothing would be found.*label "bug", issue type "Bug".*> .*Existing label: defect\. Existing issue type: Task\./,
    ],
    ['one of the defaults', { labels: ['defect'] }, () => undefined, {}, null, /./],
    ['the other of the defaults', {}, alone('Task'), {}, null, /./],
    [
      'a slip',
      {},
      () => undefined,
      { bugs: { labels: ['bgu'] } },
      'config',
      /nothing would be found.*"bgu".*> Correct bugs\.labels.*Nearest label: bug\./,
    ],
    [
      'one label that exists and one that does not',
      {},
      () => undefined,
      { bugs: { labels: ['bug', 'pined'] } },
      'note',
      /no label "pined" \(bugs\).*> Any one of bugs is enough.*Nearest label: pinned\./,
    ],
    [
      'a type that does not exist',
      {},
      () => undefined,
      { bugs: { labels: ['bug'], types: ['Defect'] } },
      'note',
      /no issue type "Defect" \(bugs\)/,
    ],
    [
      "a type, in a person's repository",
      { ownerType: 'User' },
      () => undefined,
      { bugs: { types: ['Bug'] } },
      'config',
      /nothing would be found.*> .*There is no issue type at all\./,
    ],
  ])('%s', async (_, fields, prepare, settings, severity, expected) => {
    const store = acme(fields);
    prepare(store);
    const { findings } = await look({ store, settings: { ...settings } });
    const found = findings.filter((one) => one.severity !== 'ok').map(({ message, hint }) => `${message} > ${hint}`);
    if (severity === null) return expect(found).toEqual([]);
    expect(found).toEqual([expect.stringMatching(expected)]);
    expect(findings.find((one) => one.severity !== 'ok')?.severity).toBe(severity);
  });

  test('types that nobody shows us are a note, and so is what depends on them', async () => {
    const fault: NonNullable<GithubFakeOptions['fault']> = ({ path }) =>
      path.startsWith('/orgs/') ? { status: 403, body: { message: 'Resource not accessible by integration' } } : undefined;
    const known = await look({ store: acme(), fault, names: { types: ['Bugg'] } });
    expect(of(known.findings, 'note')).toEqual([
      expect.stringMatching(/types of acme cannot be read.*> .*read:org.*Issue Types: read/),
    ]);
    const unclear = await look({ store: acme({ labels: [] }), fault });
    expect(of(unclear.findings, 'note')).toEqual([
      expect.stringMatching(/without the label "bug", and it cannot be seen.*issue type "Bug".*> .*bugs\.labels/),
      expect.stringContaining('cannot be read'),
    ]);
    expect([...wrong(known.findings), ...wrong(unclear.findings)]).toEqual([]);
  });

  test('types are not asked for where nobody uses them, nor of a person', async () => {
    const person = await look({ store: acme({ ownerType: 'User' }) });
    const unused = await look({ store: acme(), settings: { bugs: { labels: ['bug'] } } });
    expect([person.requests, unused.requests]).toEqual([1, 1]);
  });

  test('two repositories tell their bugs in two ways', async () => {
    const store = acme();
    store.addRepository('acme/lib', { labels: ['defect'] });
    store.addMilestone('acme/lib', { title: 'v1' });
    const settings = { repos: ['acme/app', 'acme/lib'], bugs: { labels: ['bug', 'defect'] } };
    const { findings } = await look({ store, settings });
    expect(wrong(findings)).toEqual([]);
    expect(of(findings, 'note').map((text) => text.slice(0, 33))).toEqual([
      'acme/lib: there is no label "bug"',
      'acme/app: there is no label "defe',
    ]);
  });
});

describe('names', () => {
  test.each<[string, object, Partial<NamesInUse>, Diagnosis['severity'], RegExp]>([
    ['of a label', {}, { labels: ['pinend'] }, 'config', /no label "pinend" \(keep or a policy\)\. > .*Nearest label: pinned\./],
    [
      'of a pattern',
      {},
      { labels: ['area/*'] },
      'config',
      /no label like "area\/\*".*> .*Existing labels: bug, pinned, priority\/p0 and ui\./,
    ],
    ['of a type', {}, { types: ['Bugg'] }, 'config', /no issue type "Bugg".*> .*Nearest issue type: Bug\./],
    ['of a target', {}, { targets: ['Backlogg'] }, 'config', /no milestone "Backlogg" \(targets\.parked\).*> .*: Backlog\./],
    [
      'of a priority',
      {},
      { priorities: ['P9'] },
      'note',
      /priority "P9".*> Right if an issue field "Priority" has it.*P9: \[LABEL\]/,
    ],
    [
      'of a priority beside others',
      { priority: { Blocker: ['ui'] } },
      { priorities: ['blocker', 'P8', 'P9'] },
      'note',
      /priorities "P8" and "P9".*So far there are: Blocker\./,
    ],
    [
      'of a label for a priority',
      { priority: { Blocker: ['P0'] } },
      {},
      'config',
      /no label "P0" \(priority Blocker\).*Nearest label: priority\/p0\./,
    ],
    ['of a label for work', { inProgress: ['doing'] }, {}, 'config', /no label "doing" \(inProgress\)/],
  ])('%s that does not exist', async (_, settings, names, severity, expected) => {
    const { findings } = await look({ store: acme(), settings: { ...settings }, names });
    const found = findings.filter((one) => one.severity !== 'ok');
    expect(found.map(({ message, hint }) => `${message} > ${hint}`)).toEqual([expect.stringMatching(expected)]);
    expect(found[0]?.severity).toBe(severity);
  });

  test('are all told at once', async () => {
    const names = { labels: ['a', 'b'], types: ['c'], targets: ['d'] };
    const { findings } = await look({ store: acme(), names });
    expect(of(findings, 'config')).toHaveLength(4);
  });

  test('may exist in any one of the repositories', async () => {
    const store = acme();
    store.addRepository('acme/lib', { labels: ['bug', 'security'] });
    store.addMilestone('acme/lib', { title: 'Future' });
    const names = { labels: ['security', 'pinned'], targets: ['Future', 'Backlog'] };
    const { findings } = await look({ store, settings: { repos: ['acme/app', 'acme/lib'] }, names });
    expect([...wrong(findings), ...of(findings, 'note')]).toEqual([]);
  });

  test('of parked targets where nothing is planned', async () => {
    const { findings } = await look({ store: without(), names: { targets: ['Backlog'] } });
    expect(of(findings, 'config')).toEqual([expect.stringContaining('There is no milestone at all.')]);
  });

  test('with something hostile in them are harmless, and no more than five are named', async () => {
    const labels = ['bug', 'x\u001b[31m\nred', ...Array.from({ length: 9 }, (_, index) => `pinned ${index}`)];
    const { findings } = await look({ store: acme({ labels }), names: { labels: ['pinned', 'red*x'] } });
    const [nearest, hostile] = of(findings, 'config');
    expect(nearest).toMatch(/Nearest labels: (pinned \d, ){4}pinned \d\.$/);
    expect(hostile).not.toContain('\u001b');
  });
});

describe('the label for closed bugs', () => {
  const settings = { closeAs: { label: 'ntbf' } };

  test('is created by GitHub for those who may', async () => {
    const { findings } = await look({ store: acme(), settings });
    expect(of(findings, 'ok')).toContain(
      'The label "ntbf" for closed bugs: GitHub will create it in acme/app when the first bug is closed.',
    );
    expect(of(findings, 'note')).toEqual([]);
  });

  test('is to be created by others', async () => {
    const { findings } = await look({ store: acme({ permission: 'TRIAGE' }), settings });
    expect(of(findings, 'note')).toEqual([expect.stringMatching(/no label "ntbf" \(closeAs\.label\).*> Create it.*write role/)]);
    expect(of(findings, 'ok').join()).not.toContain('ntbf');
  });
});

describe('an organization', () => {
  const settings = { org: 'acme' };

  test('says what is left out, and why', async () => {
    const store = acme();
    store.addRepository('acme/old', { archived: true });
    store.addRepository('acme/wiki', { issuesEnabled: false });
    store.addRepository('acme/www');
    store.addRepository('acme/secret', { private: true, permission: null });
    const { findings, requests } = await look({ store, settings: { ...settings, exclude: ['w*w'] } });
    expect(of(findings, 'ok')[0]).toBe(
      'acme has 4 repositories; left out: 3 (1 by include and exclude, 1 archived and 1 without issues).',
    );
    expect([wrong(findings), requests]).toEqual([[], 3]);
  });

  test('has at most ten repositories looked at; what is missing in them may be elsewhere', async () => {
    const store = githubStore({ now });
    for (let index = 10; index < 22; index++) {
      store.addRepository(`acme/r${index}`, { labels: ['bug'] });
      store.addMilestone(`acme/r${index}`, { title: 'v1' });
    }
    const { findings, requests } = await look({ store, settings, names: { labels: ['pinned'] } });
    expect(of(findings, 'ok')[0]).toBe('acme has 12 repositories.');
    expect(of(findings, 'note')).toEqual([
      expect.stringMatching(/first 10 of 12.*> .*include/),
      expect.stringContaining('no label "pinned" in what was read'),
    ]);
    expect([wrong(findings), requests]).toEqual([[], 12]);
    const slip = await look({ store, settings: { ...settings, bugs: { labels: ['bgu'] } } });
    expect(wrong(slip.findings)).toEqual([]);
    expect(of(slip.findings, 'note').at(-1)).toMatch(/^acme\/r10, acme\/r11, .* and 5 more: nothing would be found/);
  });

  test('may have repositories without bugs, but not only such', async () => {
    const store = acme();
    store.addRepository('acme/docs', { labels: ['page'] });
    store.addMilestone('acme/docs', { title: 'v1' });
    const some = await look({ store, settings: { ...settings, bugs: { labels: ['bug'] } } });
    expect(of(some.findings, 'note')).toEqual([expect.stringMatching(/^acme\/docs: nothing would be found/)]);
    const none = await look({ store, settings: { ...settings, bugs: { labels: ['defect'] } } });
    expect(of(none.findings, 'config')).toEqual([expect.stringMatching(/^acme\/app and acme\/docs: nothing would be found/)]);
  });

  test('of which nothing is left', async () => {
    const { findings } = await look({ store: acme(), settings: { ...settings, include: ['none'] } });
    expect(findings).toEqual([
      {
        severity: 'config',
        message: expect.stringContaining('left out: 1'),
        hint: expect.stringContaining('include and exclude'),
      },
    ]);
  });

  test('that is a person', async () => {
    await using fake = await startGithub({ now, store: acme({ ownerType: 'User' }) });
    const tracker = await openTracker(fake.url, settings);
    const names = { labels: [], types: [], priorities: [], targets: [] };
    const error = await rejection(tracker.diagnose?.(names, testCall()) ?? Promise.resolve());
    expect(error).toMatchObject({ kind: 'not-found', code: 'credentials', hint: expect.stringContaining('repos: [acme/NAME]') });
    expect(fake.violations).toEqual([]);
  });
});

describe('the rate limit', () => {
  test('is unknown to an Enterprise server', async () => {
    const { findings } = await look({ store: acme(), enterprise: true });
    expect(of(findings, 'note')).toEqual([expect.stringMatching(/no rate limit\. > Nothing to do/)]);
  });

  test.each([
    [500, 'ok'],
    [499, 'note'],
  ] as const)('with %i points of 5000 left is %s', async (remaining, severity) => {
    const { findings } = await look({
      store: acme(),
      fault: answering({ limit: 5000, remaining, resetAt: '2026-11-22T10:00:00Z' }),
    });
    expect(of(findings, severity).at(-1)).toContain(`${remaining} of 5000 points`);
    if (severity === 'note')
      expect(of(findings, 'note')).toEqual([expect.stringContaining('full again at 2026-11-22T10:00:00Z')]);
  });
});

describe('what keeps everything from being read', () => {
  const dead = { status: 503, body: { message: 'Service Unavailable' } };
  const kinds = (problems: readonly TrackerError[]) => problems.map(({ kind }) => kind);

  test('is told once, and nothing else is claimed', async () => {
    const store = acme();
    store.addRepository('acme/old', { archived: true });
    const { findings, problems } = await look({
      store,
      settings: { repos: ['acme/old', 'acme/app', 'acme/lib'] },
      names: { labels: ['pinend'] },
      fault: (_, count) => (count > 1 ? dead : undefined),
    });
    expect(kinds(problems)).toEqual(['network']);
    expect(findings.map(({ message }) => message)).toEqual(['acme/old is archived.']);
  });

  test('may be a single repository that answers nonsense', async () => {
    const store = acme();
    store.addRepository('acme/lib', { labels: ['bug'] });
    const { findings, problems } = await look({
      store,
      settings: { repos: ['acme/lib', 'acme/app'] },
      names: { labels: ['pinend'] },
      fault: (_, count) => (count === 1 ? { status: 200, body: { data: { rateLimit: null, repository: {} } } } : undefined),
    });
    expect(kinds(problems)).toEqual(['unexpected']);
    expect([wrong(findings), of(findings, 'note')]).toEqual([[], [expect.stringContaining('in what was read')]]);
  });

  test('a list that does not end is given up', async () => {
    const fault = answering(null, { labels: { pageInfo: { hasNextPage: true, endCursor: 'x' }, nodes: [] } });
    const { findings, problems, requests } = await look({ store: acme(), fault });
    expect([findings, kinds(problems), requests]).toEqual([[], ['unexpected'], 2]);
  });

  test('an interruption ends it', async () => {
    await using fake = await startGithub({ now, store: acme() });
    const tracker = await openTracker(fake.url);
    const names = { labels: [], types: [], priorities: [], targets: [] };
    const call = testCall(AbortSignal.abort(new Error('enough')));
    expect(await rejection(tracker.diagnose?.(names, call) ?? Promise.resolve())).toMatchObject({ message: 'enough' });
    expect(fake.requests).toEqual([]);
  });
});
