import { describe, expect, test } from 'vitest';
import { type Kind, openPlace, type Place, PRUNE } from './place.js';
import { expectAllsWell, expectBack, expectGoodStory, expectNothingToDo, expectSuccess, uninterrupted } from './story.js';

/** How a connection breaks: at this one request, and whoever looks may mend it at once; or for good, until somebody comes back. */
const HOW = ['once', 'for good'] as const;

/** Every write, the connection breaking before it takes effect and before its answer arrives. */
const breaksOf = (writes: readonly string[], ways: readonly (typeof HOW)[number][]) =>
  writes.flatMap((write, index) =>
    ways.flatMap((how) => (['before', 'after'] as const).map((drop) => ({ how, drop, write, nth: index + 1 }))),
  );

type Break = ReturnType<typeof breaksOf>[number];

/** Breaks the connection as a command comes to a certain write; then it is in order again. */
async function broken(place: Place, { nth, drop, how }: Break, ...words: string[]): Promise<void> {
  let breaks = 0;
  place.line.listen((count) => {
    if (count !== nth) return undefined;
    breaks++;
    if (how === 'for good') place.line.cut();
    return { drop };
  });
  const { code, stderr } = await place.run(...words);
  expect(breaks).toBe(1);
  // What broke once may have been mended on the way.
  expect(how === 'for good' ? [5] : [0, 5], stderr).toContain(code);
  place.line.listen();
}

/** What is particular about a test of connections. */
export interface Particulars {
  /** How much later each request comes than the one before; a second unless said. */
  readonly tick?: number;
  /** In which ways connections break; in both unless said. */
  readonly ways?: readonly (typeof HOW)[number][];
  /** How many writes the prune and its undo take. */
  readonly writes: { readonly closing: number; readonly undoing: number };
}

/** Tests that break the connection to a tracker at each write of a prune and of an undo. */
export async function breakConnections(kind: Kind, { tick = 1000, ways = HOW, writes }: Particulars): Promise<void> {
  const story = await uninterrupted(kind, tick);

  test('a run that nothing interrupts closes two bugs, each with one comment, and an undo brings all of it back', () => {
    expectGoodStory(story, kind);
    expect({ closing: story.closing.length, undoing: story.undoing.length }).toEqual(writes);
  });

  describe('a prune whose connection breaks', () => {
    test.each(breaksOf(story.closing, ways))('$how $drop write $nth ($write)', async (given) => {
      await using place = await openPlace(kind, { tick });
      await broken(place, given, ...PRUNE);
      const [run = ''] = place.runs();
      await expectAllsWell(place, story, run);
      await expectNothingToDo(place, run);
    });
  });

  describe('an undo whose connection breaks', () => {
    test.each(breaksOf(story.undoing, ways))('$how $drop write $nth ($write)', async (given) => {
      await using place = await openPlace(kind, { tick });
      expectSuccess(await place.run(...PRUNE));
      const [run = ''] = place.runs();
      await broken(place, given, 'undo', run, '--yes');
      await expectBack(place, story, run);
      await expectNothingToDo(place, run);
    });
  });
}
