import { expect } from 'vitest';
import type { Place } from './place.js';

/** Gives a command that is to be refused before anything is written, to the tracker or to the journals. */
export async function expectRefusal(place: Place, code: number, message: RegExp, ...words: string[]): Promise<void> {
  const before = [place.state(), place.look()];
  place.line.listen();
  const outcome = await place.run(...words);
  expect({ code: outcome.code, stderr: outcome.stderr }).toEqual({ code, stderr: expect.stringMatching(message) });
  expect(outcome.stderr).not.toMatch(/defect of bugprune|\n\s+at /);
  expect(place.line.writes).toEqual([]);
  expect([place.state(), place.look()]).toEqual(before);
}
