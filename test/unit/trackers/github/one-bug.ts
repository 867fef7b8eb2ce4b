import { expect } from 'vitest';
import type { Mark } from '../../../../src/model/bug.js';
import { type GithubFakeOptions, githubStore, startGithub } from '../../../fakes/github/index.js';
import { openTracker, testCall, testEnv } from './world.js';

/** The clock of everything in it, unless another is given. */
export const now = () => '2026-11-22T09:00:00Z';

/** The mark of the closing that is tested. */
export const mark: Mark = { run: 'r1', action: 'close', policy: 'untargeted' };

/** One open bug, `acme/app#1`, read through a tracker. */
export async function start(
  options: Partial<GithubFakeOptions> = {},
  settings: Record<string, unknown> = {},
  issueFields: object = {},
) {
  const store = githubStore({ now: options.now ?? now });
  store.addRepository('acme/app');
  store.addMilestone('acme/app', { title: 'v2' });
  const issue = store.addIssue('acme/app', { labels: ['bug'], ...issueFields });
  const fake = await startGithub({ store, now, ...options });
  const env = testEnv();
  const tracker = await openTracker(fake.url, settings, env);
  const bug = await tracker.read('acme/app#1', testCall());
  const before = fake.requests.length;
  const comments = () => issue.events.filter(({ event }) => event === 'commented');
  return {
    store,
    issue,
    fake,
    env,
    tracker,
    bug,
    comments,
    lines: () => fake.requests.slice(before).map(({ method, path }) => `${method} ${path}`),
    async [Symbol.asyncDispose]() {
      await fake.close();
      expect(fake.violations).toEqual([]);
    },
  };
}
