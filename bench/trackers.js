// Trackers with a backlog of so many bugs that nobody plans to fix, and what the program needs to know to go there.
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';

export const NOW = '2026-11-22T09:00:00Z';
/** A clock that only waiting moves: without it, the limits of an hour would never be lifted again. */
const timeOf = (clock) => () => `${new Date(Date.parse(NOW) + clock.waited * 1000).toISOString().slice(0, 19)}Z`;

const CREATED = '2025-01-01T00:00:00Z';

/** How each is opened: a stand-in with `count` bugs and `latency` milliseconds before each answer, the settings and the credentials. */
export const TRACKERS = {
  async github(folder, count, { latency = 0, clock = { waited: 0 } } = {}) {
    const { githubStore, startGithub } = await import(join(folder, 'github.js'));
    const store = githubStore({ now: () => NOW });
    store.addRepository('acme/app');
    store.addMilestone('acme/app', { title: 'v2' });
    for (let index = 0; index < count; index++) {
      store.addIssue('acme/app', { number: index + 1, title: 'It does not work', labels: ['bug'], createdAt: CREATED });
    }
    const fake = await startGithub({ store, now: timeOf(clock), fault: late(latency) });
    return { fake, settings: { type: 'github', repos: ['acme/app'], url: fake.url }, env: { GITHUB_TOKEN: 'test-token' } };
  },
  async jira(folder, count, { latency = 0, clock = { waited: 0 } } = {}) {
    const { addIssue, createStore, startJira } = await import(join(folder, 'jira.js'));
    const store = createStore();
    for (let index = 0; index < count; index++) addIssue(store, { created: CREATED });
    const fake = await startJira({ flavour: 'cloud', store, now: timeOf(clock), fault: late(latency) });
    const env = { JIRA_EMAIL: 'lead@example.test', JIRA_API_TOKEN: 'test-token' };
    return { fake, settings: { type: 'jira', projects: ['ERP'], url: fake.url }, env };
  },
};

const late = (delay) => () => (delay > 0 ? { delay } : undefined);

/** Writes a configuration for a tracker into a folder and gives the arguments that name it. */
export async function configured(settings, folder) {
  const file = join(folder, 'config.json');
  await writeFile(file, JSON.stringify({ trackers: { bench: settings } }));
  return ['--config', file, '--state-dir', join(folder, 'state'), '--now', NOW];
}
