import type { FileHandle } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { spyOnFiles, systemError } from '../unit/journal/disk.js';
import { github } from './given/github.js';
import { openPlace, type Place, PRUNE } from './given/place.js';
import { expectAllsWell, expectBack, expectSuccess, uninterrupted } from './given/story.js';

const KIND = github('ntbf');
const story = await uninterrupted(KIND);

/** How a write to a journal fails: half of it arrives; or all of it, but nobody knows whether it stays. */
const FAILURES = ['half arrives', 'it may not stay'] as const;
type Failure = (typeof FAILURES)[number];

/** From the nth write on, no write to a journal succeeds. */
async function fillDisk(nth: number, failure: Failure, place: Place) {
  let [count, isFull] = [0, false];
  let before: readonly string[] | null = null;
  const fail = (): Promise<never> => {
    before ??= [...place.line.writes];
    return Promise.reject(systemError('ENOSPC'));
  };
  const appended = await spyOnFiles('appendFile');
  appended.spy.mockImplementation(async function (this: FileHandle, data) {
    isFull = ++count >= nth;
    const text = String(data);
    if (!isFull || failure === 'it may not stay') return await appended.original.call(this, text);
    await appended.original.call(this, text.slice(0, text.length / 2));
    return await fail();
  });
  const synced = [await spyOnFiles('datasync'), await spyOnFiles('sync')];
  for (const { spy, original } of synced) {
    spy.mockImplementation(function (this: FileHandle) {
      return isFull && failure === 'it may not stay' ? fail() : original.call(this);
    });
  }
  return {
    /** What had been written to the tracker when it was full; null where it never was. */
    writesBefore: () => before,
    makeRoom() {
      for (const { spy } of [appended, ...synced]) spy.mockRestore();
    },
  };
}

/** Gives a command while the disk is full from the nth write to a journal on: nothing is written to the tracker any more. */
async function whileFull(place: Place, nth: number, failure: Failure, ...words: string[]): Promise<void> {
  place.line.listen();
  const disk = await fillDisk(nth, failure, place);
  const { code, stderr } = await place.run(...words);
  expect({ code, stderr }).toEqual({
    // Where not even the journal could be begun, nothing was.
    code: nth === 1 ? 2 : 5,
    stderr: expect.stringMatching(/The journal cannot be written: .*\.jsonl: the disk is full/),
  });
  if (nth > 1) expect(stderr).toContain('Nothing more was written to any tracker.');
  expect(disk.writesBefore()).toEqual(place.line.writes);
  disk.makeRoom();
}

/** The head and the plan come in one write, every other line in one of its own. */
const points = Array.from({ length: 12 }, (_, index) => index + 1).flatMap((nth) =>
  FAILURES.map((failure) => ({ nth, failure })),
);

test.each(points)('a prune whose journal cannot be written, from write $nth on: $failure', async ({ nth, failure }) => {
  await using place = await openPlace(KIND);
  await whileFull(place, nth, failure, ...PRUNE);
  const [run] = place.runs();
  if (nth > 1) return await expectAllsWell(place, story, run ?? '');
  expect([run, place.line.writes, place.look()]).toEqual([undefined, [], story.start]);
  expectSuccess(await place.run(...PRUNE));
  expect(place.look()).toEqual(story.done);
});

test.each(points)('an undo whose journal cannot be written, from write $nth on: $failure', async ({ nth, failure }) => {
  await using place = await openPlace(KIND);
  expectSuccess(await place.run(...PRUNE));
  const [run = ''] = place.runs();
  await whileFull(place, nth, failure, 'undo', run, '--yes');
  if (nth === 1) expect([place.line.writes, place.look()]).toEqual([[], story.done]);
  await expectBack(place, story, run);
});
