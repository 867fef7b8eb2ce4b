import { describe, expect, test } from 'vitest';
import { isOurs } from '../../../../src/model/history.js';
import type { Receipt } from '../../../../src/trackers/tracker.js';
import { type FakeRequest, issueNamed, person, statusOf } from '../../../fakes/jira/index.js';
import { erpWithBug, FLAVOURS, site } from './harness.js';
import { done, prune, state, withWorkflow, writes } from './prune-steps.js';

const LATER = '2026-11-22T10:00:00Z';

describe.each(FLAVOURS)('taking back on %s', (flavour) => {
  const REOPENABLE = [done({ to: 'Closed', screenFields: { resolution: {} } })];

  test('sends the bug back to the status it had, without the resolution, and says so in the comment', async () => {
    await using here = await site(flavour, { store: withWorkflow(...REOPENABLE) });
    const { close, comment } = await prune(here);
    await here.tracker.revert(close, here.call);
    await here.tracker.revert(comment, here.call);
    expect(state(here.store)).toBe('Open, null, 1 comments');
    const body = JSON.stringify(issueNamed(here.store, 'ERP-1').comments[0]?.body);
    expect(body).toMatch(/This was taken back. What follows no longer holds.*No target release for 321 days/);
    const bug = await here.tracker.read('ERP-1', here.call);
    expect(bug.events.filter(isOurs).map(({ mark }) => mark?.action)).toEqual(['undo']);
    expect(here.fake.violations).toEqual([]);
  });

  test('does nothing the second time', async () => {
    await using here = await site(flavour, { store: withWorkflow(...REOPENABLE) });
    const { close, comment } = await prune(here);
    for (const receipt of [close, comment, close, comment])
      await here.tracker.revert(JSON.parse(JSON.stringify(receipt)), here.call);
    expect(JSON.stringify(issueNamed(here.store, 'ERP-1').comments).match(/taken back/g)).toHaveLength(1);
    expect(here.fake.violations).toEqual([]);
  });

  test('goes to a status of the same category where the workflow has no way to the very same', async () => {
    await using here = await site(flavour, { store: erpWithBug() });
    await here.tracker.revert((await prune(here)).close, here.call);
    expect(state(here.store)).toBe('Reopened, null, 1 comments');
  });

  test('says so where the workflow has no way back', async () => {
    const store = erpWithBug();
    for (const project of store.projects) project.workflows = { '*': [{ ...done({ to: 'Closed' }), from: ['Open'] }] };
    await using here = await site(flavour, { store });
    const { close } = await prune(here);
    await expect(here.tracker.revert(close, here.call)).rejects.toMatchObject({
      kind: 'conflict',
      message: expect.stringContaining('no way back to Open'),
    });
  });

  test('says so where the resolution stays', async () => {
    const store = withWorkflow(...REOPENABLE);
    for (const project of store.projects) for (const way of project.workflows['*'] ?? []) if (way.id === '1') delete way.sets;
    await using here = await site(flavour, { store });
    const { close } = await prune(here);
    await expect(here.tracker.revert(close, here.call)).rejects.toThrow(
      /ERP-1 is Open again, but still has the resolution Won't Do/,
    );
  });

  /** A site where the way back leaves the resolution, and people may edit it. */
  const editable = () => {
    const store = withWorkflow(...REOPENABLE);
    for (const project of store.projects) {
      project.resolutionEditable = true;
      for (const way of project.workflows['*'] ?? []) if (way.id === '1') delete way.sets;
    }
    return store;
  };

  test('gives the resolution back that was there before', async () => {
    const store = editable();
    person(store, 'bob', '2026-02-01T00:00:00Z').transition('ERP-1', 'In Progress', 'Fixed');
    for (const project of store.projects)
      for (const way of project.workflows['*'] ?? []) if (way.id === '1') way.to = 'In Progress';
    await using here = await site(flavour, { store });
    const { close } = await prune(here);
    expect(state(store)).toBe("Closed, Won't Do, 1 comments");
    for (let times = 0; times < 2; times++) await here.tracker.revert(close, here.call);
    expect(state(store)).toBe('In Progress, Fixed, 1 comments');
    expect(here.fake.violations).toEqual([]);
  });

  test('goes on where it was cut off before the resolution, unless somebody has touched it since', async () => {
    const store = editable();
    await using here = await site(flavour, { store });
    const { close } = await prune(here);
    person(store, 'lead').transition('ERP-1', 'Open');
    person(store, 'bob', LATER).transition('ERP-1', 'In Progress');
    await here.tracker.revert(close, here.call);
    expect(state(store)).toBe("In Progress, Won't Do, 1 comments");
    person(store, 'lead', LATER).transition('ERP-1', 'Open');
    await here.tracker.revert(close, here.call);
    expect(state(store)).toBe('Open, null, 1 comments');
  });

  test('leaves the resolution alone of a bug that a person has reopened', async () => {
    const store = editable();
    await using here = await site(flavour, { store });
    const { close } = await prune(here);
    person(store, 'bob', LATER).transition('ERP-1', 'Open');
    await here.tracker.revert(close, here.call);
    expect(state(store)).toBe("Open, Won't Do, 1 comments");
  });

  test.each([
    ['after', null],
    ['before', { ambiguousWrite: true }],
  ] as const)('sees from the status whether the bug was reopened when the connection broke %s it', async (drop, doubt) => {
    let isArmed = false;
    const fault = ({ method, path }: FakeRequest) => {
      const isHit = isArmed && method === 'POST' && path.endsWith('/transitions');
      if (isHit) isArmed = false;
      return isHit ? ({ drop } as const) : undefined;
    };
    await using here = await site(flavour, { store: withWorkflow(...REOPENABLE), fault });
    const { close } = await prune(here);
    isArmed = true;
    const back = here.tracker.revert(close, here.call);
    if (doubt) await expect(back).rejects.toMatchObject(doubt);
    else await back;
    expect(statusOf(here.store, 'ERP-1').name).toBe(doubt ? 'Closed' : 'Open');
    expect(writes(here).filter((line) => line.endsWith('/transitions'))).toHaveLength(2);
  });

  test('leaves a bug alone that somebody has moved on', async () => {
    const store = withWorkflow(...REOPENABLE);
    await using here = await site(flavour, { store });
    const { close } = await prune(here);
    person(store, 'bob').transition('ERP-1', 'Resolved');
    await expect(here.tracker.revert(close, here.call)).rejects.toMatchObject({ kind: 'conflict' });
    expect(statusOf(store, 'ERP-1').name).toBe('Resolved');
    person(store, 'bob').reopen('ERP-1', 'Reopened');
    await here.tracker.revert(close, here.call);
    expect(statusOf(store, 'ERP-1').name).toBe('Reopened');
  });

  test('copes with a comment that was deleted', async () => {
    await using here = await site(flavour, { store: erpWithBug() });
    const { comment } = await prune(here);
    issueNamed(here.store, 'ERP-1').comments = [];
    await here.tracker.revert(comment, here.call);
    expect(issueNamed(here.store, 'ERP-1').properties.get('bugprune')).toMatchObject([{ action: 'undo' }]);
  });

  test.each([
    {
      action: 'close',
      ref: 'ERP-1',
      recorded: '',
      detail: {
        issue: '../x',
        from: { id: '1', name: 'Open', category: 'new' },
        to: { id: '6', name: 'Closed' },
        resolution: null,
      },
    },
    { action: 'comment', ref: 'ERP-1', recorded: '', detail: { issue: '10001' } },
  ] satisfies Receipt[])('refuses a receipt of something else', async (receipt) => {
    await using here = await site(flavour);
    await expect(here.tracker.revert(receipt, here.call)).rejects.toMatchObject({ kind: 'validation' });
    expect(here.fake.requests).toEqual([]);
  });
});
