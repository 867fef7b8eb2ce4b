import { describe, expect, test } from 'vitest';
import { isOurs, standingMark } from '../../../../src/model/history.js';
import { type FakeRequest, type Fault, issueNamed, type JiraStore, statusOf } from '../../../fakes/jira/index.js';
import { erpWithBug, FLAVOURS, type Flavour, MARK, type Opened, open, site } from './harness.js';
import { done, prune, state, TEXT, withWorkflow } from './prune-steps.js';

/** What a site is like, and how many writes it takes to close a bug there and to take that back. */
interface Site {
  readonly store: () => JiraStore;
  readonly closed: string;
  readonly writes: number;
  readonly back: number;
}

const ON_SCREEN = { screenFields: { resolution: {} } };

const SITES: Record<string, Site> = {
  'an ordinary workflow': {
    store: () => withWorkflow(done({ to: 'Closed', ...ON_SCREEN })),
    closed: "Closed, Won't Do, 1 comments",
    writes: 3,
    back: 3,
  },
  'a screen without a resolution': {
    store: () => withWorkflow(done({ to: 'Closed' })),
    closed: 'Closed, null, 1 comments',
    writes: 4,
    back: 3,
  },
  'a workflow that wants the comment': {
    store: () => withWorkflow(done({ to: 'Closed', ...ON_SCREEN, validators: [{ requires: 'comment' }] })),
    closed: "Closed, Won't Do, 1 comments",
    writes: 5,
    back: 3,
  },
  'a way back that leaves the resolution': {
    store() {
      const store = withWorkflow(done({ to: 'Closed', ...ON_SCREEN }));
      for (const project of store.projects) {
        project.resolutionEditable = true;
        for (const way of project.workflows['*'] ?? []) if (way.id === '1') delete way.sets;
      }
      return store;
    },
    closed: "Closed, Won't Do, 1 comments",
    writes: 3,
    back: 4,
  },
};

/** Every write of every site, the connection breaking before and after it. */
const breaks = (count: (one: Site) => number) =>
  FLAVOURS.flatMap((flavour) =>
    Object.entries(SITES).flatMap(([name, one]) =>
      Array.from({ length: count(one) }, (_, index) => index + 1).flatMap((nth) =>
        (['before', 'after'] as const).map((drop) => ({ flavour, name, nth, drop, ...one })),
      ),
    ),
  );

/** A connection that breaks at the nth write from when it is armed; `dead`: and stays so until it is mended. */
function line(dead: boolean) {
  const broken = { nth: 0, drop: 'before' as 'before' | 'after', isDown: false, count: 0 };
  const fault = ({ write }: FakeRequest): Fault | undefined => {
    if (broken.isDown) return { drop: 'before' };
    if (broken.nth === 0 || !write) return undefined;
    if (++broken.count !== broken.nth) return undefined;
    broken.isDown = dead;
    return { drop: broken.drop };
  };
  const arm = (nth: number, drop: 'before' | 'after') => void Object.assign(broken, { nth, drop, count: 0 });
  return { fault, arm, mend: () => void Object.assign(broken, { nth: 0, isDown: false }) };
}

/** What a run does that is taken up again: it looks at the bug, and does what is not done yet. */
async function finish({ tracker, call }: Opened): Promise<void> {
  const bug = await tracker.read('ERP-1', call);
  const found = await tracker.findClosing(bug, MARK, call);
  expect(found !== undefined, 'the closing is found if there is one').toBe(bug.state === 'closed');
  if (!found && !standingMark(bug, 'close')) await tracker.comment(bug, TEXT, MARK, call);
  const receipt = await tracker.close(bug, MARK, call);
  if (found) expect(receipt).toEqual(found);
}

const opened = (url: string, flavour: Flavour) => open(url, flavour);

const isCutOff = (error: unknown) => (error instanceof Error ? error.message : '').includes('could not be reached');

describe('a close that is cut off', () => {
  test.each(breaks(({ writes }) => writes))('$drop write $nth on $flavour, $name, is finished by the next', async (given) => {
    const { fault, arm, mend } = line(true);
    await using here = await site(given.flavour, { store: given.store(), fault });
    arm(given.nth, given.drop);
    await expect(prune(here)).rejects.toSatisfy(isCutOff);
    mend();
    await finish(await opened(here.fake.url, given.flavour));
    expect(state(here.store)).toBe(given.closed);
    expect(issueNamed(here.store, 'ERP-1').properties.get('bugprune')).toHaveLength(1);
    expect(here.fake.violations).toEqual([]);
  });

  test.each(breaks(({ writes }) => writes))('$drop write $nth on $flavour, $name, and at once comes back', async (given) => {
    const { fault, arm } = line(false);
    await using here = await site(given.flavour, { store: given.store(), fault });
    arm(given.nth, given.drop);
    await prune(here).catch((error: unknown) => expect(error).toMatchObject({ ambiguousWrite: true }));
    await finish(here);
    expect(state(here.store)).toBe(given.closed);
    const { events } = await here.tracker.read('ERP-1', here.call);
    expect(events.filter(isOurs).map(({ mark }) => mark)).toEqual([MARK]);
    expect(here.fake.violations).toEqual([]);
  });
});

describe('a taking back that is cut off', () => {
  test.each(breaks(({ back }) => back))('$drop write $nth on $flavour, $name, is finished by the next', async (given) => {
    const { fault, arm, mend } = line(true);
    await using here = await site(given.flavour, { store: given.store(), fault });
    const { close, comment } = await prune(here);
    arm(given.nth, given.drop);
    const takeBack = async ({ tracker, call }: Opened) => {
      await tracker.revert(close, call);
      await tracker.revert(comment, call);
    };
    await expect(takeBack(here)).rejects.toSatisfy(isCutOff);
    mend();
    for (let times = 0; times < 2; times++) await takeBack(await opened(here.fake.url, given.flavour));
    expect(state(here.store)).toBe('Open, null, 1 comments');
    const { comments, properties } = issueNamed(here.store, 'ERP-1');
    expect(JSON.stringify(comments).match(/taken back/g)).toHaveLength(1);
    expect(properties.get('bugprune')).toMatchObject([{ run: MARK.run, action: 'undo', comment: comments[0]?.id }]);
    expect(here.fake.violations).toEqual([]);
  });

  test.each(breaks(({ back }) => back))('$drop write $nth on $flavour, $name, and at once comes back', async (given) => {
    const { fault, arm } = line(false);
    await using here = await site(given.flavour, { store: given.store(), fault });
    const { close, comment } = await prune(here);
    arm(given.nth, given.drop);
    for (const receipt of [close, close, comment, comment]) {
      await here.tracker.revert(receipt, here.call).catch((error: unknown) => {
        expect(error).toMatchObject({ ambiguousWrite: true });
      });
    }
    expect(state(here.store)).toBe('Open, null, 1 comments');
    expect(JSON.stringify(issueNamed(here.store, 'ERP-1').comments).match(/taken back/g)).toHaveLength(1);
  });
});

describe.each(FLAVOURS)('a comment that stands there twice on %s', (flavour) => {
  const twice = async (store: JiraStore) => {
    const fault = ({ method }: FakeRequest) =>
      method === 'DELETE' ? { status: 403, body: { errorMessages: ['No.'] } } : undefined;
    const here = await site(flavour, { store, fault });
    return { here, ...(await prune(here)), [Symbol.asyncDispose]: () => here.fake.close() };
  };
  const WANTING = SITES['a workflow that wants the comment']?.store ?? erpWithBug;

  test('is ours twice', async () => {
    await using given = await twice(WANTING());
    const { events } = await given.here.tracker.read('ERP-1', given.here.call);
    expect(events.filter(({ kind }) => kind === 'commented').map(({ mark }) => mark)).toEqual([MARK, MARK]);
  });

  test('is taken back twice', async () => {
    await using given = await twice(WANTING());
    for (let times = 0; times < 2; times++) await given.here.tracker.revert(given.comment, given.here.call);
    const { comments } = issueNamed(given.here.store, 'ERP-1');
    expect(comments.map(({ body }) => JSON.stringify(body).match(/taken back/g)?.length)).toEqual([1, 1]);
  });
});

describe.each(FLAVOURS)('a transition that seems to have taken our comment along on %s', (flavour) => {
  const REFUSING = { status: 400, body: { errorMessages: ['The comment service is busy.'], errors: {} } };

  test('leaves it where it was, when there is no other', async () => {
    let refusals = 0;
    const fault = ({ method, path }: FakeRequest) =>
      method === 'POST' && path.endsWith('/transitions') && refusals++ === 0 ? REFUSING : undefined;
    // Without a screen the second attempt's comment is dropped without a word.
    await using here = await site(flavour, {
      store: withWorkflow(done({ to: 'Done', sets: { resolution: "Won't Do" } })),
      fault,
    });
    await prune(here);
    expect(state(here.store)).toBe("Done, Won't Do, 1 comments");
    expect(statusOf(here.store, 'ERP-1').category).toBe('done');
  });
});
