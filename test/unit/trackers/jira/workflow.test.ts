import { describe, expect, test } from 'vitest';
import { isOurs } from '../../../../src/model/history.js';
import { addIssue, addProject, type FakeRequest, issueNamed, statusOf } from '../../../fakes/jira/index.js';
import { erp, erpWithBug, FLAVOURS, MARK, report, site } from './harness.js';
import { done, prune, state, TEXT, withWorkflow, writes } from './prune-steps.js';

describe.each(FLAVOURS)('a workflow on %s', (flavour) => {
  const WANTS_COMMENT = done({ to: 'Closed', screenFields: { resolution: {} }, validators: [{ requires: 'comment' }] });

  test('that wants the comment inside the transition gets it there, once', async () => {
    const store = withWorkflow(WANTS_COMMENT);
    addIssue(store, {});
    await using here = await site(flavour, { store });
    for (const ref of ['ERP-1', 'ERP-2']) {
      await prune(here, ref);
      expect(state(store, ref)).toBe("Closed, Won't Do, 1 comments");
      const closed = await here.tracker.read(ref, here.call);
      expect(closed.events.filter(isOurs).map(({ kind }) => kind)).toEqual(['commented']);
      expect(await here.tracker.findMark(closed, MARK, here.call)).toBeDefined();
    }
    // The second is not refused first.
    expect(writes(here).filter((line) => line.endsWith('/transitions'))).toHaveLength(3);
    expect(here.fake.violations).toEqual([]);
  });

  test('takes the comment that an earlier run left when its closing failed', async () => {
    const store = withWorkflow(WANTS_COMMENT);
    await using here = await site(flavour, { store });
    await here.tracker.comment(await here.tracker.read('ERP-1', here.call), TEXT, { ...MARK, run: 'run-0' }, here.call);
    await here.tracker.close(await here.tracker.read('ERP-1', here.call), MARK, here.call);
    expect(state(store)).toBe("Closed, Won't Do, 1 comments");
  });

  test('gets no transition without a comment', async () => {
    await using here = await site(flavour, { store: withWorkflow(WANTS_COMMENT) });
    const bug = await here.tracker.read('ERP-1', here.call);
    await expect(here.tracker.close(bug, MARK, here.call)).rejects.toMatchObject({ kind: 'conflict' });
    expect(statusOf(here.store, 'ERP-1').name).toBe('Open');
  });

  test('that keeps our comment from being deleted says so', async () => {
    const fault = ({ method }: FakeRequest) =>
      method === 'DELETE' ? { status: 403, body: { errorMessages: ['No.'] } } : undefined;
    await using here = await site(flavour, { store: withWorkflow(WANTS_COMMENT), fault });
    expect((await prune(here)).close.recorded).toContain('the comment stands there twice');
  });

  test('that takes our comment along lets it be deleted once, although the answer was lost', async () => {
    let isArmed = true;
    const fault = ({ method }: FakeRequest) => {
      const isHit = isArmed && method === 'DELETE';
      if (isHit) isArmed = false;
      return isHit ? ({ drop: 'after' } as const) : undefined;
    };
    await using here = await site(flavour, { store: withWorkflow(WANTS_COMMENT), fault });
    expect((await prune(here)).close.recorded).toBe("Closed, resolution Won't Do");
    expect(state(here.store)).toBe("Closed, Won't Do, 1 comments");
  });

  test('that wants other fields says which, and gets them from the settings', async () => {
    const store = withWorkflow(
      done({
        to: 'Closed',
        screenFields: { resolution: {}, cf_1: { required: true } },
        validators: [{ requires: 'field', field: 'cf_1' }],
      }),
    );
    await using poor = await site(flavour, { store });
    expect((await report(poor)).map(({ obstacle }) => obstacle)).toEqual([expect.stringContaining('asks for cf_1')]);
    await using rich = await site(flavour, { store, settings: { closeAs: { fields: { cf_1: 'planning' } } } });
    expect((await report(rich)).map(({ obstacle }) => obstacle)).toEqual([null]);
  });

  test('that complains about something else is quoted', async () => {
    const store = withWorkflow(done({ to: 'Closed', validators: [{ requires: 'field', field: 'cf_1', message: 'Say why!' }] }));
    await using here = await site(flavour, { store });
    await expect(prune(here)).rejects.toMatchObject({
      kind: 'validation',
      message: expect.stringContaining('Say why!'),
      ambiguousWrite: false,
    });
    expect(state(store)).toBe('Open, null, 1 comments');
  });

  test('in which somebody else is moving the bug is a conflict', async () => {
    const store = erpWithBug();
    issueNamed(store, 'ERP-1').conflicts = 1;
    await using here = await site(flavour, { store });
    await expect(prune(here)).rejects.toMatchObject({ kind: 'conflict' });
  });

  test('that leaves several ways out is known before anything is written', async () => {
    const store = withWorkflow(done({ id: '8', name: 'A', to: 'Resolved' }), done({ name: 'B', to: 'Released' }));
    store.statuses.push({ id: '77', name: 'Released', category: 'done' });
    await using here = await site(flavour, { store });
    const [bug] = await report(here);
    expect(bug?.obstacle).toContain('more than one transition would close it: A → Resolved, B → Released');
    expect((await here.tracker.read('ERP-1', here.call)).obstacle).toBe(bug?.obstacle);
    await expect(here.tracker.close(await here.tracker.read('ERP-1', here.call), MARK, here.call)).rejects.toMatchObject({
      kind: 'conflict',
    });
    expect(writes(here)).toEqual([]);
  });

  test('is asked once for all bugs of a project, type and status', async () => {
    const store = erp();
    addProject(store, { key: 'OPS', versions: [] });
    for (const status of ['Open', 'Open', 'Reopened', 'Open']) addIssue(store, { status });
    await using here = await site(flavour, { store });
    await report(here);
    expect(here.fake.requests.filter(({ path }) => path.endsWith('/transitions'))).toHaveLength(2);
  });
});

describe.each(FLAVOURS)('what we may not do on %s', (flavour) => {
  test.each([
    [{ TRANSITION_ISSUES: false }, 'lacks the permission Transition Issues in ERP'],
    [{ ADD_COMMENTS: false, EDIT_ISSUES: false }, 'lacks the permission Add Comments, Edit Issues in ERP'],
    [{ RESOLVE_ISSUES: false }, 'no transition leads to a done status'],
  ])('%j is known from the dry run', async (permissions, obstacle) => {
    await using here = await site(flavour, { store: erpWithBug(), permissions });
    const [bug] = await report(here);
    expect(bug?.obstacle).toContain(obstacle);
    await expect(here.tracker.close(await here.tracker.read('ERP-1', here.call), MARK, here.call)).rejects.toMatchObject({
      kind: 'conflict',
    });
    expect(statusOf(here.store, 'ERP-1').name).toBe('Open');
  });

  test('that turns up late leaves no comment without a mark, and no closing without a comment', async () => {
    const fault = ({ path, method }: FakeRequest) =>
      method === 'POST' && path.endsWith('/comment') ? { status: 403, body: { errorMessages: ['No.'] } } : undefined;
    await using here = await site(flavour, { store: erpWithBug(), fault });
    await expect(prune(here)).rejects.toMatchObject({ kind: 'permission', ambiguousWrite: false });
    expect(state(here.store)).toBe('Open, null, 0 comments');
    expect((await here.tracker.read('ERP-1', here.call)).events).toEqual([]);
  });
});

describe.each(FLAVOURS)('a service project on %s', (flavour) => {
  const desk = async (settings: object) => {
    const store = erp();
    for (const project of store.projects) project.type = 'service_desk';
    addIssue(store, {});
    const here = await site(flavour, { store, settings });
    const [bug] = await report(here);
    return { here, bug, [Symbol.asyncDispose]: () => here.fake.close() };
  };

  test('is left alone', async () => {
    await using left = await desk({});
    expect(left.bug?.obstacle).toContain('a comment is mailed to the customer');
  });

  test.each([
    ['internal', false],
    ['public', true],
  ])('is commented on as the settings say: %s', async (serviceDesk, seen) => {
    await using opened = await desk({ serviceDesk });
    expect(opened.bug?.obstacle).toBeNull();
    await prune(opened.here);
    expect(issueNamed(opened.here.store, 'ERP-1').comments.map((comment) => comment.public)).toEqual([seen]);
  });
});

test('a comment for colleagues never goes into a transition, where the customer would get it', async () => {
  const store = withWorkflow(done({ to: 'Closed', screenFields: {}, validators: [{ requires: 'comment' }] }));
  for (const project of store.projects) project.type = 'service_desk';
  await using here = await site('cloud', { store, settings: { serviceDesk: 'internal' } });
  await expect(prune(here)).rejects.toMatchObject({ kind: 'conflict', message: expect.stringContaining('would get it') });
  expect(state(store)).toBe('Open, null, 1 comments');
});
