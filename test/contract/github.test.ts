import { describe, expect, test } from 'vitest';
import { type Seed, type Subject, trackerContract } from '../../src/testing.js';
import { githubDescriptor } from '../../src/trackers/github/index.js';
import { githubStore, startGithub } from '../fakes/github/index.js';
import { surroundings, tickingClock } from './surroundings.js';

const NOW = '2026-11-22T09:00:00Z';

function subject(enterprise: boolean) {
  return async (seeds: readonly Seed[]): Promise<Subject> => {
    const store = githubStore({ now: tickingClock(NOW) });
    store.addRepository('acme/app');
    store.addMilestone('acme/app', { title: 'v1', state: 'closed' });
    const issues = seeds.map(({ title, createdAt, target, closed }) => {
      const issue = store.addIssue('acme/app', { title, createdAt, labels: ['bug'], milestone: target ?? null });
      if (closed) store.close(issue, { at: createdAt });
      return issue;
    });
    const fake = await startGithub({ store, enterprise });
    const tracker = await githubDescriptor.open(
      githubDescriptor.settings.parse({ type: 'github', url: fake.url, repos: ['acme/app'] }),
      surroundings({ name: 'app', variables: { GITHUB_TOKEN: 'test-token' }, now: () => NOW }),
    );
    const issue = (ref: string) => store.issue(ref);
    return {
      tracker,
      name: 'app',
      refs: issues.map(({ number }) => `acme/app#${number}`),
      personComments: (ref, body) => Promise.resolve(void store.comment(issue(ref), { body })),
      personReopens: (ref) => Promise.resolve(store.reopen(issue(ref))),
      async dispose() {
        await fake.close();
        expect(fake.violations).toEqual([]);
      },
    };
  };
}

describe.each([
  ['GitHub', false],
  ['GitHub Enterprise Server', true],
])('%s', (_name, enterprise) => {
  test.each(trackerContract(subject(enterprise)).map(({ name, run }) => [name, run] as const))('%s', async (_case, run) => {
    await run();
  });
});
