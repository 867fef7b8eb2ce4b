import { expect, test } from 'vitest';
import { WEEK } from './given/clock.js';
import type { Observer } from './given/observer.js';
import { liveAYear } from './given/year.js';

const SEEDS = Array.from({ length: 6 }, (_, index) => `noise ${index}`);

/** What bugprune did in each week. */
const byWeek = ({ writes }: Observer) => writes.map(({ at, what }) => `${Math.floor(at / WEEK)} ${what}`);

test.each(SEEDS)('%s: robots that comment and label, and what other tools said before, change nothing', async (seed) => {
  const year = { seed, isOrderly: true, isNoisy: false };
  const quiet = byWeek(await liveAYear(year));
  expect(quiet.length).toBeGreaterThan(10);
  expect(byWeek(await liveAYear({ ...year, isNoisy: true }))).toEqual(quiet);
  expect(byWeek(await liveAYear({ ...year, hadTools: true }))).toEqual(quiet);
});
