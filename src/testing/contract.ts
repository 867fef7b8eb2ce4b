import assert from 'node:assert/strict';
import { TrackerError } from '../errors.js';
import { type Bug, bugSchema, type Mark } from '../model/bug.js';
import { humanComments, isOurs, lastHumanActivity, reopenedByPeople, snoozedUntil, standingMark } from '../model/history.js';
import type { Call, Selection, Tracker } from '../trackers/tracker.js';

/** A bug that the tracker under test is to hold. */
export interface Seed {
  readonly title: string;
  readonly createdAt: string;
  /** The name of a live target. */
  readonly target?: string;
  readonly closed?: boolean;
}

/** A tracker under test, with the given bugs in it and nothing else, and a person who works on them. */
export interface Subject {
  readonly tracker: Tracker;
  /** The refs of the seeds, in their order. */
  readonly refs: readonly string[];
  /** What env.name was when the tracker was opened. */
  readonly name: string;
  /** A person who is not us comments. */
  personComments(ref: string, text: string): Promise<void>;
  /** A person who is not us reopens. */
  personReopens(ref: string): Promise<void>;
  dispose(): Promise<void>;
}

/** One thing that every adapter must do; `run` rejects with what it does instead. */
export interface ContractCase {
  readonly name: string;
  run(): Promise<void>;
}

const MARK: Mark = { run: '20261122T090000Z-c0ffee', action: 'close', policy: 'untargeted' };
const TEXT = 'No target release for 412 days.\n\nThis is a planning decision.';
const SEEDS: readonly Seed[] = [
  { title: 'Old and untargeted', createdAt: '2024-01-01T00:00:00Z' },
  { title: 'Planned', createdAt: '2024-02-01T00:00:00Z', target: 'v2' },
  { title: 'Done', createdAt: '2024-03-01T00:00:00Z', closed: true },
  { title: 'Escapes \u001b[31mred\u001b[0m and \u202ebackwards', createdAt: '2024-04-01T00:00:00Z' },
];

type Check = (subject: Subject & { readonly call: Call; readonly first: string }) => Promise<void>;

/**
 * What every adapter must do, as cases for any test runner: `for (const { name, run } of trackerContract(make)) test(name, run)`.
 * `make` opens a fresh tracker that holds the given bugs.
 */
export function trackerContract(make: (seeds: readonly Seed[]) => Promise<Subject>): ContractCase[] {
  return Object.entries(CHECKS).map(([name, check]) => ({
    name,
    async run() {
      const subject = await make(SEEDS);
      try {
        await check({ ...subject, call: quietCall(), first: subject.refs[0] ?? '' });
      } finally {
        await subject.dispose();
      }
    },
  }));
}

/** A call that nobody listens to. */
export function quietCall(signal: AbortSignal = new AbortController().signal): Call {
  return { signal, on: () => undefined };
}

const CHECKS: Record<string, Check> = {
  'says who we are': async ({ tracker, call }) => {
    const { name } = await tracker.identify(call);
    assert.ok(name.length > 0, 'an account name');
  },

  'finds every open bug once, targeted ones included, and no closed one': async ({ tracker, refs, call }) => {
    const found = (await searchAll(tracker, call)).map(({ ref }) => ref);
    assert.deepEqual(found.toSorted(), [refs[0], refs[1], refs[3]].toSorted());
  },

  'gives bugs in our words, cleaned and complete': async ({ tracker, name, call }) => {
    for (const bug of await searchAll(tracker, call)) {
      assert.deepEqual(bugSchema.parse(bug), bug, 'a bug that is not changed by being checked');
      assert.equal(bug.tracker, name);
      assert.equal(bug.state, 'open');
      // biome-ignore lint/suspicious/noControlCharactersInRegex: they must be gone
      assert.doesNotMatch(bug.title, /[\u0000-\u001f\u202e]/);
    }
  },

  'finds what was closed since an instant, and nothing that is open': async ({ tracker, refs, first, call }) => {
    const bug = await tracker.read(first, call);
    await tracker.comment(bug, TEXT, MARK, call);
    await tracker.close(bug, MARK, call);
    const found = await searchAll(tracker, call, { state: 'closed', since: bug.updatedAt });
    assert.ok(found.every(({ state }) => state === 'closed'));
    assert.equal(found.filter(({ ref }) => ref === first).length, 1);
    const everything = await searchAll(tracker, call, { state: 'closed', since: '1970-01-01T00:00:00Z' });
    assert.deepEqual(everything.map(({ ref }) => ref).toSorted(), [first, refs[2]].toSorted());
    assert.deepEqual(
      (await tracker.loadHistory(everything, call)).map(({ history }) => history),
      ['complete', 'complete'],
    );
  },

  'tells targeted from untargeted': async ({ tracker, refs, call }) => {
    const bugs = new Map((await searchAll(tracker, call)).map((bug) => [bug.ref, bug]));
    assert.deepEqual(bugs.get(refs[0] ?? '')?.targets, []);
    assert.deepEqual(bugs.get(refs[1] ?? '')?.targets, [{ name: 'v2', state: 'open' }]);
  },

  'loads histories in the order asked for': async ({ tracker, call }) => {
    const bugs = await searchAll(tracker, call);
    const read = await tracker.loadHistory(bugs.toReversed(), call);
    assert.deepEqual(
      read.map(({ ref }) => ref),
      bugs.map(({ ref }) => ref).toReversed(),
    );
    for (const bug of read) assert.equal(bug.history, 'complete');
  },

  'reads one bug as the list has it': async ({ tracker, first, call }) => {
    const [listed] = await tracker.loadHistory(
      (await searchAll(tracker, call)).filter(({ ref }) => ref === first),
      call,
    );
    assert.deepEqual(await tracker.read(first, call), listed);
  },

  'reads closed bugs too': async ({ tracker, refs, call }) => {
    assert.equal((await tracker.read(refs[2] ?? '', call)).state, 'closed');
  },

  'says so when there is no such bug': async ({ tracker, first, call }) => {
    const missing = first.replace(/\d+$/, '999999');
    await assert.rejects(
      tracker.read(missing, call),
      (error) => error instanceof TrackerError && ['not-found', 'gone'].includes(error.kind),
    );
  },

  'leaves a comment that is known as ours, and as no human activity': async ({ tracker, first, call }) => {
    const before = await tracker.read(first, call);
    const receipt = await tracker.comment(before, TEXT, MARK, call);
    assertJson(receipt);
    const bug = await tracker.read(first, call);
    const ours = bug.events.filter(isOurs);
    assert.deepEqual(
      ours.map(({ mark }) => mark),
      [MARK],
    );
    assert.equal(humanComments(bug), 0);
    assert.equal(lastHumanActivity(bug), lastHumanActivity(before));
    assert.deepEqual(standingMark(bug, 'close')?.mark, MARK);
  },

  'finds its own mark again, and no other': async ({ tracker, first, call }) => {
    const bug = await tracker.read(first, call);
    assert.equal(await tracker.findMark(bug, MARK, call), undefined);
    const receipt = await tracker.comment(bug, TEXT, MARK, call);
    assert.deepEqual((await tracker.findMark(bug, MARK, call))?.detail, receipt.detail);
    assert.equal(await tracker.findMark(bug, { ...MARK, run: 'another' }, call), undefined);
    assert.equal(await tracker.findMark(bug, { ...MARK, action: 'warn' }, call), undefined);
  },

  'remembers until when a bug is to be left alone': async ({ tracker, first, call }) => {
    const mark: Mark = { ...MARK, action: 'snooze', until: '2027-03-01' };
    const receipt = await tracker.comment(await tracker.read(first, call), TEXT, mark, call);
    assert.equal(snoozedUntil(await tracker.read(first, call)), '2027-03-01');
    assert.deepEqual((await tracker.findMark(await tracker.read(first, call), mark, call))?.detail, receipt.detail);
    await tracker.revert(receipt, call);
    assert.equal(snoozedUntil(await tracker.read(first, call)), null);
  },

  "counts a person's comment as human activity": async ({ tracker, first, personComments, call }) => {
    await personComments(first, 'Still happens.');
    const bug = await tracker.read(first, call);
    assert.equal(humanComments(bug), 1);
    assert.notEqual(lastHumanActivity(bug), bug.createdAt);
  },

  'closes, says what was recorded, and finds the bug no more': async ({ tracker, first, call }) => {
    const bug = await tracker.read(first, call);
    await tracker.comment(bug, TEXT, MARK, call);
    const receipt = await tracker.close(bug, MARK, call);
    assertJson(receipt);
    assert.match(receipt.recorded, /\S/);
    const closed = await tracker.read(first, call);
    assert.equal(closed.state, 'closed');
    assert.ok(closed.events.some(({ kind }) => kind === 'closed'));
    assert.ok((await searchAll(tracker, call)).every(({ ref }) => ref !== first));
  },

  'remembers that a person reopened what we closed': async ({ tracker, first, personReopens, call }) => {
    const bug = await tracker.read(first, call);
    await tracker.comment(bug, TEXT, MARK, call);
    await tracker.close(bug, MARK, call);
    await personReopens(first);
    const reopened = await tracker.read(first, call);
    assert.equal(reopened.state, 'open');
    assert.equal(reopenedByPeople(reopened).length, 1);
    assert.equal(standingMark(reopened, 'close'), undefined);
  },

  'takes back what it did': async ({ tracker, first, call }) => {
    const bug = await tracker.read(first, call);
    const comment = await tracker.comment(bug, TEXT, MARK, call);
    const close = await tracker.close(bug, MARK, call);
    await tracker.revert(close, call);
    await tracker.revert(comment, call);
    const back = await tracker.read(first, call);
    assert.equal(back.state, 'open');
    assert.equal(back.status, bug.status);
    assert.deepEqual(
      back.events.filter(isOurs).map(({ mark }) => mark?.action),
      ['undo'],
    );
    assert.equal(reopenedByPeople(back).length, 0);
    assert.equal(await tracker.findMark(back, MARK, call), undefined);
  },

  'finds its own closing again, as good for taking it back as the receipt': async ({ tracker, first, call }) => {
    const bug = await tracker.read(first, call);
    await tracker.comment(bug, TEXT, MARK, call);
    assert.equal(await tracker.findClosing(await tracker.read(first, call), MARK, call), undefined);
    await tracker.close(bug, MARK, call);
    const closed = await tracker.read(first, call);
    assert.equal(await tracker.findClosing(closed, { ...MARK, run: 'another' }, call), undefined);
    const found = await tracker.findClosing(closed, MARK, call);
    assert.ok(found);
    assert.equal(found.action, 'close');
    assertJson(found);
    const again = await tracker.close(closed, MARK, call);
    assert.deepEqual(again.detail, found.detail, 'closing what we have closed changes nothing');
    assert.equal((await tracker.read(first, call)).events.length, closed.events.length);
    await tracker.revert(found, call);
    const back = await tracker.read(first, call);
    assert.deepEqual([back.state, back.status, back.labels], ['open', bug.status, bug.labels]);
  },

  'finds no closing of its own once a person has reopened': async ({ tracker, first, personReopens, call }) => {
    const bug = await tracker.read(first, call);
    await tracker.comment(bug, TEXT, MARK, call);
    await tracker.close(bug, MARK, call);
    await personReopens(first);
    assert.equal(await tracker.findClosing(await tracker.read(first, call), MARK, call), undefined);
  },

  'tells what happened oldest first, and nothing later than the last change': async ({ tracker, first, call }) => {
    const bug = await tracker.read(first, call);
    await tracker.comment(bug, TEXT, MARK, call);
    await tracker.revert(await tracker.close(bug, MARK, call), call);
    const { events, updatedAt } = await tracker.read(first, call);
    const instants = events.map(({ at }) => at);
    assert.ok(instants.length >= 3, 'a comment, a closing and a reopening');
    assert.deepEqual(instants, instants.toSorted());
    assert.ok((instants.at(-1) ?? '') <= updatedAt, 'a bug without a change since a cutoff has no event since either');
  },

  'stops when told to': async ({ tracker, first }) => {
    const stopped = quietCall(AbortSignal.abort());
    await assert.rejects(tracker.read(first, stopped));
    await assert.rejects(searchAll(tracker, stopped));
  },
};

async function searchAll(tracker: Tracker, call: Call, what: Selection = { state: 'open' }): Promise<Bug[]> {
  const bugs: Bug[] = [];
  for await (const bug of tracker.search(what, call)) bugs.push(bug);
  return bugs;
}

function assertJson(value: unknown): void {
  assert.deepEqual(JSON.parse(JSON.stringify(value)), value, 'a receipt is plain JSON');
}
