import { expect, test } from 'vitest';
import { WEEK } from './given/clock.js';
import type { Observer } from './given/observer.js';
import { liveAYear } from './given/year.js';

const SEEDS = Array.from({ length: 15 }, (_, index) => `noise ${index}`);

/** What bugprune did in each week. */
const byWeek = ({ writes }: Observer) => writes.map(({ at, what }) => `${Math.floor(at / WEEK)} ${what}`);

test.each(SEEDS)('%s: robots that comment and label change nothing', async (seed) => {
  const quiet = await liveAYear({ seed, isOrderly: true, isNoisy: false });
  const noisy = await liveAYear({ seed, isOrderly: true, isNoisy: true });
  expect(byWeek(noisy)).toEqual(byWeek(quiet));
});

test.each(SEEDS)('%s: what other tools said before means nothing', async (seed) => {
  const none = await liveAYear({ seed, isOrderly: true, isNoisy: false });
  const some = await liveAYear({ seed, isOrderly: true, isNoisy: false, hadTools: true });
  expect(byWeek(some)).toEqual(byWeek(none));
});
