import { defineConfig } from 'vitest/config';

export default defineConfig({
  // Most of the time tests wait for servers, disks and child processes: by itself the runner would leave one of two cores idle.
  test: { include: ['test/**/*.test.ts'], testTimeout: 90_000, hookTimeout: 90_000, maxWorkers: 2 },
});
