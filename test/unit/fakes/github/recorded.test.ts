import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type GithubFake, githubGuiIsPresent, loadGithubGui, startGithub } from '../../../fakes/github/index.js';
import { allRows, ask } from './client.js';

describe.skipIf(!githubGuiIsPresent)('the recorded repository', () => {
  let fake: GithubFake;
  beforeAll(async () => {
    fake = await startGithub({ store: loadGithubGui({ now: () => '2026-08-21T20:00:00Z' }) });
  });
  afterAll(() => fake.close());

  const list = async (query: string) => (await allRows(fake, `/repos/acme/gui/issues?per_page=100&${query}`)).rows;

  test('has 341 issues, 133 of them open, and 537 pull requests', async () => {
    const rows = await list('state=all');
    const issues = rows.filter((row) => !row.pull_request);
    expect([rows.length, issues.length]).toEqual([878, 341]);
    expect(issues.filter(({ state }) => state === 'open')).toHaveLength(133);
    expect(new Set(rows.map(({ number }) => number)).size).toBe(878);
    expect(fake.violations).toEqual([]);
  });

  test('has 43 open bugs, 42 of them without a milestone', async () => {
    const bugs = async (more: string) => (await list(`labels=bug${more}`)).filter((row) => !row.pull_request);
    expect(await bugs('')).toHaveLength(43);
    expect(await bugs('&milestone=none')).toHaveLength(42);
  });

  test('has the timelines of all open issues, in batches', async () => {
    const ids = (await list('')).filter((row) => !row.pull_request).map((row) => row.node_id);
    let closings = 0;
    for (let start = 0; start < ids.length; start += 25) {
      const { body } = await ask(
        fake,
        `query($ids: [ID!]!) { nodes(ids: $ids) { ... on Issue { number comments { totalCount } timelineItems(last: 100) {
          nodes { __typename ... on ClosedEvent { createdAt stateReason actor { login } } ... on RenamedTitleEvent { previousTitle } ... on ConnectedEvent { source { __typename } } } } } } }`,
        { ids: ids.slice(start, start + 25) },
      );
      expect(body.errors).toBeUndefined();
      for (const { timelineItems } of body.data.nodes) {
        closings += timelineItems.nodes.filter(({ __typename: name }: { __typename: string }) => name === 'ClosedEvent').length;
      }
    }
    const { issues } = fake.store.repository('acme/gui');
    const open = [...issues.values()].filter(({ state, pullRequest }) => state === 'open' && !pullRequest);
    expect(closings).toBe(open.flatMap(({ events }) => events).filter(({ event }) => event === 'closed').length);
    expect(closings).toBeGreaterThan(0);
    expect(fake.violations).toEqual([]);
  });
});
