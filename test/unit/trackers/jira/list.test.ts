import { describe, expect, test } from 'vitest';
import { addIssue, addProject, type JiraStore, person } from '../../../fakes/jira/index.js';
import { erp, erpWithBug, FLAVOURS, OLD, refs, search, site } from './harness.js';

describe.each(FLAVOURS)('the list on %s', (flavour) => {
  test('holds open bugs of the projects, oldest first, each once, and nothing else', async () => {
    const store = erp();
    addProject(store, { key: 'OPS', versions: [] });
    addIssue(store, { created: '2026-03-01T00:00:00Z' });
    addIssue(store, { created: OLD });
    addIssue(store, { type: 'Story' });
    addIssue(store, { status: 'Closed', resolution: 'Fixed' });
    addIssue(store, { project: 'OPS' });
    await using here = await site(flavour, { store });
    expect(refs(await search(here))).toEqual(['ERP-2', 'ERP-1']);
    expect(here.fake.violations).toEqual([]);
    expect(here.events).toEqual([{ type: 'read', count: 2 }]);
  });

  test('is paged to its end', async () => {
    const store = erp();
    for (let count = 0; count < 23; count++) addIssue(store, { created: Date.parse(OLD) + count * 60_000 });
    await using here = await site(flavour, { store, pageSize: 5 });
    expect(refs(await search(here))).toEqual(Array.from({ length: 23 }, (_, index) => `ERP-${index + 1}`));
    expect(here.fake.requests.filter(({ path }) => path.includes('/search'))).toHaveLength(5);
  });

  test('loses nothing when bugs are closed while it is read', async () => {
    const store = erp();
    for (let count = 0; count < 12; count++) addIssue(store, { created: Date.parse(OLD) + count * 60_000 });
    await using here = await site(flavour, { store, pageSize: 4 });
    const found: string[] = [];
    for await (const { ref } of here.tracker.search({ state: 'open' }, here.call)) {
      found.push(ref);
      if (ref === 'ERP-4') for (const key of ['ERP-1', 'ERP-2']) person(store, 'bob').transition(key, 'Closed', 'Fixed');
    }
    expect(found.toSorted()).toEqual(Array.from({ length: 12 }, (_, index) => `ERP-${index + 1}`).toSorted());
  });

  test('looks at every hit again: an index may lag behind', async () => {
    const store = erpWithBug();
    const project = store.projects[0]?.id;
    const issues = [
      row('1', 'Story', 2, project),
      row('2', 'Bug', 3, project),
      row('3', 'Bug', 2, '404'),
      row('4', 'Bug', 2, project),
    ];
    const stale = { status: 200, body: { total: 4, maxResults: 100, isLast: true, issues } };
    await using here = await site(flavour, { store, fault: ({ path }) => (path.includes('/search') ? stale : undefined) });
    expect(refs(await search(here))).toEqual(['ERP-4']);
  });

  test('takes what cannot be understood for a problem, and goes on', async () => {
    const store = erpWithBug();
    const project = store.projects[0]?.id ?? '';
    const odd = {
      status: 200,
      body: { total: 2, maxResults: 100, isLast: true, issues: [{ id: '7' }, row('8', 'Bug', 2, project)] },
    };
    await using here = await site(flavour, { store, fault: ({ path }) => (path.includes('/search') ? odd : undefined) });
    expect(refs(await search(here))).toEqual(['ERP-8']);
    expect(here.events[0]).toMatchObject({ type: 'problem', error: { kind: 'unexpected' } });
  });

  test('can be narrowed, and not widened', async () => {
    const store = erp();
    addIssue(store, { labels: ['ui'] });
    addIssue(store, { labels: ['db'] });
    addIssue(store, { labels: ['ui'], status: 'Closed' });
    await using here = await site(flavour, { store, settings: { jql: 'labels = ui OR labels = none ORDER BY key DESC' } });
    expect(refs(await search(here))).toEqual(['ERP-1']);
    await expect(site(flavour, { store, settings: { jql: 'labels = ui) OR (labels = db' } })).rejects.toThrow(
      'closes a parenthesis',
    );
  });

  test('explains a condition that Jira does not understand', async () => {
    await using here = await site(flavour, { store: erpWithBug(), settings: { jql: 'colour = red' } });
    await expect(search(here)).rejects.toMatchObject({ kind: 'validation', message: expect.stringContaining('colour') });
  });

  test('of a type that does not exist is an error, not an empty list', async () => {
    await using here = await site(flavour, { store: erpWithBug(), settings: { bugs: { types: ['Defect'] } } });
    await expect(search(here)).rejects.toMatchObject({ kind: 'validation', hint: expect.stringContaining('Bug, Task') });
  });

  test('leaves out a project that we may not see, and says so', async () => {
    await using here = await site(flavour, { store: erpWithBug(), settings: { projects: ['SECRET', 'ERP'] } });
    expect(refs(await search(here))).toEqual(['ERP-1']);
    expect(here.events[0]).toMatchObject({ type: 'problem', error: { kind: 'not-found' } });
    await using none = await site(flavour, { store: erpWithBug(), settings: { projects: ['SECRET'] } });
    await expect(search(none)).rejects.toMatchObject({ kind: 'not-found', code: 'credentials' });
  });
});

const row = (id: string, type: string, category: number, project = '1') => ({
  id,
  key: `ERP-${id}`,
  fields: {
    summary: 'x',
    status: { id: '1', name: 'S', statusCategory: { id: category } },
    issuetype: { id: `t${type}`, name: type },
    project: { id: project, key: 'ERP' },
    created: OLD,
    updated: OLD,
  },
});

describe('the list on Cloud', () => {
  const pages = (...answers: object[]) => {
    let count = 0;
    return ({ path }: { path: string }) =>
      path.endsWith('/search/jql') ? { status: 200, body: answers[Math.min(count++, answers.length - 1)] } : undefined;
  };
  const numbered = (store: JiraStore, ...ids: string[]) => ids.map((id) => row(id, 'Bug', 2, store.projects[0]?.id));

  test('goes on after an empty page, and skips what it has seen', async () => {
    const store = erpWithBug();
    const fault = pages(
      { issues: numbered(store, '1', '2'), nextPageToken: 'a+/==' },
      { issues: [], nextPageToken: 'b' },
      { issues: numbered(store, '2', '3'), nextPageToken: 'c', isLast: true },
      { issues: numbered(store, '4') },
    );
    await using here = await site('cloud', { store, fault });
    expect(refs(await search(here))).toEqual(['ERP-1', 'ERP-2', 'ERP-3', 'ERP-4']);
    expect(here.events.filter(({ type }) => type === 'problem')).toEqual([]);
    expect(
      here.fake.requests.flatMap(({ body, path }) =>
        path.endsWith('/jql') ? [(body as { nextPageToken?: string }).nextPageToken] : [],
      ),
    ).toEqual([undefined, 'a+/==', 'b', 'c']);
  });

  test('stops at a token that repeats itself, and says that something may be missing', async () => {
    const store = erpWithBug();
    await using here = await site('cloud', { store, fault: pages({ issues: numbered(store, '1'), nextPageToken: 'same' }) });
    expect(refs(await search(here))).toEqual(['ERP-1']);
    expect(here.events.at(-1)).toMatchObject({ type: 'problem', error: { message: expect.stringContaining('repeats itself') } });
  });

  test('stops at pages that bring nothing new', async () => {
    const store = erpWithBug();
    let count = 0;
    const fault = ({ path }: { path: string }) =>
      path.endsWith('/jql') ? { status: 200, body: { issues: numbered(store, '1'), nextPageToken: `t${count++}` } } : undefined;
    await using here = await site('cloud', { store, fault });
    expect(refs(await search(here))).toEqual(['ERP-1']);
    expect(count).toBe(11);
    expect(here.events.at(-1)).toMatchObject({ type: 'problem' });
  });
});

test('what Data Center warns of is a problem: the list may be incomplete', async () => {
  const warned = {
    status: 200,
    body: { total: 0, maxResults: 100, issues: [], warningMessages: ['The value X does not exist.'] },
  };
  await using here = await site('datacenter', {
    store: erpWithBug(),
    fault: ({ path }) => (path.endsWith('/search') ? warned : undefined),
  });
  expect(await search(here)).toEqual([]);
  expect(here.events[0]).toMatchObject({ type: 'problem', error: { message: 'The value X does not exist.' } });
});
