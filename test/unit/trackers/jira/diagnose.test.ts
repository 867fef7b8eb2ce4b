import { describe, expect, test } from 'vitest';
import type { TrackerError } from '../../../../src/errors.js';
import type { Diagnosis, NamesInUse } from '../../../../src/trackers/tracker.js';
import {
  addIssue,
  addProject,
  addVersion,
  type FakeProject,
  type FakeRequest,
  type Fault,
  type JiraStore,
} from '../../../fakes/jira/index.js';
import { erp, erpWithBug, FLAVOURS, type Flavour, site } from './harness.js';

interface Look extends NonNullable<Parameters<typeof site>[1]> {
  readonly names?: Partial<NamesInUse>;
}

/** What is found out about a stand-in, and by which requests; who we are is asked before. */
async function look(flavour: Flavour, { names = {}, ...options }: Look = {}) {
  await using here = await site(flavour, options);
  await here.tracker.identify(here.call);
  const before = here.fake.requests.length;
  const used = { labels: [], types: [], priorities: [], targets: [], ...names };
  const findings = (await here.tracker.diagnose?.(used, here.call)) ?? [];
  expect(here.fake.violations).toEqual([]);
  expect(here.fake.requests.filter(({ write }) => write)).toEqual([]);
  for (const { severity, message, hint } of findings) {
    expect(message).toMatch(/^[^\n]{10,}[.)]$/);
    if (severity !== 'ok') expect(hint).toMatch(/^[^\n]{20,}\.$/);
  }
  const problems = here.events.flatMap((event): TrackerError[] => (event.type === 'problem' ? [event.error] : []));
  const requests = here.fake.requests.slice(before).map(({ path }) => path.replace(/^\/rest\/api\/\d/, ''));
  return { findings, problems, requests, url: here.fake.url };
}

const of = (findings: readonly Diagnosis[], severity: Diagnosis['severity']): string[] =>
  findings.filter((one) => one.severity === severity).map(({ message, hint }) => [message, hint].filter(Boolean).join(' > '));
const wrong = (findings: readonly Diagnosis[]): string[] => [...of(findings, 'config'), ...of(findings, 'credentials')];

/** ERP, changed. */
function changed(change: Partial<FakeProject>, store = erp()): JiraStore {
  for (const project of store.projects) Object.assign(project, change);
  return store;
}

/** The same, in a language of its own. */
function chinese(): JiraStore {
  const store = erp();
  store.types = [{ id: '1', name: '缺陷', subtask: false }];
  store.resolutions = [
    { id: '1', name: '已修复' },
    { id: '2', name: '不修复' },
  ];
  store.statuses = [
    { id: '1', name: '打开', category: 'new' },
    { id: '2', name: '关闭', category: 'done' },
  ];
  return changed({ issueTypes: ['缺陷'] }, store);
}

const faultAt =
  (path: string, fault: Fault) =>
  (request: FakeRequest): Fault | undefined =>
    request.path.endsWith(path) ? fault : undefined;

describe.each(FLAVOURS)('all is well on %s', (flavour) => {
  test('says so in a few lines, for a handful of requests', async () => {
    const { findings, problems, requests, url } = await look(flavour);
    const is = flavour === 'cloud' ? 'Jira Cloud 1001.0.0-SNAPSHOT' : 'Jira Data Center 10.3.24';
    const who =
      flavour === 'cloud' ? 'Jira Cloud does not tell what is left of the rate limit for API tokens' : 'No rate limit is told of';
    expect(findings).toEqual(
      [
        `${url.slice('http://'.length)} is ${is}.`,
        'ERP: 2 versions (1 unreleased), bugs are of the type Bug. We may close bugs.',
        "Resolutions for closed bugs: Won't Do and Won't Fix.",
        'Statuses for closed bugs: Closed and Done.',
        `${who}; bugprune waits whenever it is asked to.`,
      ].map((message) => ({ severity: 'ok', message })),
    );
    expect(problems).toEqual([]);
    expect(requests.toSorted()).toEqual(['/mypermissions', '/project/ERP', '/resolution', '/status']);
  });

  test('also for every name that is used', async () => {
    const store = erpWithBug({ labels: ['pinned'] });
    addIssue(store, { labels: ['security'], status: 'Closed' });
    addVersion(store, 'ERP', { name: 'Backlog 2019', archived: true });
    const { findings, requests } = await look(flavour, {
      store,
      settings: {
        jql: 'component is EMPTY',
        inProgress: ['in p*'],
        closeAs: { resolutions: ['Nope', 'won’t do'], statuses: ['Nope', 'done'], fields: { duedate: null } },
      },
      names: { labels: ['pinned', 'security'], types: ['bug', 'S*'], priorities: ['highest'], targets: ['backlog*', '2.0'] },
    });
    expect([...wrong(findings), ...of(findings, 'note')]).toEqual([]);
    expect(of(findings, 'ok')).toEqual(
      expect.arrayContaining([
        'All issue types that a policy names exist.',
        'All versions that targets.parked names exist.',
        'All priorities that keep or a policy names exist.',
        'All labels that keep or a policy names are in use.',
        'Jira understands jql.',
        'Statuses for closed bugs: done.',
        'Resolutions for closed bugs: won’t do.',
      ]),
    );
    const search = flavour === 'cloud' ? '/search/jql' : '/search';
    expect(requests.toSorted()).toEqual(
      ['/field', '/mypermissions', '/priority', '/project/ERP', '/resolution', search, search, search, '/status'].toSorted(),
    );
  });
});

describe.each(FLAVOURS)('a project on %s', (flavour) => {
  test.each<[string, Partial<FakeProject>, object, Diagnosis['severity'], RegExp]>([
    [
      'that we cannot see',
      { permissions: { BROWSE_PROJECTS: false } },
      {},
      'credentials',
      /^ERP: there is no such project, or Lead.*> .*projects.*Browse Projects/,
    ],
    ['that is archived', { archived: true }, {}, 'config', /^ERP is archived.*> Take it out of projects/],
    [
      'where we may not close',
      { permissions: { ADD_COMMENTS: false, EDIT_ISSUES: false } },
      {},
      'note',
      /^ERP: Lead Example lacks Add Comments and Edit Issues\. Dry runs need no more.*> .*ask an administrator of ERP to grant Lead Example Add Comments and Edit Issues/,
    ],
    [
      'where we may not resolve',
      { permissions: { RESOLVE_ISSUES: false } },
      {},
      'note',
      /lacks Resolve Issues, without which many workflows.*> .*Resolve Issues/,
    ],
    [
      'without versions',
      { versions: [] },
      {},
      'note',
      /^ERP: there is not a single version, so .* undecided.*> .*targets\.treat\.unplanned: untargeted/,
    ],
    [
      'without bugs',
      { issueTypes: ['Task', 'Story'] },
      {},
      'config',
      /^ERP: no issue type is called "Bug".*> .*There are: Task, Story\./,
    ],
    [
      'of a service desk',
      { type: 'service_desk' },
      {},
      'note',
      /^ERP is a service project.*nothing in it will be closed.*> .*serviceDesk: internal or public/,
    ],
    [
      'of a service desk, internally',
      { type: 'service_desk' },
      { serviceDesk: 'internal' },
      'note',
      /stay internal.*> .*serviceDesk: public/,
    ],
    [
      'of a service desk, publicly',
      { type: 'service_desk' },
      { serviceDesk: 'public' },
      'note',
      /mailed to the customer.*> .*serviceDesk: internal/,
    ],
  ])('%s', async (_, change, settings, severity, expected) => {
    const { findings, problems } = await look(flavour, { store: changed(change), settings });
    expect(of(findings, severity)).toEqual([expect.stringMatching(expected)]);
    expect(wrong(findings)).toHaveLength(severity === 'note' ? 0 : 1);
    expect(problems).toEqual([]);
  });

  test('where we may not close is not said to be one for closing', async () => {
    const { findings } = await look(flavour, { store: changed({ permissions: { TRANSITION_ISSUES: false } }) });
    expect(of(findings, 'ok').join()).not.toContain('may close');
  });

  test('whose issues are hidden although it is not', async () => {
    const body = { permissions: { BROWSE_PROJECTS: { havePermission: false } } };
    const { findings } = await look(flavour, { fault: faultAt('/mypermissions', { status: 200, body }) });
    expect(wrong(findings)).toEqual([expect.stringMatching(/lacks Browse Projects, so its bugs cannot be read\. > Use another/)]);
  });

  test('that does not tell its versions is asked for them', async () => {
    const body = { id: '1', key: 'ERP', issueTypes: [{ id: '10004', name: 'Bug' }] };
    const { findings, requests } = await look(flavour, {
      fault: faultAt('/project/ERP', { status: 200, body }),
      names: { targets: ['2.0'] },
    });
    expect(of(findings, 'ok')[1]).toContain('ERP: 2 versions (1 unreleased)');
    expect(requests).toContain('/project/ERP/versions');
    expect(wrong(findings)).toEqual([]);
  });

  test('that tells nothing of its types is not said to have none', async () => {
    const body = { id: '1', key: 'ERP', versions: [{ name: '1', released: false }] };
    const fault = faultAt('/project/ERP', { status: 200, body });
    const { findings } = await look(flavour, { store: erpWithBug(), fault, settings: { jql: 'votes < 5' } });
    expect(wrong(findings)).toEqual([]);
    expect(of(findings, 'ok')).toContain('Jira understands jql.');
  });

  test('one of several that cannot be seen leaves the others to be looked at, and doubts about names', async () => {
    const settings = { projects: ['NOPE', 'ERP'], bugs: { types: ['Bug', 'Defect'] } };
    const { findings } = await look(flavour, { settings, names: { types: ['Feature'], targets: ['Later'] } });
    expect(wrong(findings)).toEqual([expect.stringMatching(/^NOPE: there is no such project/)]);
    expect(of(findings, 'ok').join()).toContain('ERP: 2 versions');
    const doubts = of(findings, 'note');
    expect(doubts).toEqual([
      expect.stringContaining('no issue type "Feature" (a policy), but not all projects could be read.'),
      expect.stringContaining('no version "Later" (targets.parked), but not all projects could be read.'),
    ]);
  });

  test('all are looked at, and a name needs to be in one of them only', async () => {
    const store = erp();
    addProject(store, { key: 'LIB', issueTypes: ['Task'] });
    addVersion(store, 'LIB', { name: 'Later' });
    const settings = { projects: ['ERP', 'LIB'], bugs: { types: ['Bug', 'Defect'] } };
    const { findings } = await look(flavour, { store, settings, names: { targets: ['later', '2.*'], types: ['story', 'task'] } });
    expect(wrong(findings)).toEqual([
      expect.stringMatching(/^LIB: no issue type is called "Bug" or "Defect".*There are: Task\./),
      expect.stringMatching(/^There is no issue type "Defect" \(bugs\).*Jira refuses the search/),
    ]);
  });
});

describe('on Cloud', () => {
  const teamManaged = (releasesEnabled: boolean) => changed({ style: 'next-gen', releasesEnabled });

  test('releases may be switched off', async () => {
    const { findings } = await look('cloud', { store: teamManaged(false) });
    expect(of(findings, 'note')).toEqual([expect.stringMatching(/^ERP: releases are switched off, so .* undecided/)]);
    expect(of((await look('cloud', { store: teamManaged(true) })).findings, 'note')).toEqual([]);
  });

  test('that may not be for us to see', async () => {
    const { findings } = await look('cloud', { store: teamManaged(true), fault: faultAt('/features', { status: 403 }) });
    expect(of(findings, 'note')).toEqual([
      expect.stringMatching(/^ERP: whether it plans releases could not be read.*> .*ask an administrator/),
    ]);
  });

  test('a token may have scopes', async () => {
    const { findings } = await look('cloud', { scopedToken: true });
    expect(of(findings, 'note')).toEqual([
      expect.stringMatching(/^The API token has scopes.*> .*read:jira-work.*write:jira-work/),
    ]);
    expect(of((await look('cloud')).findings, 'note')).toEqual([]);
  });
});

describe.each(FLAVOURS)('closing on %s', (flavour) => {
  test.each<[string, object, Diagnosis['severity'], RegExp]>([
    [
      'as a status that is not done',
      { statuses: ['Reopened'] },
      'config',
      /^No status of the category Done is called "Reopened" \(closeAs\.statuses\).*> .*done statuses: .*Resolved/,
    ],
    [
      'as a status that does not exist',
      { statuses: ['Close Issue'] },
      'note',
      /^No status .* "Close Issue".*> Right if it is the name of a transition.*Closed/,
    ],
    [
      'as a resolution that does not exist',
      { resolutions: ['Wontfix'] },
      'config',
      /^No resolution .* "Wontfix".*> .*There are: Fixed, Won't Fix,/,
    ],
    [
      'with a field that is named by its name',
      { fields: { 'Due date': '2026-12-24' } },
      'config',
      /^There is no field with the id "Due date".*> .*It is meant by duedate\./,
    ],
    [
      'with a field that does not exist',
      { fields: { customfield_1: 'x' } },
      'config',
      /^There is no field with the id "customfield_1".*> Name fields by their id/,
    ],
  ])('%s', async (_, closeAs, severity, expected) => {
    const { findings } = await look(flavour, { settings: { closeAs } });
    expect(of(findings, severity)).toEqual([expect.stringMatching(expected)]);
    expect(wrong(findings)).toHaveLength(severity === 'note' ? 0 : 1);
  });

  test('on a site in another language is told about, but the defaults are no mistake', async () => {
    const { findings } = await look(flavour, { store: chinese(), settings: { bugs: { types: ['缺陷'] } } });
    expect(wrong(findings)).toEqual([]);
    expect(of(findings, 'note')).toEqual([
      expect.stringMatching(/^No resolution .* "Won't Do" or "Won't Fix".*There are: 已修复, 不修复\./),
      expect.stringMatching(/^No status .* "Closed" or "Done".*关闭/),
    ]);
  });

  test('as whatever transition there is needs no status', async () => {
    const { findings } = await look(flavour, { settings: { closeAs: { statuses: [] } } });
    expect(findings.map(({ message }) => message).join()).not.toContain('Status');
  });

  test('where there are no resolutions at all', async () => {
    const store = erp();
    store.resolutions = [];
    const { findings } = await look(flavour, { store });
    expect(of(findings, 'note')).toEqual([expect.stringContaining('There are: none.')]);
  });
});

describe.each(FLAVOURS)('a name on %s', (flavour) => {
  test.each<[string, object, Partial<NamesInUse>, Diagnosis['severity'], RegExp]>([
    [
      'of a type',
      {},
      { types: ['Bugg'] },
      'config',
      /^There is no issue type "Bugg" \(a policy\)\. > .*Nearest issue type: Bug\./,
    ],
    [
      'of a priority',
      {},
      { priorities: ['Hi'] },
      'config',
      /^There is no priority "Hi".*> .*Nearest priorities: High, Highest\./,
    ],
    [
      'of a parked target',
      {},
      { targets: ['Future*'] },
      'config',
      /^There is no version like "Future\*" \(targets\.parked\)\. > .*Existing versions: 1\.0 and 2\.0\./,
    ],
    [
      'of a target that may be a sprint',
      { targets: { sprint: true } },
      { targets: ['Someday'] },
      'note',
      /"Someday" \(targets\.parked\), but it may be another kind/,
    ],
    [
      'of a status',
      { inProgress: ['In Progres'] },
      {},
      'config',
      /^No status .* "In Progres" \(inProgress\)\. > .*Nearest status: In Progress\./,
    ],
    ['of one of several statuses', { inProgress: ['In Progress', 'Doing'] }, {}, 'note', /^No status .* "Doing" \(inProgress\)/],
    ['of a label', {}, { labels: ['pinend'] }, 'note', /^No issue in ERP has the label "pinend".*> Right if/],
    ['of a label with spaces', {}, { labels: ['in progress'] }, 'note', /^No issue can have the label "in progress".*no spaces/],
    ['of many labels', {}, { labels: ['area/*'] }, 'note', /^Labels like "area\/\*" .* were not looked for/],
    [
      'of a field of targets',
      { targets: { sprint: 'Iteration' } },
      {},
      'config',
      /targets names Iteration, which is no field.*> Name the field/,
    ],
  ])('%s', async (_, settings, names, severity, expected) => {
    const { findings } = await look(flavour, { settings, names });
    expect(of(findings, severity)).toEqual([expect.stringMatching(expected)]);
    expect(wrong(findings)).toHaveLength(severity === 'note' ? 0 : 1);
  });

  test('is told with five others at most', async () => {
    const store = erp();
    for (let index = 1; index < 20; index++) addVersion(store, 'ERP', { name: `Sometime ${index}` });
    const { findings } = await look(flavour, { store, names: { targets: ['Sometime'] } });
    expect(wrong(findings)[0]?.match(/Sometime \d+/g)).toHaveLength(5);
  });

  test('from the site is made harmless', async () => {
    const store = erp();
    addVersion(store, 'ERP', { name: 'Later\u001b[31m\nred' });
    const { findings } = await look(flavour, { store, names: { targets: ['Latter'] } });
    expect(wrong(findings)).toEqual([expect.stringContaining('Later [31m red')]);
  });
});

describe.each(FLAVOURS)("the user's condition on %s", (flavour) => {
  test.each<[string, string, RegExp]>([
    ['with a field that does not exist', 'colour = red', /^Jira does not understand jql: .*colour/],
    ['with a value that does not exist', 'fixVersion = "9.9"', /^Jira does not understand jql: .*9\.9/],
    ['that is none', 'component component', /^Jira does not understand jql: .* > Correct jql/],
  ])('%s is told in the words of Jira', async (_, jql, expected) => {
    const { findings, problems } = await look(flavour, { settings: { jql } });
    expect(wrong(findings)).toEqual([expect.stringMatching(expected)]);
    expect(problems).toEqual([]);
  });

  test('is asked within the bounds of the search, for one bug', async () => {
    const bodies: unknown[] = [];
    const fault = ({ path, body }: FakeRequest) => {
      if (path.includes('/search')) bodies.push(body);
      return undefined;
    };
    const settings = { jql: 'votes > 3 ORDER BY votes', bugs: { types: ['Bug', 'Defect'] } };
    const { findings } = await look(flavour, { settings, fault });
    expect(of(findings, 'ok')).toContain('Jira understands jql, but no open bug fits it.');
    expect(bodies).toEqual([
      {
        jql: 'project in ("ERP") AND issuetype in ("Bug") AND statusCategory != Done AND (votes > 3) ORDER BY created ASC, key ASC',
        fields: ['summary'],
        maxResults: 1,
      },
    ]);
  });

  test('is not blamed for types that do not exist', async () => {
    const settings = { jql: 'votes > 3', bugs: { types: ['Defect'] } };
    const { findings } = await look(flavour, { settings });
    expect(wrong(findings)).toEqual([expect.stringContaining('no issue type is called "Defect"')]);
  });
});

describe.each(FLAVOURS)('the rate limit on %s', (flavour) => {
  const body = [{ id: '6', name: 'Closed', statusCategory: { id: 3, key: 'done' } }];
  test.each<[string, Record<string, string>, Diagnosis['severity']]>([
    ['is told', { 'x-ratelimit-limit': '100', 'x-ratelimit-remaining': '99' }, 'ok'],
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

describe.each(FLAVOURS)('trouble on %s', (flavour) => {
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
