import { expect, test } from 'vitest';
import { onGithub } from './given/on-github.js';
import { liveAYear } from './given/year.js';

const SEEDS = [1, 2].map((number) => `github ${number}`);

test.each(SEEDS)('%s: half a year over HTTP', { timeout: 120_000 }, async (seed) => {
  const { writes } = await liveAYear({ seed, weeks: 26, isOrderly: true, stageOn: onGithub });
  expect(writes.length).toBeGreaterThan(10);
});
