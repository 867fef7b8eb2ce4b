import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import type { Config } from '../../../../src/config/load.js';
import { TrackerError } from '../../../../src/errors.js';
import type { Bug } from '../../../../src/model/bug.js';
import { aBug, memoryTracker } from '../../../../src/testing.js';
import type { Call, Selection, Tracker, TrackerDescriptor } from '../../../../src/trackers/tracker.js';
import type { RunEvent, World } from '../../../../src/use-cases/collect.js';
import { type Snapshot, type SnapshotOptions, snapshot } from '../../../../src/use-cases/snapshot/snapshot.js';
import { aFolder, loadContent } from '../../config/given.js';
import { aWorld } from '../given.js';

const NOW = '2026-11-22T09:00:00Z';
const LATER = '2026-12-22T09:00:00Z';

const unread = (number: number, parts: Parameters<typeof aBug>[0] = {}): Bug =>
  aBug({ ref: `acme/app#${number}`, history: 'unread', ...parts });

interface Setting {
  readonly list: (what: Selection, call: Call) => readonly Bug[];
  readonly load?: (bugs: readonly Bug[], call: Call) => readonly Bug[];
  readonly now?: string;
  readonly path?: string;
  readonly options?: SnapshotOptions;
  readonly signal?: AbortSignal;
}

interface Taken {
  readonly path: string;
  readonly events: readonly RunEvent[];
  /** The refs whose histories were asked for. */
  readonly asked: readonly string[];
  readonly result: Promise<Snapshot>;
}

const complete = (bugs: readonly Bug[]): Bug[] => bugs.map((bug) => ({ ...bug, history: 'complete' }));

/** Takes a snapshot of a tracker that answers like this. */
async function take({ list, load = complete, now = NOW, path, options = {}, signal }: Setting): Promise<Taken> {
  const [events, asked]: [RunEvent[], string[]] = [[], []];
  const tracker: Tracker = {
    ...memoryTracker([], () => now),
    async *search(what, call) {
      for (const bug of await Promise.resolve(list(what, call))) yield bug;
    },
    loadHistory(bugs, call) {
      asked.push(...bugs.map(({ ref }) => ref));
      return Promise.resolve([...load(bugs, call)]);
    },
  };
  const to = path ?? join(await aFolder(), 'backlog.ndjson');
  const result = snapshot(await configOf(tracker), to, worldAt(now, events, signal), options);
  // Whoever looks at something else first must not be told of it as a surprise.
  result.catch(() => undefined);
  return { path: to, events, asked, result };
}

async function configOf(tracker: Tracker): Promise<Config> {
  const settings = { type: 'test' };
  const schema = z.strictObject({ type: z.literal('test') });
  const descriptor: TrackerDescriptor = {
    type: 'test',
    settings: schema,
    recognize: () => null,
    open: () => Promise.resolve(tracker),
  };
  const config = await loadContent({ trackers: { any: { type: 'file', path: 'x.ndjson' } } });
  return { ...config, trackers: [{ name: 'app', descriptor, settings }] };
}

function worldAt(now: string, events: RunEvent[], signal = new AbortController().signal): World {
  return aWorld({ now, signal, on: (event) => void events.push(event) });
}

const bugsIn = (path: string): Bug[] =>
  readFileSync(path, 'utf8')
    .trimEnd()
    .split('\n')
    .slice(1)
    .map((line) => JSON.parse(line) as Bug);

test('the oldest bug comes first, and #2 before #10, however they are listed', async () => {
  const young = unread(1, { createdAt: '2025-01-01T00:00:00Z' });
  const { path, result } = await take({ list: () => [unread(10), young, unread(2)] });
  await result;
  expect(bugsIn(path).map(({ ref }) => ref)).toEqual(['acme/app#2', 'acme/app#10', 'acme/app#1']);
});

test('of a bug that is in several lists the later reading counts', async () => {
  const closed = unread(1, { state: 'closed', status: 'closed' });
  const open = unread(1, { updatedAt: '2026-11-22T08:00:00Z' });
  const list = ({ state }: Selection) => (state === 'open' ? [open] : [closed]);
  const { path, asked, result } = await take({ list: (what) => list(what), options: { all: true } });
  expect(await result).toMatchObject({ bugs: 1, open: 0, closed: 1, histories: 1 });
  expect([bugsIn(path)[0]?.state, asked]).toEqual(['closed', ['acme/app#1']]);
});

test('what is listed with its history needs no other', async () => {
  const { asked, result } = await take({ list: () => [aBug(), unread(2), aBug({ ref: 'acme/app#3', history: 'partial' })] });
  expect(await result).toMatchObject({ bugs: 3, histories: 1, unchanged: 0 });
  expect(asked).toEqual(['acme/app#2']);
});

test('what was left out on purpose is told once', async () => {
  const list = (_: Selection, { on }: Call) => {
    on({ type: 'note', message: 'acme/old is left out' });
    return [];
  };
  expect(await (await take({ list, options: { all: true } })).result).toMatchObject({ bugs: 0, notes: ['acme/old is left out'] });
});

test('progress is told', async () => {
  const { events, result } = await take({ list: () => Array.from({ length: 150 }, (_, index) => unread(index + 1)) });
  await result;
  expect(events.filter(({ type }) => type === 'histories')).toEqual(
    [0, 100, 150].map((done) => ({ type: 'histories', tracker: 'app', done, total: 150 })),
  );
});

describe('an unchanged bug', () => {
  /** As it was listed before, as its history was read then, and as it is listed now, to what it becomes. */
  async function again(before: Bug, read: Partial<Bug>, now: Bug): Promise<{ bug: Bug | undefined; asked: readonly string[] }> {
    const first = await take({ list: () => [before], load: (bugs) => complete(bugs).map((bug) => ({ ...bug, ...read })) });
    await first.result;
    const { path, asked, result } = await take({ list: () => [now], path: first.path, now: LATER });
    await result;
    return { bug: bugsIn(path)[0], asked };
  }

  test('keeps its history, and is otherwise as it was listed now', async () => {
    const events: Bug['events'] = [{ at: '2024-01-02T00:00:00Z', kind: 'labeled', actor: null, value: 'bug' }];
    const now = unread(1, { votes: 9, targets: [{ name: 'v1', state: 'closed' }], comments: 0 });
    const { bug, asked } = await again(unread(1), { events, comments: 1, closing: 'Done', history: 'complete' }, now);
    expect(asked).toEqual([]);
    expect(bug).toEqual({ ...now, events, comments: 1, closing: 'Done', history: 'complete' });
  });

  const change = { kind: 'change', name: 'acme/app#7' } as const;
  const child = { kind: 'child', name: 'an open sub-issue' } as const;

  test.each<[string, listed: Bug['linkedWork'], read: Bug['linkedWork'], now: Bug['linkedWork'], expected: Bug['linkedWork']]>([
    ['a change that only the history knows', null, [change], null, [change]],
    ['a child that is finished by now', [child], [child, change], [], [change]],
    ['a child that came since', [], [change], [child], [child, change]],
    ['a change that the list knows too', [change], [change], [change], [change]],
    ['what nobody knows', null, null, null, null],
    ['what only the list knows', null, null, [child], [child]],
  ])('has linked work: %s', async (_what, listed, read, now, expected) => {
    const { bug } = await again(unread(1, { linkedWork: listed }), { linkedWork: read }, unread(1, { linkedWork: now }));
    expect(bug?.linkedWork).toEqual(expected);
  });

  test('has the obstacle that was found last', async () => {
    const obstacle = 'no transition leads to the end';
    expect((await again(unread(1), { obstacle }, unread(1))).bug?.obstacle).toBe(obstacle);
    expect((await again(unread(1), { obstacle }, unread(1, { obstacle: 'archived' }))).bug?.obstacle).toBe('archived');
  });

  test('is another bug where it has another id', async () => {
    expect((await again(unread(1), {}, unread(1, { id: 'other' }))).asked).toEqual(['acme/app#1']);
  });

  test('whose history was not whole is asked for again', async () => {
    expect((await again(unread(1), { history: 'partial' }, unread(1))).asked).toEqual(['acme/app#1']);
  });
});

describe('what could not be read', () => {
  const problem = new TrackerError('unexpected', 'one bug could not be read', { hint: 'Ask somebody.' });
  const tell = ({ on }: Call) => on({ type: 'problem', error: problem });

  test('in a list leaves the file as it was', async () => {
    const list = (_: Selection, call: Call) => {
      tell(call);
      return [unread(1)];
    };
    const { path, asked, result } = await take({ list });
    await expect(result).rejects.toMatchObject({ code: 'tracker', message: problem.message, hint: 'Ask somebody.' });
    expect([asked, existsSync(path), existsSync(`${path}.part`)]).toEqual([[], false, false]);
  });

  test('of histories is asked for again, and the others are not', async () => {
    const list = () => [1, 2, 3].map((number) => unread(number));
    const load = (bugs: readonly Bug[], call: Call) => {
      tell(call);
      return complete(bugs).map((bug, index) => (index === 1 ? { ...bug, history: 'partial' as const } : bug));
    };
    const first = await take({ list, load });
    await expect(first.result).rejects.toMatchObject({
      kind: 'unexpected',
      hint: `Ask somebody.\nWhat was read is kept in ${first.path}.part: the same command goes on from there.`,
    });
    expect(existsSync(first.path)).toBe(false);
    const { path, asked, events, result } = await take({ list, path: first.path });
    expect(await result).toMatchObject({ bugs: 3, histories: 1, unchanged: 2 });
    expect(asked).toEqual(['acme/app#2']);
    expect(events).toContainEqual({ type: 'earlier', file: `${path}.part`, message: 'goes on; 2 bugs are read already' });
    expect(existsSync(`${path}.part`)).toBe(false);
  });

  test('because somebody wanted to stop says how to go on', async () => {
    const stop = new AbortController();
    const list = () => Array.from({ length: 101 }, (_, index) => unread(index + 1));
    const load = (bugs: readonly Bug[]) => {
      if (bugs.length === 1) stop.abort();
      return complete(bugs);
    };
    const { path, result } = await take({ list, load, signal: stop.signal });
    await expect(result).rejects.toMatchObject({ code: 'interrupted', hint: expect.stringContaining(`${path}.part`) });
  });
});

test('two at once do not get in each other’s way', async () => {
  const path = join(await aFolder(), 'backlog.ndjson');
  writeFileSync(`${path}.lock`, JSON.stringify({ pid: 1, host: 'elsewhere' }));
  const { result } = await take({ list: () => [], path });
  await expect(result).rejects.toMatchObject({
    kind: 'conflict',
    message: expect.stringContaining('is writing to this snapshot'),
  });
});

test('clocks that were set by hand make it read more, never less', async () => {
  const since: string[] = [];
  const list = (what: Selection) => {
    if (what.state === 'closed') since.push(what.since);
    return what.state === 'open' ? [unread(1, { updatedAt: '2026-10-02T00:00:00Z' })] : [];
  };
  const first = await take({ list, now: '2036-01-01T00:00:00Z', options: { all: true } });
  await first.result;
  await (await take({ list, path: first.path, options: { all: true } })).result;
  await (await take({ list, path: first.path, options: { all: true } })).result;
  expect(since).toEqual([
    '1970-01-01T00:00:00Z',
    '2035-12-31T00:00:00Z',
    // A day before the last thing that is known, whatever the clock said then.
    '2026-10-01T00:00:00Z',
    '2026-11-21T09:00:00Z',
    '2026-10-01T00:00:00Z',
    '2026-11-21T09:00:00Z',
  ]);
});

test('a snapshot is of one tracker', async () => {
  const config = await configOf(memoryTracker([], () => NOW));
  const two = { ...config, trackers: [...config.trackers, ...config.trackers] };
  await expect(snapshot(two, 'x.ndjson', worldAt(NOW, []))).rejects.toMatchObject({
    code: 'usage',
    hint: expect.stringContaining('--tracker'),
  });
});
