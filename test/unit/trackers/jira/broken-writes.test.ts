import { describe, expect, test } from 'vitest';
import { type FakeRequest, issueNamed, statusOf } from '../../../fakes/jira/index.js';
import { erpWithBug, FLAVOURS, MARK, site } from './harness.js';
import { prune, state, TEXT, writes } from './prune-steps.js';

describe.each(FLAVOURS)('a broken connection on %s', (flavour) => {
  const broken = (drop: 'before' | 'after', end: string, method = 'POST') => {
    let isBroken = true;
    return (request: FakeRequest) => {
      if (!isBroken || request.method !== method || !request.path.endsWith(end)) return undefined;
      isBroken = false;
      return { drop } as const;
    };
  };

  test.each([
    ['before', false],
    ['after', true],
  ] as const)('%s a comment arrives leaves doubt that its mark resolves', async (drop, arrived) => {
    await using here = await site(flavour, { store: erpWithBug(), fault: broken(drop, '/comment') });
    const bug = await here.tracker.read('ERP-1', here.call);
    await expect(here.tracker.comment(bug, TEXT, MARK, here.call)).rejects.toMatchObject({ ambiguousWrite: true });
    const found = await here.tracker.findMark(bug, MARK, here.call);
    expect(found !== undefined).toBe(arrived);
    expect(found?.ref ?? 'ERP-1').toBe('ERP-1');
    if (!found) await here.tracker.comment(bug, TEXT, MARK, here.call);
    await here.tracker.close(bug, MARK, here.call);
    expect(state(here.store)).toBe("Closed, Won't Do, 1 comments");
    const marks = issueNamed(here.store, 'ERP-1').properties.get('bugprune');
    expect(marks).toHaveLength(1);
  });

  test.each(['before', 'after'] as const)('%s the mark is written is repaired', async (drop) => {
    await using here = await site(flavour, { store: erpWithBug(), fault: broken(drop, '/properties/bugprune', 'PUT') });
    await prune(here);
    expect(state(here.store)).toBe("Closed, Won't Do, 1 comments");
  });

  test('before a transition arrives leaves doubt', async () => {
    await using here = await site(flavour, { store: erpWithBug(), fault: broken('before', '/transitions') });
    await expect(prune(here)).rejects.toMatchObject({ ambiguousWrite: true });
    expect(state(here.store)).toBe('Open, null, 1 comments');
  });

  test('when the outcome is read back leaves doubt, since the bug is closed', async () => {
    let isClosed = false;
    const fault = ({ path, method }: FakeRequest) => {
      const isDown = isClosed && method === 'GET';
      if (method === 'POST' && path.endsWith('/transitions')) isClosed = true;
      return isDown ? { status: 503 } : undefined;
    };
    await using here = await site(flavour, { store: erpWithBug(), fault });
    await expect(prune(here)).rejects.toMatchObject({ kind: 'network', ambiguousWrite: true });
    expect(statusOf(here.store, 'ERP-1').name).toBe('Closed');
  });

  test('after a transition arrived is seen from the status', async () => {
    await using here = await site(flavour, { store: erpWithBug(), fault: broken('after', '/transitions') });
    expect((await prune(here)).close.recorded).toBe("Closed, resolution Won't Do");
    expect(writes(here).filter((line) => line.endsWith('/transitions'))).toHaveLength(1);
  });
});
