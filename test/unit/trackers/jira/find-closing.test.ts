import { describe, expect, test } from 'vitest';
import type { Mark } from '../../../../src/model/bug.js';
import type { Receipt } from '../../../../src/trackers/tracker.js';
import { addIssue, issueNamed, type JiraStore, person, statusOf } from '../../../fakes/jira/index.js';
import { erpWithBug, FLAVOURS, MARK, open, type Site, site } from './harness.js';
import { done, prune, state, withWorkflow } from './prune-steps.js';

const LATER = '2026-11-22T10:00:00Z';
const ON_SCREEN = { screenFields: { resolution: {} } };
const REOPENABLE = () => withWorkflow(done({ to: 'Closed', ...ON_SCREEN }));

describe.each(FLAVOURS)('a closing that was found again on %s', (flavour) => {
  const find = async (here: Site, mark: Mark = MARK): Promise<Receipt | undefined> => {
    const { tracker, call } = await open(here.fake.url, flavour);
    return tracker.findClosing(await tracker.read('ERP-1', call), mark, call);
  };

  test.each<[string, () => JiraStore]>([
    ['in an ordinary workflow', REOPENABLE],
    ['without a resolution', () => withWorkflow(done({ to: 'Closed' }))],
    ['with the comment inside', () => withWorkflow(done({ to: 'Closed', ...ON_SCREEN, validators: [{ requires: 'comment' }] }))],
    [
      'from another status, with a resolution that was left there',
      () => {
        const store = REOPENABLE();
        person(store, 'bob', '2026-02-01T00:00:00Z').transition('ERP-1', 'In Progress', 'Fixed');
        return store;
      },
    ],
    [
      'with a resolution that was there before',
      () => {
        const store = withWorkflow(done({ to: 'Closed' }));
        person(store, 'bob', '2026-02-01T00:00:00Z').transition('ERP-1', 'In Progress', 'Fixed');
        return store;
      },
    ],
    [
      'after a long history',
      () => {
        const store = REOPENABLE();
        for (let count = 0; count < 130; count++) person(store, 'bob', '2026-02-01T00:00:00Z').rename('ERP-1', `No. ${count}`);
        return store;
      },
    ],
  ])('is the receipt that was given: %s', async (_, store) => {
    await using here = await site(flavour, { store: store() });
    const { close } = await prune(here);
    expect(await find(here)).toEqual({ ...close, recorded: close.recorded.replace(/ instead of .*/, '') });
    expect(here.fake.violations).toEqual([]);
  });

  test('costs nothing when the bug was just read', async () => {
    await using here = await site(flavour, { store: REOPENABLE() });
    await prune(here);
    const bug = await here.tracker.read('ERP-1', here.call);
    const before = here.fake.requests.length;
    expect(await here.tracker.findClosing(bug, MARK, here.call)).toBeDefined();
    expect(here.fake.requests).toHaveLength(before);
  });

  test('is found for a bug that was listed', async () => {
    await using here = await site(flavour, { store: REOPENABLE() });
    const { close } = await prune(here);
    const { tracker, call } = await open(here.fake.url, flavour);
    for await (const listed of tracker.search({ state: 'closed', since: '2026-11-01T00:00:00Z' }, call)) {
      const [bug] = await tracker.loadHistory([listed], call);
      expect(bug && (await tracker.findClosing(bug, MARK, call))).toEqual(close);
    }
  });

  test('is found although the bug was read before it was closed', async () => {
    await using here = await site(flavour, { store: REOPENABLE(), now: () => LATER });
    const early = await open(here.fake.url, flavour);
    await early.tracker.read('ERP-1', early.call);
    const { close } = await prune(here);
    const closed = await here.tracker.read('ERP-1', here.call);
    expect(await early.tracker.findClosing(closed, MARK, early.call)).toEqual(close);
  });

  test('knows statuses by their ids, whatever they are called today', async () => {
    await using here = await site(flavour, { store: REOPENABLE() });
    const { close } = await prune(here);
    for (const [was, is] of [
      ['Closed', 'Abgeschlossen'],
      ['Open', 'Offen'],
    ] as const) {
      for (const status of here.store.statuses) if (status.name === was) status.name = is;
      for (const project of here.store.projects) for (const way of project.workflows['*'] ?? []) if (way.to === was) way.to = is;
    }
    const found = await find(here);
    expect(found?.detail).toEqual(close.detail);
    if (found) await here.tracker.revert(found, here.call);
    expect(state(here.store)).toBe('Offen, null, 1 comments');
  });

  test('that somebody moved on to another done status is not taken back', async () => {
    await using here = await site(flavour, { store: REOPENABLE() });
    const { close } = await prune(here);
    person(here.store, 'bob', LATER).transition('ERP-1', 'Resolved', 'Fixed');
    const found = await find(here);
    expect(found).toEqual(close);
    await expect(here.tracker.revert(found ?? close, here.call)).rejects.toMatchObject({
      kind: 'conflict',
      message: 'ERP-1 is Resolved now, not Closed as we left it.',
    });
    expect(state(here.store)).toBe('Resolved, Fixed, 1 comments');
  });

  test('remembers the resolution from before, although somebody has given it another since', async () => {
    await using here = await site(flavour, { store: withWorkflow(done({ to: 'Closed' })) });
    const { close } = await prune(here);
    person(here.store, 'bob', LATER).transition('ERP-1', 'Closed', 'Duplicate');
    expect(await find(here)).toEqual(close);
    expect(close.detail.resolution).toBeNull();
  });

  test('from a status that is no more leads nowhere', async () => {
    await using here = await site(flavour, { store: REOPENABLE() });
    await prune(here);
    for (const { items } of issueNamed(here.store, 'ERP-1').histories) {
      for (const item of items) if (item.field === 'status') Object.assign(item, { from: '99', fromString: 'Triage' });
    }
    const found = await find(here);
    expect(found?.detail.from).toEqual({ id: '99', name: 'Triage', category: null });
    expect(found).toBeDefined();
    if (found) await expect(here.tracker.revert(found, here.call)).rejects.toThrow('no way back to Triage');
  });

  test('of which nobody knows what was before is told', async () => {
    await using here = await site(flavour, { store: REOPENABLE() });
    await prune(here);
    for (const { items } of issueNamed(here.store, 'ERP-1').histories) {
      for (const item of items) if (item.field === 'status') Object.assign(item, { from: null, fromString: null });
    }
    await expect(find(here)).rejects.toMatchObject({
      kind: 'conflict',
      message: expect.stringContaining('its history does not say from which status'),
      hint: expect.stringContaining('/browse/ERP-1'),
    });
  });

  test('is not looked for in a history that is not whole', async () => {
    await using here = await site(flavour, { store: REOPENABLE() });
    await prune(here);
    const bug = await here.tracker.read('ERP-1', here.call);
    const looked = here.tracker.findClosing({ ...bug, history: 'partial' }, MARK, here.call);
    await expect(looked).rejects.toMatchObject({ kind: 'conflict', message: expect.stringContaining('could not be read whole') });
  });

  test.each<[string, (store: JiraStore) => void]>([
    ['is open', () => undefined],
    ['a person has closed', (store) => person(store, 'bob', LATER).transition('ERP-1', 'Closed', 'Fixed')],
    [
      'was closed once more',
      (store) => {
        person(store, 'lead', LATER).transition('ERP-1', 'Closed', 'Fixed');
        person(store, 'bob', LATER).reopen('ERP-1', 'Open');
        person(store, 'lead', LATER).transition('ERP-1', 'Closed', 'Fixed');
      },
    ],
  ])('is none of a bug that %s', async (_, act) => {
    await using here = await site(flavour, { store: REOPENABLE() });
    await here.tracker.comment(await here.tracker.read('ERP-1', here.call), 'We close it.', MARK, here.call);
    act(here.store);
    expect(await find(here)).toBeUndefined();
  });

  test('is none of another run, nor of a bug that was closed without our comment', async () => {
    await using here = await site(flavour, { store: REOPENABLE() });
    await prune(here);
    expect(await find(here, { ...MARK, run: 'run-2' })).toBeUndefined();
    expect(await find(here, { ...MARK, action: 'warn' })).toBeUndefined();
    addIssue(here.store, {});
    person(here.store, 'lead', LATER).transition('ERP-2', 'Closed', "Won't Do");
    const bug = await here.tracker.read('ERP-2', here.call);
    expect(await here.tracker.findClosing(bug, MARK, here.call)).toBeUndefined();
  });

  test('is what closing it again gives', async () => {
    await using here = await site(flavour, { store: REOPENABLE() });
    const { bug, close } = await prune(here);
    expect(await here.tracker.close(bug, MARK, here.call)).toEqual(close);
    expect(issueNamed(here.store, 'ERP-1').histories).toHaveLength(1);
  });

  test('does not make what a person has closed ours', async () => {
    await using here = await site(flavour, { store: erpWithBug() });
    const bug = await here.tracker.read('ERP-1', here.call);
    await here.tracker.comment(bug, 'We close it.', MARK, here.call);
    person(here.store, 'bob', LATER).transition('ERP-1', 'Closed', 'Fixed');
    const { tracker, call } = await open(here.fake.url, flavour);
    await expect(tracker.close(bug, MARK, call)).rejects.toMatchObject({ kind: 'conflict' });
    expect(statusOf(here.store, 'ERP-1').name).toBe('Closed');
  });
});
