import { expect, test } from 'vitest';
import { liveAYear } from './given/year.js';

const SEEDS = Array.from({ length: Number(process.env.YEARS ?? 20) }, (_, index) => `year ${index}`);

test.each(SEEDS)('%s', async (seed) => {
  const { writes } = await liveAYear({ seed });
  expect(writes.length).toBeGreaterThan(0);
});
