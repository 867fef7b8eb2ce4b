import { describe, expect, test } from 'vitest';
import { TrackerError } from '../../src/errors.js';
import type { Bug } from '../../src/model/bug.js';
import {
  aBug,
  type ContractCase,
  type MemoryTracker,
  memoryTracker,
  type Seed,
  type Subject,
  trackerContract,
} from '../../src/testing.js';

const PERSON = { id: 'mona', name: 'mona', kind: 'human' } as const;

function make(seeds: readonly Seed[], spoil: (tracker: MemoryTracker) => Partial<MemoryTracker> = () => ({})): Promise<Subject> {
  let second = 0;
  const now = () => `2026-11-22T09:00:${String(second++).padStart(2, '0')}Z`;
  const bugs = seeds.map(({ title, createdAt, target, closed }, index) =>
    aBug({
      ref: `acme/app#${index + 1}`,
      title,
      createdAt,
      targets: target ? [{ name: target, state: 'open' }] : [],
      state: closed ? 'closed' : 'open',
      events: closed ? [{ at: createdAt, kind: 'closed', actor: PERSON }] : [],
    }),
  );
  const tracker = memoryTracker(bugs, now);
  const happens = (ref: string, kind: 'commented' | 'reopened', change: (bug: Bug) => Partial<Bug>) => {
    const bug = tracker.bugs.get(ref);
    if (!bug) throw new Error(`no bug ${ref}`);
    const at = now();
    tracker.bugs.set(ref, { ...bug, ...change(bug), updatedAt: at, events: [...bug.events, { at, kind, actor: PERSON }] });
    return Promise.resolve();
  };
  return Promise.resolve({
    tracker: { ...tracker, ...spoil(tracker) },
    name: 'app',
    refs: bugs.map(({ ref }) => ref),
    personComments: (ref) => happens(ref, 'commented', ({ comments }) => ({ comments: (comments ?? 0) + 1 })),
    personReopens: (ref) => happens(ref, 'reopened', () => ({ state: 'open', status: 'open' })),
    dispose: () => Promise.resolve(),
  });
}

describe('a tracker in memory', () => {
  test.each(trackerContract(make).map(({ name, run }) => [name, run] as const))('%s', async (_case, run) => {
    await run();
  });
});

/** The cases of the contract that a tracker fails. */
async function failures(spoil: (tracker: MemoryTracker) => Partial<MemoryTracker>): Promise<string[]> {
  const outcome = async ({ name, run }: ContractCase) =>
    run().then(
      () => [],
      () => [name],
    );
  return (await Promise.all(trackerContract((seeds) => make(seeds, spoil)).map(outcome))).flat();
}

const reversed = (bug: Bug): Bug => ({ ...bug, events: bug.events.toReversed() });

async function* yielding(bugs: readonly Bug[]): AsyncGenerator<Bug> {
  for (const bug of bugs) yield await Promise.resolve(bug);
}

describe('the contract notices a tracker that', () => {
  const cases: [string, (tracker: MemoryTracker) => Partial<MemoryTracker>, RegExp][] = [
    ['is nobody', () => ({ identify: () => Promise.resolve({ name: '' }) }), /who we are/],
    ['lists closed bugs', ({ bugs }) => ({ search: () => yielding([...bugs.values()]) }), /every open bug once/],
    [
      'leaves planned bugs out',
      ({ bugs }) => ({
        search: () => yielding([...bugs.values()].filter(({ state, targets }) => state === 'open' && targets.length === 0)),
      }),
      /every open bug once/,
    ],
    [
      'lists a bug twice',
      ({ bugs }) => ({ search: () => yielding([...bugs.values(), ...bugs.values()].filter(({ state }) => state === 'open')) }),
      /every open bug once/,
    ],
    [
      'passes escapes on',
      (tracker) => ({
        search: () => yielding([...tracker.bugs.values()].map((bug) => ({ ...bug, title: `\u001b${bug.title}` }))),
      }),
      /in our words/,
    ],
    [
      'loads histories in an order of its own',
      (tracker) => ({ loadHistory: async (bugs, call) => (await tracker.loadHistory(bugs, call)).reverse() }),
      /order asked for/,
    ],
    [
      'leaves histories unread',
      () => ({ loadHistory: (bugs) => Promise.resolve(bugs.map((bug) => ({ ...bug, history: 'unread' as const }))) }),
      /order asked for/,
    ],
    ['makes up bugs that do not exist', () => ({ read: (ref) => Promise.resolve(aBug({ ref })) }), /no such bug/],
    [
      'fails in words of its own',
      (tracker) => ({ read: (ref, call) => tracker.read(ref, call).catch(() => Promise.reject(new Error('HTTP 404'))) }),
      /no such bug/,
    ],
    [
      'says that all is unreachable where one bug is missing',
      (tracker) => ({
        read: (ref, call) => tracker.read(ref, call).catch(() => Promise.reject(new TrackerError('network', 'down'))),
      }),
      /no such bug/,
    ],
    [
      'comments without its mark',
      (tracker) => ({ comment: (bug, text, mark, call) => tracker.comment(bug, text, { ...mark, run: '' }, call) }),
      /known as ours/,
    ],
    ['forgets to comment', ({ close }) => ({ comment: (bug, _text, mark, call) => close(bug, mark, call) }), /known as ours/],
    [
      'finds marks that are not there',
      (tracker) => ({ findMark: (bug, mark, call) => tracker.comment(bug, '', mark, call) }),
      /its own mark again/,
    ],
    ['finds no mark', () => ({ findMark: () => Promise.resolve(undefined) }), /its own mark again/],
    [
      'only says that it closed',
      ({ close }) => ({ close: async (bug, mark, call) => close({ ...bug, ref: 'acme/app#3' }, mark, call) }),
      /closes, says what was recorded/,
    ],
    [
      'gives receipts that are more than JSON',
      (tracker) => ({
        close: async (bug, mark, call) => Object.assign(await tracker.close(bug, mark, call), { detail: { at: new Date() } }),
      }),
      /closes, says what was recorded/,
    ],
    [
      'changes bugs behind the back of their last change',
      (tracker) => ({ read: async (ref, call) => ({ ...(await tracker.read(ref, call)), updatedAt: '2024-01-01T00:00:00Z' }) }),
      /oldest first/,
    ],
    [
      'tells the newest first',
      (tracker) => ({ read: async (ref, call) => reversed(await tracker.read(ref, call)) }),
      /oldest first/,
    ],
    [
      'forgets what was closed',
      (tracker) => ({ search: (what, call) => (what.state === 'closed' ? yielding([]) : tracker.search(what, call)) }),
      /closed since an instant/,
    ],
    [
      'lists what was closed before the instant, and what is open',
      (tracker) => ({
        search: (what, call) => (what.state === 'closed' ? yielding([...tracker.bugs.values()]) : tracker.search(what, call)),
      }),
      /closed since an instant/,
    ],
    ['finds no closing of its own', () => ({ findClosing: () => Promise.resolve(undefined) }), /its own closing again/],
    [
      'finds closings that do not stand',
      (tracker) => ({ findClosing: (bug, mark, call) => tracker.close(bug, mark, call) }),
      /no closing of its own once/,
    ],
    [
      'finds its closing without what takes it back',
      (tracker) => ({
        findClosing: async (bug, mark, call) => {
          const receipt = await tracker.findClosing(bug, mark, call);
          return receipt && { ...receipt, detail: {} };
        },
      }),
      /as good for taking it back/,
    ],
    ['takes nothing back', () => ({ revert: () => Promise.resolve() }), /takes back/],
    ['cannot be stopped', ({ bugs }) => ({ search: () => yielding([...bugs.values()]) }), /stops when told to/],
  ];
  test.each(cases)('%s', async (_case, spoil, expected) => {
    expect(await failures(spoil)).toContainEqual(expect.stringMatching(expected));
  });
});
