import { defineConfig } from 'vitest/config';

/** What looks at which modules have been loaded must be the first to load them. */
const ALONE = ['test/unit/trackers/github/lazy.test.ts'];

export default defineConfig({
  test: {
    // Most of the time tests wait for servers, disks and child processes: by itself the runner would leave one of two cores idle.
    maxWorkers: 2,
    testTimeout: 90_000,
    hookTimeout: 90_000,
    // Loading the program anew for each of two hundred files took longer than many of the tests: the files of a worker share it.
    projects: [
      {
        extends: true,
        test: {
          name: 'shared',
          include: ['test/**/*.test.ts'],
          exclude: ALONE,
          isolate: false,
          globalSetup: 'test/temporary-folder.ts',
        },
      },
      { extends: true, test: { name: 'alone', include: ALONE } },
    ],
  },
});
