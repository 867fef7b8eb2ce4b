import { describe, expect, test } from 'vitest';
import { type Kind, openPlace, type Place, PRUNE } from './place.js';
import {
  expectAllsWell,
  expectBack,
  expectGoodStory,
  expectNothingLeft,
  expectNothingToDo,
  expectSuccess,
  uninterrupted,
} from './story.js';

/** How a connection breaks at a write: before it takes effect or before its answer arrives, for this once or until somebody mends it. */
const BREAKS = (['before', 'after'] as const).flatMap((drop) =>
  [false, true].map((forGood) => ({ drop, forGood, how: forGood ? 'for good' : 'once' })),
);

/** Every write, broken in every way. */
const breaksOf = (writes: readonly string[]) =>
  writes.flatMap((write, index) => BREAKS.map((one) => ({ ...one, write, nth: index + 1 })));

type Break = ReturnType<typeof breaksOf>[number];

/** Breaks the connection as a command comes to a certain write; then it is in order again. */
async function broken(place: Place, { nth, drop, forGood }: Break, ...words: string[]): Promise<void> {
  let breaks = 0;
  place.line.listen((count) => {
    if (count !== nth) return undefined;
    breaks++;
    if (forGood) place.line.cut();
    return { drop };
  });
  const { code, stderr } = await place.run(...words);
  expect(breaks).toBe(1);
  // What broke once may have been mended on the way.
  expect(forGood ? [5] : [0, 5], stderr).toContain(code);
  place.line.listen();
}

/**
 * Tests that break the connection to a tracker at each write of a prune and of an undo. `writes`: how many these are; `tick`: how much
 * later each request comes than the one before.
 */
export async function breakConnections(
  kind: Kind,
  { tick = 1000, writes }: { readonly tick?: number; readonly writes: { readonly closing: number; readonly undoing: number } },
): Promise<void> {
  const story = await uninterrupted(kind, tick);

  test('a run that nothing interrupts closes two bugs, each with one comment, and an undo brings all of it back', () => {
    expectGoodStory(story, kind);
    expect({ closing: story.closing.length, undoing: story.undoing.length }).toEqual(writes);
  });

  describe('a prune whose connection breaks', () => {
    test.each(breaksOf(story.closing))('$how $drop write $nth ($write)', async (given) => {
      await using place = await openPlace(kind, { tick });
      await broken(place, given, ...PRUNE);
      const [run = ''] = place.runs();
      await expectAllsWell(place, story, run);
      await expectNothingToDo(place, run);
    });
  });

  describe('a prune whose connection breaks, and which nobody resumes', () => {
    test.each(breaksOf(story.closing).filter(({ forGood }) => forGood))('$drop write $nth ($write)', async (given) => {
      await using place = await openPlace(kind, { tick });
      await broken(place, given, ...PRUNE);
      const [run = ''] = place.runs();
      expectSuccess(await place.run('undo', run, '--yes'));
      expect(place.violations()).toEqual([]);
      expectNothingLeft(place, story);
    });
  });

  describe('an undo whose connection breaks', () => {
    test.each(breaksOf(story.undoing))('$how $drop write $nth ($write)', async (given) => {
      await using place = await openPlace(kind, { tick });
      expectSuccess(await place.run(...PRUNE));
      const [run = ''] = place.runs();
      await broken(place, given, 'undo', run, '--yes');
      await expectBack(place, story, run);
      await expectNothingToDo(place, run);
    });
  });
}
