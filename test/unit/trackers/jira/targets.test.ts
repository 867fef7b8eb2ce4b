import { describe, expect, test } from 'vitest';
import { addIssue, addProject, addVersion, type FakeRequest, type JiraStore } from '../../../fakes/jira/index.js';
import { erp, erpWithBug, FLAVOURS, report, search, site } from './harness.js';

describe.each(FLAVOURS)('a project without releases on %s', (flavour) => {
  const targets = async (store: JiraStore, settings: object = {}) => {
    await using here = await site(flavour, { store, settings });
    const bugs = await search(here);
    expect(here.fake.violations).toEqual([]);
    return bugs.map((bug) => bug.targets);
  };
  const without = () => {
    const store = erpWithBug();
    for (const project of store.projects) project.versions = [];
    return store;
  };

  test('does not look as if nobody had planned anything', async () => {
    expect(await targets(without())).toEqual(['unplanned']);
  });
});

describe('releases of a team-managed project', () => {
  const teamManaged = (releasesEnabled: boolean) => {
    const store = erp();
    addProject(store, { key: 'TEAM', style: 'next-gen', releasesEnabled });
    addVersion(store, 'TEAM', { name: '1' });
    addIssue(store, { project: 'TEAM' });
    addIssue(store, { project: 'TEAM', fixVersions: ['1'] });
    return store;
  };
  const SETTINGS = { projects: ['TEAM'] };

  test.each([
    [true, [[], [{ name: '1', state: 'open' }]]],
    [false, ['unplanned', [{ name: '1', state: 'open' }]]],
  ])('switched on: %s', async (on, expected) => {
    await using here = await site('cloud', { store: teamManaged(on), settings: SETTINGS });
    expect((await search(here)).map(({ targets }) => targets)).toEqual(expected);
    expect(here.fake.violations).toEqual([]);
  });

  test('that cannot be asked about keep bugs open', async () => {
    await using here = await site('cloud', {
      store: teamManaged(true),
      settings: SETTINGS,
      fault: ({ path }) => (path.endsWith('/features') ? { status: 404 } : undefined),
    });
    expect((await search(here))[0]?.targets).toBe('unreadable');
  });
});

describe.each(FLAVOURS)('further targets on %s', (flavour) => {
  const targets = async (store: JiraStore, settings: object) => {
    await using here = await site(flavour, { store, settings: { targets: settings } });
    return (await report(here)).map((bug) => bug.targets);
  };

  test('are sprints, if wanted', async () => {
    const store = erpWithBug({
      sprints: [
        { id: 1, name: 'S 1', state: 'closed' },
        { id: 2, name: 'S 2', state: 'future' },
      ],
    });
    expect(await targets(store, {})).toEqual([[]]);
    const sprints = [
      { name: 'S 1', state: 'closed' },
      { name: 'S 2', state: 'open' },
    ];
    expect(await targets(store, { sprint: true })).toEqual([sprints]);
    expect(await targets(store, { sprint: 'sprint' })).toEqual([sprints]);
    await expect(targets(store, { sprint: 'Iteration' })).rejects.toThrow('Iteration, which is no field of this site');
  });

  test('are due dates, if wanted', async () => {
    const store = erpWithBug({ duedate: '2026-12-24' });
    addIssue(store, { duedate: '2026-11-20' });
    expect(await targets(store, { dueDate: true })).toEqual([
      [{ name: 'due 2026-12-24', state: 'open' }],
      [{ name: 'due 2026-11-20', state: 'closed' }],
    ]);
    expect(await targets(store, { dueDate: 'Due Date' })).toHaveLength(2);
  });

  test('are the versions of the parent, if wanted', async () => {
    const store = erp();
    addIssue(store, { type: 'Epic', fixVersions: ['2.0'] });
    addIssue(store, { parent: 'ERP-1' });
    addIssue(store, {});
    expect(await targets(store, { parent: true })).toEqual([[{ name: '2.0', state: 'open' }], []]);
    expect(await targets(store, {})).toEqual([[], []]);
  });

  test('of a parent that we may not see are unreadable', async () => {
    const store = erp();
    addIssue(store, { type: 'Epic' });
    addIssue(store, { parent: 'ERP-1' });
    const hidden = {
      status: 400,
      body: { errorMessages: ["An issue with key 'ERP-1' does not exist for field 'key'."], errors: {} },
    };
    const fault = ({ body }: FakeRequest) => (JSON.stringify(body ?? '').includes('key in') ? hidden : undefined);
    await using here = await site(flavour, { store, settings: { targets: { parent: true } }, fault });
    expect((await search(here)).map((bug) => bug.targets)).toEqual(['unreadable']);
  });
});
