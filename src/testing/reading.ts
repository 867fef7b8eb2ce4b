import assert from 'node:assert/strict';
import { TrackerError } from '../errors.js';
import { bugSchema } from '../model/bug.js';
import { humanComments, lastHumanActivity } from '../model/history.js';
import { placeOf } from '../model/shard.js';
import { type Check, quietCall, searchAll } from './subject.js';

/** What every adapter owes to whoever reads. */
export const READING: Readonly<Record<string, Check>> = {
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

  'leaves out no bug of the places that are asked for': async ({ tracker, refs, first, call }) => {
    const place = placeOf(first).toLowerCase();
    const open = [refs[0], refs[1], refs[3]].filter((ref) => ref !== undefined);
    const wanted = open.filter((ref) => placeOf(ref).toLowerCase() === place);
    const within = (name: string) => name.toLowerCase() === place;
    const found = (await searchAll(tracker, call, { state: 'open', within })).map(({ ref }) => ref);
    assert.deepEqual(found.filter((ref) => wanted.includes(ref)).toSorted(), wanted.toSorted());
    const others = await searchAll(tracker, call, { state: 'open', within: () => false });
    assert.ok(others.every(({ ref }) => open.includes(ref)));
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

  "counts a person's comment as human activity": async ({ tracker, first, personComments, call }) => {
    await personComments(first, 'Still happens.');
    const bug = await tracker.read(first, call);
    assert.equal(humanComments(bug), 1);
    assert.notEqual(lastHumanActivity(bug), bug.createdAt);
  },

  'stops when told to': async ({ tracker, first }) => {
    const stopped = quietCall(AbortSignal.abort());
    await assert.rejects(tracker.read(first, stopped));
    await assert.rejects(searchAll(tracker, stopped));
  },
};
