import { expect, test } from 'vitest';
import { onDisk } from './given/on-disk.js';
import { onFile } from './given/on-file.js';
import { liveAYear } from './given/year.js';

const SEEDS = [1, 2, 3, 4].map((number) => `snapshot ${number}`);

test.each(SEEDS)('%s: a year on a file, with journals on the disk', { timeout: 120_000 }, async (seed) => {
  const { writes } = await liveAYear({ seed, drawer: onDisk, stageOn: onFile });
  expect(writes.length).toBeGreaterThan(10);
});
