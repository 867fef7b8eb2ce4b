import { setTimeout as wait } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import { github } from './given/github.js';
import { openPlace, type Place, PRUNE } from './given/place.js';
import { type Ended, start } from './given/process.js';
import { expectAllsWell, expectBack, expectSuccess, linesOf, uninterrupted } from './given/story.js';

const KIND = github('ntbf');
const story = await uninterrupted(KIND);
const PATIENCE = 60_000;

/** Every write, with the bug that it is about. */
const pointsOf = (writes: readonly string[], bugOf: (nth: number) => number) =>
  writes.map((write, index) => ({ write, nth: index + 1, bug: bugOf(index + 1) }));

const CLOSING = pointsOf(story.closing, (nth) => (nth <= 3 ? 1 : 2));
const UNDOING = pointsOf(story.undoing, (nth) => (nth <= 3 ? 1 : 2));

/** Long enough for a process to hear of a signal before it hears of an answer. */
const DELAY = 1000;
const NEVER = 3_600_000;

/** Presses Ctrl-C at the nth write of a command; `twice`: and once more when it is said that the bug at hand is being finished. */
async function interrupt(
  place: Place,
  nth: number,
  words: readonly string[],
  twice?: { readonly delay: number },
): Promise<Ended> {
  place.line.listen((count) => {
    if (count !== nth) return undefined;
    running.child.kill('SIGINT');
    return { delay: twice?.delay ?? DELAY };
  });
  const running = start(place, words);
  if (twice) {
    await running.says('Finishing acme/app#');
    running.child.kill('SIGINT');
  }
  const ended = await running.ended;
  if (twice?.delay === DELAY) await wait(DELAY + 100);
  place.line.listen();
  return ended;
}

const isClosed = (place: Place, ref: string) => place.look()[ref]?.fields.state === 'closed';
const lastLine = (place: Place, run: string) => linesOf(place.journal(run)).at(-1);

describe.concurrent('a prune that is interrupted', () => {
  test.each(CLOSING)('at write $nth ($write) finishes the bug at hand', { timeout: PATIENCE }, async ({ nth, bug }) => {
    await using place = await openPlace(KIND);
    const { code, stderr } = await interrupt(place, nth, PRUNE);
    const [run = ''] = place.runs();
    expect({ code, stderr }).toEqual({ code: 130, stderr: expect.stringContaining(`bugprune prune --resume ${run}`) });
    expect([isClosed(place, 'acme/app#1'), isClosed(place, 'acme/app#2')]).toEqual([true, bug === 2]);
    expect(lastLine(place, run)).toMatch(/^{"line":"end".*"reason":"interrupted"/);
    await expectAllsWell(place, story, run);
  });
});

describe.concurrent('an undo that is interrupted', () => {
  test.each(UNDOING)('at write $nth ($write) finishes the bug at hand', { timeout: PATIENCE }, async ({ nth, bug }) => {
    await using place = await openPlace(KIND);
    expectSuccess(await place.run(...PRUNE));
    const [run = ''] = place.runs();
    const { code, stderr } = await interrupt(place, nth, ['undo', run, '--yes']);
    expect({ code, stderr }).toEqual({ code: 130, stderr: expect.stringContaining(`bugprune undo ${run}`) });
    expect([isClosed(place, 'acme/app#1'), isClosed(place, 'acme/app#2')]).toEqual([false, bug === 1]);
    expect(lastLine(place, place.runs()[1] ?? '')).toMatch(/^{"line":"end".*"reason":"interrupted"/);
    await expectBack(place, story, run);
  });
});

/** What becomes of the write that nobody waits for any more. */
const FATES = [
  { fate: 'is never carried out', delay: NEVER },
  { fate: 'is carried out all the same', delay: DELAY },
];

describe.concurrent('a second Ctrl-C', () => {
  const points = CLOSING.flatMap((point) => FATES.map((one) => ({ ...one, ...point })));
  test.each(points)('at write $nth ($write) stops a prune at once; the write $fate', { timeout: PATIENCE }, async (given) => {
    await using place = await openPlace(KIND);
    const { code } = await interrupt(place, given.nth, PRUNE, given);
    expect(code).toBe(130);
    const [run = ''] = place.runs();
    await expectAllsWell(place, story, run);
  });

  test.each(UNDOING)('at write $nth ($write) stops an undo at once', { timeout: PATIENCE }, async ({ nth }) => {
    await using place = await openPlace(KIND);
    expectSuccess(await place.run(...PRUNE));
    const [run = ''] = place.runs();
    const { code } = await interrupt(place, nth, ['undo', run, '--yes'], { delay: DELAY });
    expect(code).toBe(130);
    await expectBack(place, story, run);
  });
});
