import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { addIssue, addProject, type JiraStore, person } from '../../../fakes/jira/index.js';
import { erp, FLAVOURS, NOW, open, refs, report, search, site } from './harness.js';
import { prune } from './prune-steps.js';

const SINCE = '2026-06-01T12:00:30Z';
const closed = (since = SINCE) => ({ state: 'closed', since }) as const;

/** A bug that was closed, and to which nothing has happened since. */
function addClosed(store: JiraStore, at: string, issue: Parameters<typeof addIssue>[1] = {}): string {
  return addIssue(store, { created: '2026-01-05T12:00:00Z', status: 'Closed', resolution: 'Fixed', updated: at, ...issue }).key;
}

describe.each(FLAVOURS)('the list of closed bugs on %s', (flavour) => {
  test('holds the done bugs of the projects that have changed since, oldest first, and nothing else', async () => {
    const store = erp();
    addProject(store, { key: 'OPS', versions: [] });
    addClosed(store, '2026-06-01T12:00:30Z', { created: '2026-03-01T00:00:00Z' });
    addClosed(store, '2026-07-01T00:00:00Z', { status: 'Resolved', resolution: null });
    addClosed(store, '2026-06-01T12:00:29Z');
    addClosed(store, '2026-07-01T00:00:00Z', { type: 'Story' });
    addClosed(store, '2026-07-01T00:00:00Z', { project: 'OPS' });
    addIssue(store, { updated: '2026-07-01T00:00:00Z', resolution: 'Fixed' });
    await using here = await site(flavour, { store });
    const found = await search(here, closed());
    expect(refs(found)).toEqual(['ERP-2', 'ERP-1']);
    expect(found.map(({ state, status }) => `${state} ${status}`)).toEqual(['closed Resolved', 'closed Closed']);
    expect(here.fake.violations).toEqual([]);
    expect(here.events).toEqual([{ type: 'read', count: 2 }]);
  });

  test('is narrowed like that of the open ones', async () => {
    const store = erp();
    addClosed(store, NOW, { labels: ['ui'] });
    addClosed(store, NOW, { labels: ['db'] });
    await using here = await site(flavour, { store, settings: { jql: 'labels = ui OR labels = none' } });
    expect(refs(await search(here, closed()))).toEqual(['ERP-1']);
  });

  test('gives with its histories what reading each of them gives', async () => {
    const store = erp();
    for (let count = 0; count < 3; count++) addIssue(store, { created: '2026-01-05T12:00:00Z' });
    for (let count = 0; count < 130; count++) person(store, 'alice', '2026-02-01T00:00:00Z').comment('ERP-3', `No. ${count}`);
    for (let count = 0; count < 130; count++) person(store, 'alice', '2026-02-01T00:00:00Z').rename('ERP-3', `No. ${count}`);
    addClosed(store, NOW);
    await using here = await site(flavour, { store });
    for (const ref of ['ERP-1', 'ERP-2', 'ERP-3']) await prune(here, ref);
    person(store, 'bob', '2026-11-22T11:00:00Z').reopen('ERP-2');
    person(store, 'bob', '2026-11-22T12:00:00Z').transition('ERP-2', 'Resolved', 'Fixed');
    const fresh = await open(here.fake.url, flavour);
    const bugs = await report(fresh, closed());
    expect(refs(bugs)).toEqual(['ERP-1', 'ERP-2', 'ERP-3', 'ERP-4']);
    const other = await open(here.fake.url, flavour);
    for (const bug of bugs) expect(bug).toEqual(await other.tracker.read(bug.ref, other.call));
    expect(bugs.map(({ history }) => history)).toEqual(['complete', 'complete', 'complete', 'complete']);
    expect(bugs.flatMap(({ events }) => events.flatMap(({ mark }) => mark?.run ?? []))).toEqual(['run-1', 'run-1', 'run-1']);
    expect(bugs.map(({ remarks, obstacle, closing }) => ({ remarks, obstacle, closing }))).toEqual(
      bugs.map(() => ({ remarks: [], obstacle: null, closing: null })),
    );
    expect(here.fake.violations).toEqual([]);
  });

  test('goes back to the beginning of time', async () => {
    const store = erp();
    addClosed(store, '2002-02-02T00:00:00Z');
    await using here = await site(flavour, { store });
    expect(refs(await search(here, closed('1970-01-01T00:00:00Z')))).toEqual(['ERP-1']);
  });

  test.each(['Pacific/Kiritimati', 'Asia/Kathmandu', 'UTC', 'America/New_York', 'Etc/GMT+12'])(
    'misses none and gives none too many to an account in %s',
    async (timeZone) => {
      const store = erp();
      for (const user of store.users) user.timeZone = timeZone;
      const base = Date.parse(SINCE);
      const changes = Array.from({ length: 60 }, (_, index) => base + (index - 30) * 3_541_000);
      for (const at of changes) addClosed(store, new Date(at).toISOString());
      await using here = await site(flavour, { store });
      const instant = (at: number) => new Date(at).toISOString().replace('.000Z', 'Z');
      await fc.assert(
        fc.asyncProperty(fc.integer({ min: -120_000, max: 120_000 }), async (seconds) => {
          const since = instant(base + seconds * 1000);
          const wanted = changes.filter((at) => instant(at) >= since).length;
          expect(await search(here, closed(since))).toHaveLength(wanted);
        }),
        { numRuns: 12, seed: 7 },
      );
    },
  );
});
