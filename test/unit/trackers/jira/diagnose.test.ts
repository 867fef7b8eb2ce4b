import { describe, expect, test } from 'vitest';
import type { Diagnosis } from '../../../../src/trackers/tracker.js';
import { addIssue, addProject, addVersion, type FakeProject, type FakeRequest, type Fault } from '../../../fakes/jira/index.js';
import { changed, faultAt, look, of, wrong } from './diagnosis.js';
import { erp, erpWithBug, FLAVOURS } from './harness.js';

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

  test('has all its versions counted, and those that are ahead', async () => {
    const store = changed({ issueTypes: ['Task'] });
    addVersion(store, 'ERP', { name: '0.9', archived: true });
    addVersion(store, 'ERP', { name: '3.0' });
    addVersion(store, 'ERP', { name: '4.0' });
    const { findings } = await look(flavour, { store });
    expect(of(findings, 'ok')[1]).toBe('ERP: 5 versions (3 unreleased). We may close bugs.');
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

test('a server behind a proxy that lets nobody ask has no version', async () => {
  const fault = ({ headers }: FakeRequest): Fault | undefined => (headers.authorization ? undefined : { status: 401 });
  const { findings } = await look('datacenter', { fault });
  expect(of(findings, 'ok')[0]).toMatch(/^127\.0\.0\.1:\d+ is Jira Data Center\.$/);
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
