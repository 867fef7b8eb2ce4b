import { describe, expect, test } from 'vitest';
import { tickingClock } from '../../../contract/surroundings.js';
import type { GithubFakeOptions } from '../../../fakes/github/index.js';
import { mark, now, start } from './one-bug.js';
import { testCall } from './world.js';

const labelled = { closeAs: { label: 'ntbf' } };

/** A bug that was closed by a run of which nothing is left but what stands on the bug; `meanwhile` comes after that. */
async function closed(
  options: Partial<GithubFakeOptions> = {},
  settings: Record<string, unknown> = labelled,
  { fields = {}, meanwhile = () => {} }: { fields?: object; meanwhile?: (world: World) => void } = {},
) {
  const world = await start(options, settings, fields);
  await world.tracker.comment(world.bug, 'Closed.', mark, testCall());
  const receipt = await world.tracker.close(world.bug, mark, testCall());
  meanwhile(world);
  const bug = await world.tracker.read('acme/app#1', testCall());
  const before = world.lines().length;
  const found = await world.tracker.findClosing(bug, mark, testCall());
  expect(world.lines()).toHaveLength(before);
  return { ...world, bug, receipt, found };
}

type World = Awaited<ReturnType<typeof start>>;

describe('the receipt of a closing is found again without a request, as it was', () => {
  const ticking = () => tickingClock(now());
  test.each([
    ['with a label', {}, labelled],
    ['without one', {}, {}],
    ['all within one second', { now }, labelled],
    ['of an app', { viewer: { login: 'pruner', type: 'Bot' as const } }, labelled],
    ['on an Enterprise Server', { enterprise: true }, labelled],
  ])('%s', async (_, options, settings) => {
    await using world = await closed({ now: ticking(), ...options }, settings);
    expect(world.found).toEqual(world.receipt);
    expect('label' in world.receipt.detail).toBe(settings === labelled);
  });

  test('by a server that drops the reason', async () => {
    await using world = await start({ enterprise: true });
    world.store.repository('acme/app').knowsStateReason = false;
    await world.tracker.comment(world.bug, 'Closed.', mark, testCall());
    const receipt = await world.tracker.close(world.bug, mark, testCall());
    const bug = await world.tracker.read('acme/app#1', testCall());
    expect(await world.tracker.findClosing(bug, mark, testCall())).toEqual(receipt);
    expect(receipt.recorded).toBe('closed as nothing, not as not_planned');
  });

  test('although the event of the closing is dated later than the closing itself', async () => {
    await using world = await closed({ now: ticking() }, labelled, {
      meanwhile({ issue }) {
        const closing = issue.events.find(({ event }) => event === 'closed');
        const labeling = issue.events.find(({ event }) => event === 'labeled');
        if (!closing || !labeling) throw new Error('not closed');
        closing.at = '2026-11-22T09:00:30Z';
        labeling.at = '2026-11-22T09:00:28Z';
        issue.closedAt = '2026-11-22T09:00:27Z';
      },
    });
    expect(world.found?.detail).toMatchObject({ closedAt: '2026-11-22T09:00:30Z', label: 'ntbf' });
    if (world.found) await world.tracker.revert(world.found, testCall());
    expect(world.issue).toMatchObject({ state: 'open', labels: [{ name: 'bug' }] });
  });
});

describe('a label that may be somebody else’s is not in it', () => {
  test.each<[string, { fields?: object; settings?: Record<string, unknown>; meanwhile?: (world: World) => void }]>([
    ['there before', { fields: { labels: ['bug', 'NTBF'] } }],
    ['put on by a person since', { settings: {}, meanwhile: ({ store, issue }) => store.label(issue, 'ntbf') }],
    [
      'taken off and put on again by a person',
      {
        meanwhile({ store, issue }) {
          store.unlabel(issue, 'ntbf');
          store.label(issue, 'ntbf');
        },
      },
    ],
    ['taken off since', { meanwhile: ({ store, issue }) => store.unlabel(issue, 'ntbf') }],
    ['put on by our account long before', { fields: { labels: ['bug', 'ntbf'], events: [LABELED] } }],
  ])('%s', async (_, { fields, settings = labelled, meanwhile }) => {
    await using world = await closed({}, settings, { ...(fields && { fields }), ...(meanwhile && { meanwhile }) });
    const other = await start({}, labelled);
    const found = await other.tracker.findClosing(world.bug, mark, testCall());
    await other[Symbol.asyncDispose]();
    expect(found).toMatchObject({ action: 'close', detail: { reason: 'not_planned' } });
    expect(found?.detail).not.toHaveProperty('label');
  });

  test('nor one that the settings do not name any more', async () => {
    await using world = await closed();
    await using other = await start();
    expect((await other.tracker.findClosing(world.bug, mark, testCall()))?.detail).not.toHaveProperty('label');
  });
});

const LABELED = { event: 'labeled', label: 'ntbf', actor: 'octocat', at: '2026-11-01T09:00:00Z' };

test('nothing is found where somebody else has closed the bug', async () => {
  await using world = await start();
  await world.tracker.comment(world.bug, 'Closed.', mark, testCall());
  world.store.close(world.issue, { by: 'mona', reason: 'not_planned' });
  const bug = await world.tracker.read('acme/app#1', testCall());
  expect(await world.tracker.findClosing(bug, mark, testCall())).toBeUndefined();
});
