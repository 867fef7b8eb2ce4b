import { describe, expect, test } from 'vitest';
import { githubGuiIsPresent, loadGithubGui, startGithub } from '../../../fakes/github/index.js';
import { found, openTracker, testCall } from './world.js';

describe.skipIf(!githubGuiIsPresent)('a real repository (../shared/data)', () => {
  test('all its open bugs with whole histories, within the budget of requests', async () => {
    await using fake = await startGithub({ store: loadGithubGui() });
    const tracker = await openTracker(fake.url, { repos: ['acme/gui'] });
    const bugs = await found(tracker);
    expect(bugs).toHaveLength(43);
    expect(bugs.filter(({ targets }) => targets.length === 0)).toHaveLength(42);
    const loaded = await tracker.loadHistory(bugs, testCall());
    expect(loaded.every(({ history }) => history === 'complete')).toBe(true);
    for (const bug of loaded) {
      const comments = bug.events.filter(({ kind }) => kind === 'commented');
      expect([bug.ref, comments.length]).toEqual([bug.ref, bug.comments]);
      expect(bug.events.map(({ at }) => at)).toEqual(bug.events.map(({ at }) => at).toSorted());
    }
    // Two lists, two batches of histories, and three more.
    expect(fake.requests.length).toBeLessThanOrEqual(7);
    expect(fake.violations).toEqual([]);
  });
});
