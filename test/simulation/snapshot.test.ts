import { expect, test } from 'vitest';
import { onDisk } from './given/on-disk.js';
import { onFile } from './given/on-file.js';
import { onMemory } from './given/on-memory.js';
import { liveAYear } from './given/year.js';

// To be sure of the disk takes time.
const WHOLE = { drawer: onDisk, weeks: 26 };

test.each(['disk 1', 'disk 2'])('%s: half a year with journals on the disk', { timeout: 120_000 }, async (seed) => {
  const { writes } = await liveAYear({ seed, ...WHOLE, stageOn: onMemory });
  expect(writes.length).toBeGreaterThan(10);
});

test.each(['snapshot 1', 'snapshot 2'])('%s: half a year on a file', { timeout: 120_000 }, async (seed) => {
  const { writes } = await liveAYear({ seed, ...WHOLE, stageOn: onFile });
  expect(writes.length).toBeGreaterThan(10);
});
