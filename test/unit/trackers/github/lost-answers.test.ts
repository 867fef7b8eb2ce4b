import { describe, expect, test } from 'vitest';
import { TrackerError } from '../../../../src/errors.js';
import { parseMarker } from '../../../../src/trackers/github/writing/marker.js';
import type { Receipt } from '../../../../src/trackers/tracker.js';
import { tickingClock } from '../../../contract/surroundings.js';
import type { FakeRequest, Fault } from '../../../fakes/github/index.js';
import { mark, now, start } from './one-bug.js';
import { testCall } from './world.js';

const labelled = { closeAs: { label: 'ntbf' } };

/** The writes of a closing and of its undoing that may be sent again. */
const writes = {
  closing: ({ method, body }: FakeRequest) => method === 'PATCH' && JSON.stringify(body).includes('"state":"closed"'),
  labelling: ({ method, path }: FakeRequest) => method === 'POST' && path.endsWith('/labels'),
  unlabelling: ({ method }: FakeRequest) => method === 'DELETE',
  reopening: ({ method, body }: FakeRequest) => method === 'PATCH' && JSON.stringify(body).includes('"state":"open"'),
  editing: ({ method, path }: FakeRequest) => method === 'PATCH' && path.includes('/comments/'),
};

type World = Awaited<ReturnType<typeof start>>;

/** Connections that die at one kind of write, so many times; `heal` ends it. */
function outage(write: keyof typeof writes, drop: 'before' | 'after', times: number) {
  let left = times;
  return {
    fault: (request: FakeRequest): Fault | undefined => (writes[write](request) && left-- > 0 ? { drop } : undefined),
    heal() {
      left = 0;
    },
  };
}

/** Does it once more after a doubtful failure, as a later run would. `doubts` counts them. */
function patient(heal: () => void) {
  let doubts = 0;
  return {
    doubts: () => doubts,
    async until<Result>(act: () => Promise<Result>): Promise<Result> {
      try {
        return await act();
      } catch (error) {
        if (!(error instanceof TrackerError) || !error.ambiguousWrite) throw error;
        doubts++;
        heal();
        return act();
      }
    },
  };
}

/** Closes: looks first, as a run that is taken up again does. */
async function close({ tracker }: World): Promise<Receipt> {
  const bug = await tracker.read('acme/app#1', testCall());
  return (await tracker.findClosing(bug, mark, testCall())) ?? tracker.close(bug, mark, testCall());
}

/** What a person finds in the end: everything as it was before, and a comment that was taken back. */
async function expectRestored({ issue, comments, tracker, lines }: World, receipts: readonly Receipt[]) {
  expect(issue).toMatchObject({ state: 'open', milestone: { title: 'v2' }, labels: [{ name: 'bug' }] });
  const happened = (kind: string) => issue.events.filter(({ event }) => event === kind).length;
  expect([happened('commented'), happened('closed'), happened('reopened')]).toEqual([1, 1, 1]);
  expect(happened('unlabeled')).toBe(happened('labeled'));
  expect(comments().map(({ body }) => parseMarker(body ?? '')?.action)).toEqual(['undo']);
  expect(comments()[0]?.body?.match(/taken back/g)).toHaveLength(1);
  const before = lines().length;
  for (const receipt of receipts) await tracker.revert(receipt, testCall());
  expect(
    lines()
      .slice(before)
      .filter((line) => !line.startsWith('GET')),
  ).toEqual([]);
}

const cases = Object.keys(writes).flatMap((write) =>
  (['before', 'after'] as const).map((drop) => [write as keyof typeof writes, drop] as const),
);

describe.each([
  ['once', 1],
  ['for good', 99],
])('a connection that dies %s', (often, times) => {
  test.each(cases)('at %s, %s it took effect: the end is the right one', async (write, drop) => {
    const { fault, heal } = outage(write, drop, times);
    await using world = await start({ fault, now: tickingClock(now()) }, labelled, { milestone: 'v2' });
    const { until, doubts } = patient(heal);
    const comment = await world.tracker.comment(world.bug, 'Closed.', mark, testCall());
    const closing = await until(() => close(world));
    expect(world.issue).toMatchObject({ state: 'closed', stateReason: 'not_planned' });
    await until(() => world.tracker.revert(closing, testCall()));
    await until(() => world.tracker.revert(comment, testCall()));
    expect(doubts()).toBe(often === 'once' ? 0 : 1);
    heal();
    await expectRestored(world, [closing, comment]);
  });
});

describe('closing once more what a crash left half done', () => {
  test('puts on the label that is missing', async () => {
    const { fault, heal } = outage('labelling', 'before', 99);
    await using world = await start({ fault, now: tickingClock(now()) }, labelled);
    await expect(world.tracker.close(world.bug, mark, testCall())).rejects.toMatchObject({ ambiguousWrite: true });
    heal();
    const receipt = await world.tracker.close(await world.tracker.read('acme/app#1', testCall()), mark, testCall());
    expect(receipt).toMatchObject({ recorded: 'closed as not_planned', detail: { label: 'ntbf' } });
    expect(world.issue.labels.map(({ name }) => name)).toEqual(['bug', 'ntbf']);
  });

  test('knows the label that is there for ours', async () => {
    await using world = await start({ now: tickingClock(now()) }, labelled);
    const lost = await world.tracker.close(world.bug, mark, testCall());
    const receipt = await world.tracker.close(await world.tracker.read('acme/app#1', testCall()), mark, testCall());
    expect(receipt).toEqual(lost);
    await world.tracker.revert(receipt, testCall());
    expect(world.issue).toMatchObject({ state: 'open', labels: [{ name: 'bug' }] });
  });
});
