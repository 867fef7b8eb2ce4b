import { expect } from 'vitest';
import type { Report } from '../../../src/report/document.js';
import type { Outcome } from '../../e2e/program.js';
import { type Look, ourWords, withoutUs } from './look.js';
import { type Kind, openPlace, type Place, PRUNE } from './place.js';

/** What comes of a run that nothing interrupts, and of taking it back. */
export interface Story {
  readonly start: Look;
  readonly done: Look;
  readonly undone: Look;
  /** The writes of the prune and of the undo. */
  readonly closing: readonly string[];
  readonly undoing: readonly string[];
  /** How many lines their journals have. */
  readonly closingLines: number;
  readonly undoingLines: number;
}

/** Prunes, and takes that back, and nothing happens in between. */
export async function uninterrupted(kind: Kind, tick?: number): Promise<Story> {
  await using place = await openPlace(kind, tick === undefined ? {} : { tick });
  const start = place.look();
  place.line.listen();
  expectSuccess(await place.run(...PRUNE));
  const done = place.look();
  const closing = place.line.writes;
  const [run = ''] = place.runs();
  const closingLines = linesOf(place.journal(run)).length;
  place.line.listen();
  expectSuccess(await place.run('undo', run, '--yes'));
  const undone = place.look();
  const undoing = place.line.writes;
  const undoingLines = linesOf(place.journal(place.runs()[1])).length;
  expect(place.violations()).toEqual([]);
  return { start, done, undone, closing, undoing, closingLines, undoingLines };
}

/** The whole lines of a journal. */
export const linesOf = (text: string): string[] => text.split('\n').slice(0, -1);

/** Exit code 0; else what was said on the way to another. */
export function expectSuccess({ code, stdout, stderr }: Outcome): void {
  expect(code, `${stdout}\n${stderr}`).toBe(0);
}

/** Takes the run up again, and then back: the tracker must be as it is when nothing was interrupted, after each of the two. */
export async function expectAllsWell(place: Place, story: Story, run: string): Promise<void> {
  const outcome = await place.run('prune', '--resume', run, '--yes', '--json');
  expectSuccess(outcome);
  const { bugs } = JSON.parse(outcome.stdout) as Report;
  expect(bugs.map(({ ref, result }) => [ref, result?.status])).toEqual(place.kind.closes.map((ref) => [ref, 'closed']));
  expect(place.look()).toEqual(story.done);
  await expectBack(place, story, run);
}

/** Takes the run back: what it did is undone. */
export async function expectBack(place: Place, story: Story, run: string): Promise<void> {
  expectSuccess(await place.run('undo', run, '--yes'));
  expect(place.look()).toEqual(story.undone);
  expect(place.violations()).toEqual([]);
}

/** When an undo is asked for once more, nothing is left to be written. */
export async function expectNothingToDo(place: Place, run: string): Promise<void> {
  const look = place.look();
  place.line.listen();
  expectSuccess(await place.run('undo', run, '--yes'));
  expect([place.line.writes, place.look()]).toEqual([[], look]);
}

/** That a run which was cut short and taken back has left nothing but comments that say so. */
export function expectNothingLeft({ look, kind: { us, closes, repeats = [] } }: Place, { start }: Story): void {
  expect(withoutUs(look(), us)).toEqual(withoutUs(start, us));
  for (const [ref, said] of Object.entries(ourWords(look(), us))) {
    expect(said.length, ref).toBeLessThanOrEqual(repeats.includes(ref) ? 2 : closes.includes(ref) ? 1 : 0);
    for (const text of said) expect(text).toMatch(/taken back/i);
  }
}

/** That the story itself is as it should be: what all others are compared with. */
export function expectGoodStory({ start, done, undone }: Story, { us, closes }: Kind): void {
  const words = (look: Look) => Object.entries(ourWords(look, us)).flatMap(([ref, said]) => said.map((text) => ({ ref, text })));
  expect(words(start)).toEqual([]);
  expect(words(done).map(({ ref }) => ref)).toEqual(closes);
  expect(words(undone).map(({ ref, text }) => [ref, /taken back/i.test(text)])).toEqual(closes.map((ref) => [ref, true]));
  for (const [ref, bug] of Object.entries(done)) {
    if (closes.includes(ref)) expect(bug.fields, ref).not.toEqual(start[ref]?.fields);
    else expect(bug, ref).toEqual(start[ref]);
  }
  expect(withoutUs(undone, us)).toEqual(withoutUs(start, us));
}
