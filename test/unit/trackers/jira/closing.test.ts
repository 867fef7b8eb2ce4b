import { describe, expect, test } from 'vitest';
import { isOurs, standingMark } from '../../../../src/model/history.js';
import { addIssue, type FakeTransition, issueNamed, person } from '../../../fakes/jira/index.js';
import { erpWithBug, FLAVOURS, MARK, report, site } from './harness.js';
import { done, prune, state, TEXT, withWorkflow, writes } from './prune-steps.js';

describe.each(FLAVOURS)('closing on %s', (flavour) => {
  test('comments first, then closes with the wanted resolution, and reads back what was recorded', async () => {
    await using here = await site(flavour, { store: erpWithBug() });
    const { close, comment } = await prune(here);
    expect(state(here.store)).toBe("Closed, Won't Do, 1 comments");
    expect(close).toMatchObject({ action: 'close', ref: 'ERP-1', recorded: "Closed, resolution Won't Do" });
    expect(close.detail).toEqual({
      issue: comment.detail.issue,
      from: { id: '1', name: 'Open', category: 'new' },
      to: { id: '6', name: 'Closed' },
      resolution: null,
    });
    expect(writes(here)).toEqual(['PUT /issue//properties/bugprune', 'POST /issue//comment', 'POST /issue//transitions']);
    expect(here.fake.violations).toEqual([]);
  });

  test('takes five requests for each bug, and one for each kind of them', async () => {
    const store = erpWithBug();
    addIssue(store, {});
    await using here = await site(flavour, { store });
    const bugs = await report(here);
    const before = here.fake.requests.length;
    for (const { ref } of bugs) await prune(here, ref);
    expect(here.fake.requests).toHaveLength(before + 5 * bugs.length);
  });

  test('keeps the pace', async () => {
    await using here = await site(flavour, { store: erpWithBug(), settings: { pace: '2.5s' } });
    await prune(here);
    expect(here.waits).toEqual([2500, 2500]);
  });

  test('lets nothing in a comment mention anybody or format anything', async () => {
    await using here = await site(flavour, { store: erpWithBug() });
    await prune(here);
    const [posted] = issueNamed(here.store, 'ERP-1').comments;
    const text = JSON.stringify(posted?.body);
    if (flavour === 'cloud') {
      expect(text).not.toMatch(/mention|extension|"code"|"strong"/);
      expect(text).toContain('"marks":[{"type":"link","attrs":{"href":"https://acme.test/ntbf"}}]');
    } else {
      expect(posted?.body).toBe(
        'No target release for 321 days.\nNobody plans to fix it.\n\nSee https://acme.test/ntbf. \\[\\~admin\\] \\{code\\}\\*x\\*\\{code\\} \\@bob',
      );
    }
  });

  test('refuses a comment that is too long before anything is written', async () => {
    await using here = await site(flavour, { store: erpWithBug() });
    await expect(prune(here, 'ERP-1', 'x'.repeat(33_000))).rejects.toMatchObject({ kind: 'validation' });
    expect(writes(here)).toEqual([]);
  });

  test('leaves its mark, and tells its own comment from a comment by the same person', async () => {
    await using here = await site(flavour, { store: erpWithBug() });
    const bug = await here.tracker.read('ERP-1', here.call);
    await here.tracker.comment(bug, TEXT, { ...MARK, action: 'warn' }, here.call);
    person(here.store, 'lead').comment('ERP-1', 'I will look into it.');
    const again = await here.tracker.read('ERP-1', here.call);
    expect(again.events.map((event) => [event.actor?.self, isOurs(event)])).toEqual([
      [true, true],
      [true, false],
    ]);
    expect(standingMark(again, 'warn')?.mark).toEqual({ ...MARK, action: 'warn' });
  });

  test('tells two comments with the same words apart', async () => {
    await using here = await site(flavour, { store: erpWithBug() });
    for (const run of ['run-1', 'run-2']) {
      await here.tracker.comment(await here.tracker.read('ERP-1', here.call), TEXT, { ...MARK, run }, here.call);
    }
    const { events } = await here.tracker.read('ERP-1', here.call);
    expect(events.map(({ mark }) => mark?.run)).toEqual(['run-1', 'run-2']);
  });

  test('adds to the marks of earlier runs', async () => {
    const store = erpWithBug({
      properties: { bugprune: [{ run: 'r0', action: 'warn', policy: 'p', at: '2026-02-01T00:00:00Z', words: 'x' }] },
    });
    await using here = await site(flavour, { store });
    await prune(here);
    expect(issueNamed(store, 'ERP-1').properties.get('bugprune')).toMatchObject([
      { run: 'r0' },
      { run: 'run-1', action: 'close', policy: 'untargeted' },
    ]);
  });

  test('adds to them even where the bug was only listed', async () => {
    const store = erpWithBug({
      properties: { bugprune: [{ run: 'r0', action: 'warn', policy: 'p', at: '2026-02-01T00:00:00Z' }] },
    });
    await using here = await site(flavour, { store });
    for await (const bug of here.tracker.search({ state: 'open' }, here.call))
      await here.tracker.comment(bug, TEXT, MARK, here.call);
    expect(issueNamed(store, 'ERP-1').properties.get('bugprune')).toHaveLength(2);
  });
});

describe.each(FLAVOURS)('the resolution on %s', (flavour) => {
  const recorded = async (...transitions: FakeTransition[]) => {
    await using here = await site(flavour, { store: withWorkflow(...transitions) });
    const { close } = await prune(here);
    expect(here.fake.violations).toEqual([]);
    return [close.recorded, state(here.store)];
  };

  test('is tried where the screen does not list it', async () => {
    const screenFields = { resolution: { listed: false } };
    expect(await recorded(done({ to: 'Closed', screenFields }))).toEqual([
      "Closed, resolution Won't Do",
      "Closed, Won't Do, 1 comments",
    ]);
  });

  test('is left out where the screen does not take it', async () => {
    expect(await recorded(done({ to: 'Closed' }))).toEqual(['Closed, without a resolution', 'Closed, null, 1 comments']);
  });

  test('that the workflow sets instead is named', async () => {
    const [told] = await recorded(done({ to: 'Done', sets: { resolution: 'Done' } }));
    expect(told).toBe("Done, with the resolution Done, which the workflow chose instead of Won't Do");
  });

  test('that a validator wants is given', async () => {
    const validators = [{ requires: 'resolution' }] as const;
    expect(await recorded(done({ to: 'Closed', screenFields: { resolution: { required: true } }, validators }))).toEqual([
      "Closed, resolution Won't Do",
      "Closed, Won't Do, 1 comments",
    ]);
  });

  test('is tried in vain only once for each kind of bug', async () => {
    const store = withWorkflow(done({ to: 'Closed' }));
    addIssue(store, {});
    await using here = await site(flavour, { store });
    await prune(here);
    await prune(here, 'ERP-2');
    expect(writes(here).filter((line) => line.endsWith('/transitions'))).toHaveLength(3);
  });
});
