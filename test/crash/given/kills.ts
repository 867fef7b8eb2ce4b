import { describe, expect, test } from 'vitest';
import { frozenAtLine, frozenAtWrite } from './freeze.js';
import { type Kind, openPlace, type Place, PRUNE } from './place.js';
import { killed } from './process.js';
import {
  expectAllsWell,
  expectBack,
  expectGoodStory,
  expectNothingLeft,
  expectSuccess,
  linesOf,
  type Story,
  uninterrupted,
} from './story.js';

const PATIENCE = 120_000;

/** Every line, when half of it is on the disk and when all of it is. */
const pointsOf = (lines: number) =>
  Array.from({ length: lines }, (_, index) => index + 1).flatMap((line) =>
    (['torn', 'after'] as const).map((how) => ({ line, how })),
  );

type Point = ReturnType<typeof pointsOf>[number];

/** Gives a command to a program that ends at a line of its journal. */
type End = (place: Place, point: Point, ...words: string[]) => Promise<void>;

/** A process of its own, really killed. */
const byKilling: End = async (place, { line, how }, ...words) => {
  const { signal, stderr } = await killed(place, `line ${line} ${how}`, ...words);
  expect(signal, stderr).toBe('SIGKILL');
};

/** The same within this process, which takes a tenth of the time. */
const byFreezing: End = async (place, { line, how }, ...words) => {
  expect(await frozenAtLine(place, line, how, words)).toBe(true);
};

/** The id of the run that a command has begun before its end; undefined where it came to nothing. */
async function cutShort(end: End, place: Place, point: Point, ...words: string[]): Promise<string | undefined> {
  const before = place.runs();
  await end(place, point, ...words);
  const run = place.runs().find((id) => !before.includes(id));
  if (run === undefined) return undefined;
  const text = place.journal(run);
  const { line, how } = point;
  expect([linesOf(text).length, text.endsWith('\n')]).toEqual(how === 'torn' ? [line - 1, false] : [line, true]);
  return run;
}

/** How many lines the journals of a prune and of its undo have. */
const LINES = { closing: 14, undoing: 14 };

/** As many of them stand there from the start, or none: the head and the plan. */
const FIRST_LINES = 3;

/** Tests that end the program at each line of its journals: really, or only nearly so. */
export async function endAtEachLine(kind: Kind, how: 'killed' | 'frozen'): Promise<void> {
  const story = await uninterrupted(kind);
  const end = how === 'killed' ? byKilling : byFreezing;
  // What is spied on is the same for all that happens in this process.
  const inTurn = how === 'killed' ? describe.concurrent : describe;

  test('a run that nothing interrupts closes two bugs, each with one comment, and an undo brings all of it back', () => {
    expectGoodStory(story, kind);
    expect({ closing: story.closingLines, undoing: story.undoingLines }).toEqual(LINES);
  });

  inTurn(`a prune that is ${how}`, () => {
    test.each(pointsOf(story.closingLines))('at line $line ($how)', { timeout: PATIENCE }, async (point) => {
      await using place = await openPlace(kind);
      const run = await cutShort(end, place, point, ...PRUNE);
      expect(run !== undefined).toBe(point.line > FIRST_LINES);
      if (run === undefined) await expectStillborn(place, story);
      else await expectAllsWell(place, story, run);
    });
  });

  inTurn(`an undo that is ${how}`, () => {
    test.each(pointsOf(story.undoingLines))('at line $line ($how)', { timeout: PATIENCE }, async (point) => {
      await using place = await openPlace(kind);
      expectSuccess(await place.run(...PRUNE));
      const [run = ''] = place.runs();
      await cutShort(end, place, point, 'undo', run, '--yes');
      await expectBack(place, story, run);
    });
  });
}

/** A run that never had its plan on the disk has touched nothing, and the next one is none the worse for it. */
async function expectStillborn(place: Place, story: Story): Promise<void> {
  expect([place.line.writes, place.look()]).toEqual([[], story.start]);
  expectSuccess(await place.run(...PRUNE));
  expect(place.look()).toEqual(story.done);
}

/** Every write, before it takes effect and before its answer arrives. */
const pointsAt = (writes: readonly string[]) =>
  writes.flatMap((write, index) => (['before', 'after'] as const).map((drop) => ({ write, nth: index + 1, drop })));

/** Tests that end the program at each write to a tracker: its journal knows that a step was begun, and nothing of how far it came. */
export async function endAtEachWrite(kind: Kind): Promise<void> {
  const story = await uninterrupted(kind);

  describe('a prune that is frozen', () => {
    test.each(pointsAt(story.closing))('$drop write $nth ($write)', async ({ nth, drop }) => {
      await using place = await openPlace(kind);
      expect(await frozenAtWrite(place, nth, drop, PRUNE)).toBe(true);
      const [run = ''] = place.runs();
      await expectAllsWell(place, story, run);
    });
  });

  describe('an undo that is frozen', () => {
    test.each(pointsAt(story.undoing))('$drop write $nth ($write)', async ({ nth, drop }) => {
      await using place = await openPlace(kind);
      expectSuccess(await place.run(...PRUNE));
      const [run = ''] = place.runs();
      expect(await frozenAtWrite(place, nth, drop, ['undo', run, '--yes'])).toBe(true);
      await expectBack(place, story, run);
    });
  });
}

/** Tests that end a prune at each line of its journal, and take it back as it is. */
export async function takeBackAtEachLine(kind: Kind): Promise<void> {
  const story = await uninterrupted(kind);
  test.each(pointsOf(story.closingLines))('frozen at line $line ($how)', async ({ line, how }) => {
    await using place = await openPlace(kind);
    expect(await frozenAtLine(place, line, how, PRUNE)).toBe(true);
    await expectTakenBack(place, story, line > FIRST_LINES);
  });
}

/** Tests that end a prune at each write to a tracker, and take it back as it is. */
export async function takeBackAtEachWrite(kind: Kind): Promise<void> {
  const story = await uninterrupted(kind);
  test.each(pointsAt(story.closing))('frozen $drop write $nth ($write)', async ({ nth, drop }) => {
    await using place = await openPlace(kind);
    expect(await frozenAtWrite(place, nth, drop, PRUNE)).toBe(true);
    await expectTakenBack(place, story, true);
  });
}

async function expectTakenBack(place: Place, story: Story, hasBegun: boolean): Promise<void> {
  const [run = 'none'] = place.runs();
  const outcome = await place.run('undo', run, '--yes');
  if (hasBegun) expectSuccess(outcome);
  else expect(outcome.code).toBe(2);
  expectNothingLeft(place, story);
  expect(place.violations()).toEqual([]);
}

/** Tests that kill the program at each change of a snapshot, before the new version takes the place of the old one and after it. */
export async function killAtEachChange(
  kind: Kind,
  changes: { readonly closing: number; readonly undoing: number },
): Promise<void> {
  const story = await uninterrupted(kind);
  const changesOf = (count: number) =>
    Array.from({ length: count }, (_, index) => index + 1).flatMap((nth) =>
      (['before', 'after'] as const).map((how) => ({ at: `rename ${nth} ${how}` })),
    );

  describe.concurrent('a prune that is killed while it writes', () => {
    test.each(changesOf(changes.closing))('at $at', { timeout: PATIENCE }, async ({ at }) => {
      await using place = await openPlace(kind);
      expect((await killed(place, at, ...PRUNE)).signal).toBe('SIGKILL');
      const [run = ''] = place.runs();
      await expectAllsWell(place, story, run);
    });
  });

  describe.concurrent('an undo that is killed while it writes', () => {
    test.each(changesOf(changes.undoing))('at $at', { timeout: PATIENCE }, async ({ at }) => {
      await using place = await openPlace(kind);
      expectSuccess(await place.run(...PRUNE));
      const [run = ''] = place.runs();
      expect((await killed(place, at, 'undo', run, '--yes')).signal).toBe('SIGKILL');
      await expectBack(place, story, run);
    });
  });
}
