import { describe, expect, test } from 'vitest';
import { lastHumanActivity, reopenedByPeople, untargetedSince } from '../../../../src/model/history.js';
import {
  addComment,
  addIssue,
  addLink,
  addProject,
  addUser,
  addVersion,
  type FakeRequest,
  type JiraStore,
  person,
} from '../../../fakes/jira/index.js';
import { erp, erpWithBug, FLAVOURS, OLD, refs, report, search, site } from './harness.js';

describe.each(FLAVOURS)('a bug on %s', (flavour) => {
  const one = async (store: JiraStore, settings: object = {}) => {
    await using here = await site(flavour, { store, settings });
    const [bug] = await report(here);
    expect(here.fake.violations).toEqual([]);
    if (!bug) throw new Error('no bug');
    return bug;
  };

  test('has all that is known', async () => {
    const store = erpWithBug({
      labels: ['ui', 'db'],
      priority: 'High',
      assignee: 'bob',
      votes: 12,
      fixVersions: ['2.0'],
      status: 'In Progress',
      security: 'Secret',
    });
    addIssue(store, { type: 'Story' });
    addIssue(store, { type: 'Story', status: 'Closed' });
    addLink(store, 'ERP-1', 'blocks', 'ERP-2');
    addLink(store, 'ERP-1', 'blocks', 'ERP-3');
    addLink(store, 'ERP-2', 'relates', 'ERP-1');
    addIssue(store, { type: 'Sub-task', parent: 'ERP-1' });
    expect(await one(store)).toMatchObject({
      tracker: 'erp',
      ref: 'ERP-1',
      title: 'Something is broken in ERP-1',
      state: 'open',
      status: 'In Progress',
      inProgress: true,
      createdAt: OLD,
      author: { name: 'Alice Example', kind: 'human' },
      type: 'Bug',
      labels: ['ui', 'db'],
      priority: 'High',
      assignees: [{ name: 'Bob Example' }],
      targets: [{ name: '2.0', state: 'open' }],
      votes: 12,
      comments: 0,
      linkedWork: [
        { kind: 'child', name: 'ERP-4' },
        { kind: 'blocks', name: 'ERP-2' },
      ],
      confidential: true,
      history: 'complete',
    });
  });

  test('is in progress by the names of the settings, if these say so', async () => {
    const store = erpWithBug({ status: 'In Progress' });
    expect((await one(store, { inProgress: ['Reopened'] })).inProgress).toBe(false);
    expect((await one(store, { inProgress: ['in *'] })).inProgress).toBe(true);
  });

  test('has slipped with released and archived versions', async () => {
    const store = erp();
    addVersion(store, 'ERP', { name: 'old', archived: true });
    addIssue(store, { fixVersions: ['1.0', 'old', '2.0'] });
    expect((await one(store)).targets).toEqual([
      { name: '1.0', state: 'closed' },
      { name: '2.0', state: 'open' },
      { name: 'old', state: 'closed' },
    ]);
  });

  test('has a history of people, apps and ourselves', async () => {
    const store = erpWithBug();
    const bob = person(store, 'bob', '2026-02-01T00:00:00Z');
    bob.comment('ERP-1');
    bob.setFixVersions('ERP-1', ['2.0']);
    person(store, 'bob', '2026-03-01T00:00:00Z').setFixVersions('ERP-1', []);
    person(store, 'bob', '2026-03-02T00:00:00Z').transition('ERP-1', 'Closed', 'Fixed');
    person(store, 'bob', '2026-04-01T00:00:00Z').reopen('ERP-1');
    person(store, 'automation', '2026-05-01T00:00:00Z').label('ERP-1', 'stale');
    person(store, 'lead', '2026-06-01T00:00:00Z').rename('ERP-1', 'New title');
    const bug = await one(store);
    expect(bug.events.map(({ at, kind, actor, value }) => `${at.slice(0, 10)} ${kind} ${actor?.name} ${value ?? ''}`)).toEqual([
      '2026-02-01 commented Bob Example ',
      '2026-02-01 targeted Bob Example 2.0',
      '2026-03-01 untargeted Bob Example 2.0',
      '2026-03-02 edited Bob Example resolution',
      '2026-03-02 moved Bob Example Closed',
      '2026-03-02 closed Bob Example Fixed',
      '2026-04-01 edited Bob Example resolution',
      '2026-04-01 moved Bob Example Reopened',
      '2026-04-01 reopened Bob Example Reopened',
      '2026-05-01 labeled Automation for Jira stale',
      '2026-06-01 renamed Lead Example New title',
    ]);
    expect(untargetedSince(bug)).toBe('2026-04-01T00:00:00Z');
    expect(bug.events.at(-1)?.actor?.self).toBe(true);
    expect(bug.events.at(-2)?.actor?.kind).toBe(flavour === 'cloud' ? 'bot' : 'human');
    expect(lastHumanActivity(bug)).toBe('2026-06-01T00:00:00Z');
  });

  test('has all of a long history, and all of many comments', async () => {
    const store = erpWithBug();
    for (let count = 0; count < 130; count++) {
      const bob = person(store, 'bob', Date.parse(OLD) + (count + 1) * 60_000);
      bob.label('ERP-1', `l${count}`);
      bob.comment('ERP-1');
    }
    const bug = await one(store);
    expect(bug.history).toBe('complete');
    expect(bug.comments).toBe(130);
    expect(bug.events.filter(({ kind }) => kind === 'labeled')).toHaveLength(130);
    expect(bug.events.filter(({ kind }) => kind === 'commented')).toHaveLength(130);
    await using here = await site(flavour, { store });
    expect((await here.tracker.read('ERP-1', here.call)).events).toEqual(bug.events);
  });

  test('has its history whole, however the pages are cut', async () => {
    const store = erp();
    for (let count = 0; count < 7; count++) {
      const { key } = addIssue(store, { created: OLD });
      for (let change = 0; change < 5; change++)
        person(store, 'bob', Date.parse(OLD) + change * 3_600_000 + count).label(key, `l${change}`);
    }
    await using whole = await site(flavour, { store });
    await using cut = await site(flavour, { store, pageSize: 3 });
    const strip = (bugs: Awaited<ReturnType<typeof report>>) =>
      bugs.map(({ ref, events, history }) => ({ ref, events, history }));
    expect(strip(await report(cut))).toEqual(strip(await report(whole)));
  });

  test('opened by a deleted account has no author', async () => {
    expect((await one(erpWithBug({ reporter: null, creator: null }))).author).toBeNull();
  });

  test('of another type, read by its key, says that it is no bug', async () => {
    const store = erp();
    addIssue(store, { type: 'Story' });
    await using here = await site(flavour, { store });
    expect((await here.tracker.read('ERP-1', here.call)).obstacle).toBe('it is a Story, not a bug');
  });

  test('of a project whose key was changed in other letters is found', async () => {
    await using here = await site(flavour, { store: erpWithBug(), settings: { projects: ['erp'] } });
    expect(refs(await search(here))).toEqual(['ERP-1']);
    expect((await here.tracker.read('erp-1', here.call)).ref).toBe('ERP-1');
  });

  test('that was moved is gone under its old key', async () => {
    const store = erpWithBug();
    addProject(store, { key: 'OPS' });
    person(store, 'bob').move('ERP-1', 'OPS');
    await using here = await site(flavour, { store });
    await expect(here.tracker.read('ERP-1', here.call)).rejects.toMatchObject({
      kind: 'gone',
      message: expect.stringContaining('OPS-1'),
    });
  });

  test('that was deleted is not found, and what is no key is not asked for', async () => {
    const store = erpWithBug();
    person(store, 'bob').delete('ERP-1');
    await using here = await site(flavour, { store });
    await expect(here.tracker.read('ERP-1', here.call)).rejects.toMatchObject({ kind: 'not-found' });
    const before = here.fake.requests.length;
    for (const ref of ['ERP-1/../ERP-2', 'ERP-1#x', 'acme/app#12', '10001', '']) {
      await expect(here.tracker.read(ref, here.call)).rejects.toMatchObject({ kind: 'not-found' });
    }
    expect(here.fake.requests).toHaveLength(before);
  });

  test('that cannot be asked how it would be closed is not closed', async () => {
    const fault = ({ path }: FakeRequest) => (path.endsWith('/transitions') ? { status: 404, body: {} } : undefined);
    await using here = await site(flavour, { store: erpWithBug(), fault });
    expect((await report(here))[0]?.obstacle).toContain('how it could be closed could not be found out');
  });

  test('whose history cannot be read is partial, and the others are not', async () => {
    const store = erpWithBug();
    addIssue(store, {});
    for (let count = 0; count < 30; count++) addComment(store, 'ERP-2');
    const id = store.keys.get('ERP-2');
    const broken = flavour === 'cloud' ? `/issue/${id}/comment` : `/issue/${id}`;
    await using here = await site(flavour, {
      store,
      fault: ({ path }) => (path.endsWith(broken) ? { status: 404, body: {} } : undefined),
    });
    expect((await report(here)).map(({ ref, history }) => `${ref} ${history}`)).toEqual(['ERP-1 complete', 'ERP-2 partial']);
    expect(here.events.at(-1)).toMatchObject({ type: 'problem', error: { kind: 'not-found' } });
  });

  test('knows that it was closed by us and reopened by a person, whatever account closed it', async () => {
    const store = erpWithBug();
    addUser(store, { name: 'robot' });
    const { id } = addComment(store, 'ERP-1', { author: 'robot', body: 'We close it.', at: '2026-05-01T00:00:00Z' });
    const mark = { run: 'r', action: 'close', policy: 'p', at: '2026-05-01T00:00:00Z', comment: id };
    store.issues.get(store.keys.get('ERP-1') ?? '')?.properties.set('bugprune', [mark]);
    person(store, 'robot', '2026-05-01T00:00:01Z').transition('ERP-1', 'Closed', "Won't Fix");
    person(store, 'bob', '2026-06-01T00:00:00Z').reopen('ERP-1');
    expect(reopenedByPeople(await one(store))).toEqual(['2026-06-01T00:00:00Z']);
  });
});
