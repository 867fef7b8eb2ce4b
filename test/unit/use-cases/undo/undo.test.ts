import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { TrackerError } from '../../../../src/errors.js';
import { isTakenBack, undoneBy } from '../../../../src/journal/undone.js';
import { undoSchema } from '../../../../src/report/undo/document.js';
import { aBug } from '../../../../src/testing.js';
import type { Receipt } from '../../../../src/trackers/tracker.js';
import { failure } from '../../config/given.js';
import { given, MONA, statuses } from './given.js';

const PRUNED = ['closed close', 'closed close', 'closed close', 'open warn'];
const BACK = ['open undo', 'open undo', 'open undo', 'open undo'];
const at = '2026-11-23T08:00:00Z';

describe('taking a run back', () => {
  test('reopens what it closed, and takes back what it said', async () => {
    const all = await given();
    const run = await all.prune();
    expect(all.bugs()).toEqual(PRUNED);
    const { document, stopped } = await all.undo();
    expect(all.bugs()).toEqual(BACK);
    expect(stopped).toBeNull();
    expect(undoSchema.parse(document)).toEqual(document);
    expect(document).toMatchObject({ of: run, summary: { takenBack: 4, left: 0, failed: 0, notReached: 0 }, problems: [] });
    expect(document.bugs[3]).toMatchObject({ ref: 'acme/app#4', detail: 'the warning says that it was taken back' });
  });

  test('writes a journal of its own, and tells its id before the first write', async () => {
    const all = await given();
    const run = await all.prune();
    all.events.length = 0;
    const { document } = await all.undo();
    const undo = await all.state.find(document.run ?? '');
    expect(undo.header).toMatchObject({
      kind: 'undo',
      of: run,
      trackers: [{ name: 'app', settings: { type: 'test' }, open: null }],
    });
    expect(undo.end).toBe('finished');
    expect(undo.bugs.map(({ done, outcome }) => [...done, outcome?.status].join(' '))).toEqual([
      ...Array(3).fill('reopen disown taken-back'),
      'disown taken-back',
    ]);
    const told = all.events.filter(({ type }) => type !== 'read');
    expect(told[0]).toEqual({ type: 'run', run: document.run, total: 4, of: run });
    expect(told.filter(({ type }) => type === 'acting')).toHaveLength(4);
    const runs = await all.state.runs();
    expect(undoneBy(runs, run)).toBe(document.run);
    expect(undoneBy(runs, document.run ?? '')).toBeNull();
  });

  test('what people did meanwhile stands', async () => {
    const all = await given();
    await all.prune();
    all.happens('acme/app#1', [{ at, kind: 'reopened', actor: MONA }], { state: 'open', status: 'open' });
    all.happens('acme/app#2', [{ at, kind: 'commented', actor: MONA }]);
    all.happens('acme/app#4', [{ at, kind: 'commented', actor: MONA }]);
    const undone = await all.undo();
    expect(undone.document.bugs.map(({ status, detail }) => `${status}: ${detail}`)).toEqual([
      `left: mona reopened it on ${at}`,
      `left: mona commented on it on ${at}`,
      'taken-back: reopened, the comment says that it was taken back',
      'taken-back: the warning says that it was taken back',
    ]);
    expect(all.bugs()).toEqual(['open close', 'closed close', 'open undo', 'open undo']);
  });

  test('a bug that changes between the look and the undo is left alone as well', async () => {
    let reads = 0;
    const all = await given((real) => ({
      read: (ref, call) => {
        if (ref === 'acme/app#2' && ++reads === 3) all.happens(ref, [{ at, kind: 'assigned', actor: MONA }]);
        return real.read(ref, call);
      },
    }));
    await all.prune();
    expect(statuses(await all.undo())).toEqual(['taken-back', 'left', 'taken-back', 'taken-back']);
    expect(all.bugs()[1]).toBe('closed close');
  });

  test('of a confidential bug nothing is told that somebody wrote', async () => {
    const all = await given();
    await all.prune();
    all.happens('acme/app#1', [], { confidential: true });
    const { document } = await all.undo();
    expect(document.bugs.map(({ title }) => title)).toEqual(['', 'Bug 2', 'Bug 3', 'Bug 4']);
    const { bugs } = await all.state.find(document.run ?? '');
    expect(bugs[0]?.plan).toMatchObject({ ref: 'acme/app#1', title: '' });
  });
});

describe('which run', () => {
  test('the latest that has not been taken back; then the one before', async () => {
    const all = await given();
    const first = await all.prune();
    await all.undo();
    const second = await all.prune({ now: '2027-01-22T09:00:00Z' });
    all.happens('acme/app#1', [{ at, kind: 'reopened', actor: MONA }], { state: 'open', status: 'open' });
    expect((await all.undo()).document).toMatchObject({ of: second, summary: { left: 1 } });
    const runs = await all.state.runs();
    const prunes = runs.filter(({ header }) => header.kind === 'prune');
    expect(prunes.map((run) => isTakenBack(runs, run))).toEqual([true, true]);
    const again = (await all.undo()).document;
    expect(again).toMatchObject({ of: second, run: null });
    expect(await all.state.runs()).toHaveLength(4);
    expect((await all.undo(first)).document).toMatchObject({ of: first, run: null, summary: { takenBack: 4 } });
  });

  test('an older one that is still to be taken back, when the latest is', async () => {
    const all = await given();
    const first = await all.prune();
    all.happens('acme/app#1', [{ at, kind: 'reopened', actor: MONA }], { state: 'open' });
    const second = await all.prune({ now: '2027-01-22T09:00:00Z' });
    expect((await all.undo()).document.of).toBe(second);
    expect((await all.undo()).document.of).toBe(first);
  });

  test('a run that did nothing is passed over, and has nothing to take back', async () => {
    const all = await given();
    const run = await all.prune();
    const idle = await all.prune({ now: '2026-11-22T10:00:00Z' });
    expect((await all.undo(idle)).document).toMatchObject({ run: null, of: idle, bugs: [] });
    expect((await all.undo()).document.of).toBe(run);
  });

  test('there is none, there is no such one, or it is an undo', async () => {
    const all = await given();
    expect(await failure(all.undo())).toMatchObject({ code: 'usage', message: `There is no run in ${all.folder}.` });
    const run = await all.prune();
    expect((await failure(all.undo('20260101T000000Z-nope'))).hint).toContain(run);
    const { document } = await all.undo();
    const error = await failure(all.undo(document.run));
    expect(error).toMatchObject({ code: 'usage', message: `Run ${document.run} is itself an undo: it took back run ${run}.` });
    expect(error.hint).toContain(`bugprune undo ${run}`);
  });
});

describe('cut short', () => {
  test('Ctrl-C finishes the bug at hand; once more goes on with the rest', async () => {
    const stop = new AbortController();
    let reverted = 0;
    const all = await given((real) => ({
      revert: (receipt: Receipt, call) => {
        if (++reverted === 1) stop.abort();
        return real.revert(receipt, call);
      },
    }));
    const run = await all.prune();
    const first = await all.undo(null, { signal: stop.signal });
    expect(statuses(first)).toEqual(['taken-back', 'not-reached', 'not-reached', 'not-reached']);
    expect((await all.state.find(first.document.run ?? '')).end).toBe('interrupted');
    expect(all.events.filter(({ type }) => type === 'stopping')).toHaveLength(1);
    expect(all.bugs()).toEqual(['open undo', 'closed close', 'closed close', 'open warn']);
    const second = await all.undo();
    expect(second.document.of).toBe(run);
    expect(second.document.bugs[0]).toMatchObject({ status: 'taken-back', detail: 'was taken back before' });
    expect(all.bugs()).toEqual(BACK);
    expect(reverted).toBe(7);
  });

  test('Ctrl-C ends a long pause, and the journal with it', async () => {
    const stop = new AbortController();
    const limited = new TrackerError('rate-limit', 'Slow down.', { retryAfter: 600 });
    const all = await given(() => ({ revert: () => Promise.reject(limited) }));
    await all.prune();
    const sleep = (_: number, signal: AbortSignal) => {
      stop.abort();
      return Promise.reject(signal.reason);
    };
    const undone = await all.undo(null, { signal: stop.signal, sleep });
    expect(statuses(undone)).toEqual(Array(4).fill('not-reached'));
    expect((await all.state.find(undone.document.run ?? '')).end).toBe('interrupted');
  });

  test.each([1, 2, 3, 4, 5, 6, 7])('a crash at write %i: the next undo finishes, and nothing is written twice', async (crash) => {
    const abort = new AbortController();
    let reverted = 0;
    const seen: string[] = [];
    const all = await given((real) => ({
      async revert(receipt: Receipt, call) {
        if (++reverted === crash) {
          // Half of the crashes come before the write, half of them after it.
          if (crash % 2 === 0) await real.revert(receipt, call);
          abort.abort();
          throw abort.signal.reason;
        }
        seen.push(`${receipt.action} ${receipt.ref}`);
        await real.revert(receipt, call);
      },
    }));
    await all.prune();
    await expect(all.undo(null, { abort: abort.signal })).rejects.toThrow(/abort/i);
    const { end } = (await all.state.runs()).at(-1) ?? {};
    expect(end).toBeNull();
    const undone = await all.undo();
    expect(statuses(undone)).toEqual(Array(4).fill('taken-back'));
    expect(all.bugs()).toEqual(BACK);
    expect(new Set(seen).size).toBe(seen.length);
    expect((await all.undo()).document.run).toBeNull();
  });

  test.each([1, 2, 3, 4, 5, 6, 7])('a prune that crashed at write %i: what it had done is taken back', async (crash) => {
    const abort = new AbortController();
    let written = 0;
    const dying = <Write extends (...args: never[]) => Promise<Receipt>>(write: Write) =>
      (async (...args: never[]) => {
        if (++written !== crash) return await write(...args);
        if (crash % 2 === 0) await write(...args);
        abort.abort();
        throw abort.signal.reason;
      }) as Write;
    const all = await given((real) => ({ comment: dying(real.comment), close: dying(real.close) }));
    await expect(all.prune({ abort: abort.signal })).rejects.toThrow(/abort/i);
    written = 100;
    const undone = await all.undo();
    expect(new Set(statuses(undone)).has('failed')).toBe(false);
    expect(all.bugs().every((bug) => /^open( undo)*$/.test(bug))).toBe(true);
    expect((await all.undo()).document.run).toBeNull();
  });

  test('a journal that cannot be written any more stops it before the next write', async () => {
    const all = await given();
    await all.prune();
    const begin = all.state.begin;
    const { JournalError } = await import('../../../../src/journal/failure.js');
    let lines = 0;
    const full = async (...args: Parameters<typeof begin>) => {
      const journal = await begin(...args);
      const append: typeof journal.append = (...more) =>
        ++lines > 6 ? Promise.reject(new JournalError('written', 'x', new Error('full'))) : journal.append(...more);
      return { ...journal, append };
    };
    Object.assign(all.state, { begin: full });
    const { document, stopped } = await all.undo();
    expect(stopped?.message).toContain('cannot be written');
    expect(document.summary).toEqual({ takenBack: 1, left: 0, failed: 0, notReached: 3 });
    expect(all.bugs()).toEqual(['open undo', 'open close', 'closed close', 'open warn']);
    Object.assign(all.state, { begin });
    expect(statuses(await all.undo())).toEqual(Array(4).fill('taken-back'));
    expect(all.bugs()).toEqual(BACK);
  });
});

describe('when it may not', () => {
  test('two refusals in a row stop the tracker; the rest can be tried again', async () => {
    let allowed = false;
    let tried = 0;
    const all = await given((real) => ({
      revert: (receipt: Receipt, call) => {
        tried++;
        return allowed ? real.revert(receipt, call) : Promise.reject(new TrackerError('permission', 'No.'));
      },
    }));
    await all.prune();
    const { document } = await all.undo();
    expect(document.bugs.map(({ detail }) => detail)).toEqual([
      'No.',
      'No.',
      ...Array(2).fill('not tried: this account was refused before'),
    ]);
    expect(tried).toBe(2);
    expect((await all.state.find(document.run ?? '')).end).toBe('failed');
    allowed = true;
    expect(statuses(await all.undo())).toEqual(Array(4).fill('taken-back'));
  });

  test('a bug that cannot be read is told, and keeps nobody from the others', async () => {
    let gone = false;
    const all = await given((real) => ({
      read: (ref, call) =>
        gone && ref === 'acme/app#2' ? Promise.reject(new TrackerError('gone', 'It was moved.')) : real.read(ref, call),
    }));
    await all.prune();
    gone = true;
    const { document } = await all.undo();
    expect(document.bugs.map(({ status }) => status)).toEqual(['taken-back', 'failed', 'taken-back', 'taken-back']);
    expect(document.bugs[1]).toMatchObject({ title: 'Bug 2', detail: 'It was moved.' });
  });

  test('another run is at work, or was since the look', async () => {
    const all = await given();
    const run = await all.prune();
    const during = all.state.exclusively('20261122T090000Z-other', () => failure(all.undo()));
    expect(await during).toMatchObject({ code: 'refused' });
    const find = all.state.find;
    let looks = 0;
    const changing = async (id: string) => {
      const state = await find(id);
      return id === run && ++looks === 2 ? { ...state, bugs: state.bugs.slice(1) } : state;
    };
    Object.assign(all.state, { find: changing });
    expect(await failure(all.undo(run))).toMatchObject({
      code: 'refused',
      message: `Run ${run} has gone on meanwhile. Nothing was changed.`,
    });
    expect(all.bugs()).toEqual(PRUNED);
  });
});

describe('without the journal', () => {
  const lost = async (otherwise?: Parameters<typeof given>[0]) => {
    const all = await given(otherwise);
    const run = await all.prune();
    await rm(join(all.folder, 'runs'), { recursive: true });
    return { all, run };
  };

  test('the marks on the bugs tell what the run did', async () => {
    const { all, run } = await lost();
    all.happens('acme/app#2', [{ at, kind: 'commented', actor: MONA }]);
    const undone = await all.undoFromTracker(run);
    expect(statuses(undone).toSorted()).toEqual(['left', 'taken-back', 'taken-back', 'taken-back']);
    expect(all.bugs()).toEqual(['open undo', 'closed close', 'open undo', 'open undo']);
    const journal = await all.state.find(undone.document.run ?? '');
    expect(journal.header).toMatchObject({
      kind: 'undo',
      of: run,
      trackers: [{ name: 'app', settings: { type: 'test' }, open: null }],
    });
    expect(statuses(await all.undoFromTracker(run)).toSorted()).toEqual(['left', 'taken-back', 'taken-back', 'taken-back']);
    expect(await all.state.runs()).toHaveLength(1);
  });

  test("other runs and other people's markers are none of its business", async () => {
    const { all, run } = await lost();
    const second = await all.prune({ now: '2026-11-30T09:00:00Z' });
    expect(all.bugs()[3]).toBe('closed warn close');
    const mark = { run, action: 'close', policy: 'untargeted' } as const;
    const copied = aBug({ ref: 'acme/app#9', state: 'closed', events: [{ at, kind: 'commented', actor: MONA, mark }] });
    all.tracker.bugs.set(copied.ref, copied);
    const undone = await all.undoFromTracker(run);
    expect(undone.document.bugs.map(({ ref, status }) => `${ref} ${status}`).toSorted()).toEqual([
      'acme/app#1 taken-back',
      'acme/app#2 taken-back',
      'acme/app#3 taken-back',
      'acme/app#4 left',
    ]);
    expect(statuses(await all.undoFromTracker(second))).toEqual(['taken-back']);
    expect(all.bugs()[3]).toBe('open warn undo');
  });

  test('half an undo of which no journal is left is finished', async () => {
    const abort = new AbortController();
    let reverted = 0;
    const { all, run } = await lost((real) => ({
      revert: (receipt: Receipt, call) => {
        if (++reverted !== 4) return real.revert(receipt, call);
        abort.abort();
        return Promise.reject(abort.signal.reason);
      },
    }));
    await expect(all.undoFromTracker(run, { abort: abort.signal })).rejects.toThrow(/abort/i);
    expect(all.bugs().toSorted()).toEqual(['closed close', 'open close', 'open undo', 'open warn']);
    await rm(join(all.folder, 'runs'), { recursive: true });
    expect(statuses(await all.undoFromTracker(run))).toEqual(Array(4).fill('taken-back'));
    expect(all.bugs()).toEqual(BACK);
  });

  test('a damaged journal keeps nobody from it', async () => {
    const all = await given();
    const run = await all.prune();
    await writeFile(join(all.folder, 'runs', `${run}.jsonl`), 'nonsense\n');
    expect((await failure(all.undo(run))).code).toBe('usage');
    expect(statuses(await all.undoFromTracker(run))).toEqual(Array(4).fill('taken-back'));
  });

  test('an id that is none, that nothing carries, or that is of an undo', async () => {
    const { all, run } = await lost();
    expect(await failure(all.undoFromTracker('acme/app'))).toMatchObject({
      code: 'usage',
      message: expect.stringContaining('no id of a run'),
    });
    expect(await failure(all.undoFromTracker('20261399T090000Z-c0ffee'))).toMatchObject({ code: 'usage' });
    expect(await failure(all.undoFromTracker(`${run}x`))).toMatchObject({
      code: 'usage',
      message: expect.stringContaining('No bug carries a mark'),
    });
    const { document } = await all.undoFromTracker(run);
    expect(await failure(all.undoFromTracker(document.run ?? ''))).toMatchObject({
      message: expect.stringContaining('itself an undo'),
    });
  });

  test('what could not be read is told: there may be more', async () => {
    let half = false;
    const { all, run } = await lost((real) => ({
      async *search(what, call) {
        yield* real.search(what, call);
        if (half) call.on({ type: 'problem', error: new TrackerError('network', 'Half of it.') });
      },
    }));
    half = true;
    all.happens('acme/app#3', [], { history: 'partial', events: [] });
    const { document } = await all.undoFromTracker(run);
    expect(document.problems).toEqual([
      'Half of it.',
      'Half of it.',
      'app: the history of one bug could not be read completely; the run may have touched them, too.',
    ]);
    expect(document.summary.takenBack).toBe(3);
  });

  test('nothing is found because nothing could be read', async () => {
    const { all, run } = await lost();
    const broken = await given(() => ({ identify: () => Promise.reject(new TrackerError('auth', 'Nobody.')) }));
    expect(await failure(broken.undoFromTracker(run))).toMatchObject({ code: 'credentials', message: 'Nobody.' });
    expect(all.bugs()).toEqual(PRUNED);
  });
});
