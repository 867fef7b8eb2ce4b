import { expect, test } from 'vitest';
import { aBug, memoryTracker } from '../../../src/testing.js';
import { aFolderWith, NOW, runs } from '../cli/given.js';

test('the histories that are still missing are counted while they are read', async () => {
  const bugs = Array.from({ length: 501 }, (_, index) => aBug({ ref: `acme/app#${index + 1}` }));
  const tracker = memoryTracker(bugs, () => NOW);
  const cwd = await aFolderWith(() => ({
    ...tracker,
    async *search(what, call) {
      for await (const bug of tracker.search(what, call)) yield { ...bug, events: [], history: 'unread' };
    },
  }));
  const { err } = await runs(['-v', '--config', 'my.yaml'], { cwd });
  expect(err).toContain('app: 0 of 501 histories read\napp: 500 of 501 histories read\n');
});
