import { githubStore, type Issue, startGithub } from '../../fakes/github/index.js';
import { withoutIds } from './look.js';
import type { Kind } from './place.js';

const OLD = '2025-01-01T00:00:00Z';
const BOT = { login: 'ci[bot]', type: 'Bot' } as const;

/**
 * GitHub, with or without a label for what was closed. `acme/app#2` has that label already, put on by somebody else, and comments of
 * others; `#3` is planned, and `#4` is young.
 */
export function github(label: string | null): Kind {
  return {
    name: label === null ? 'GitHub' : 'GitHub with a label',
    us: 'octocat',
    closes: ['acme/app#1', 'acme/app#2'],
    async open({ line, clock }) {
      const store = githubStore({ now: () => OLD });
      store.addRepository('acme/app');
      store.addMilestone('acme/app', { title: 'v2' });
      store.addIssue('acme/app', { title: 'Old', labels: ['bug'], createdAt: OLD });
      const second = store.addIssue('acme/app', {
        title: 'Old too',
        labels: ['bug', 'ux'],
        assignees: ['hubot'],
        createdAt: OLD,
      });
      store.comment(second, { body: 'It still happens.', at: '2025-02-01T00:00:00Z' });
      store.comment(second, { body: 'beep', by: BOT, at: '2025-03-01T00:00:00Z' });
      if (label) store.label(second, label, { at: '2025-04-01T00:00:00Z' });
      store.addIssue('acme/app', { title: 'Planned', labels: ['bug'], milestone: 'v2', createdAt: OLD });
      store.addIssue('acme/app', { title: 'Young', labels: ['bug'], createdAt: '2026-11-20T00:00:00Z' });
      const fake = await startGithub({ store, fault: line.fault, now: clock.now });
      const closeAs = label === null ? {} : { closeAs: { label } };
      return {
        tracker: { type: 'github', url: fake.url, repos: ['acme/app'], pace: '0s', ...closeAs },
        env: { GITHUB_API_URL: fake.url, GITHUB_TOKEN: 'test-token' },
        look: () => withoutIds(Object.fromEntries([...store.repository('acme/app').issues.values()].map(lookAt))),
        violations: () => fake.violations,
        close: fake.close,
      };
    },
  };
}

function lookAt(issue: Issue) {
  const { number, state, stateReason, title, body, labels, assignees, milestone, type, locked, events } = issue;
  const fields = {
    state,
    // GitHub itself writes down that a bug was open before.
    stateReason: stateReason === 'reopened' ? null : stateReason,
    ...{ title, body, type, locked },
    labels: labels.map(({ name }) => name),
    assignees: assignees.map(({ login }) => login),
    milestone: milestone?.title ?? null,
  };
  const said = events
    .filter(({ event }) => event === 'commented')
    .map(({ actor, body: text }) => ({ by: actor?.login ?? '', text: text ?? '' }));
  const happened = events.map(({ event, actor, label, reason }) =>
    [`${actor?.login}:`, event, label, reason].filter(Boolean).join(' '),
  );
  return [`acme/app#${number}`, { fields, said, happened, hidden: null }] as const;
}
