import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { githubStore, startGithub } from '../fakes/github/index.js';
import { addIssue, createStore, type JiraFlavour, person, startJira, statusOf } from '../fakes/jira/index.js';

export const NOW = '2026-11-22T09:00:00Z';
const OLD = '2025-01-01T00:00:00Z';

/** A stand-in with bugs that are kept for many reasons and two that are to be closed. */
export interface Place extends AsyncDisposable {
  readonly url: string;
  /** The settings of its tracker, without the address. */
  readonly settings: Readonly<Record<string, unknown>>;
  /** What the program needs in its environment, but the token. */
  readonly env: (url: string) => Record<string, string>;
  /** The refs that a good report proposes to close. */
  readonly proposed: readonly string[];
  /** The refs of what is closed now. */
  closed(): string[];
  /** How many requests would have written. */
  writes(): number;
}

export type Kind = 'GitHub' | 'Jira Cloud' | 'Jira Data Center';
export const KINDS: readonly Kind[] = ['GitHub', 'Jira Cloud', 'Jira Data Center'];

/** Opens a place that takes this token and no other. */
export function openPlace(kind: Kind, token = 'test-token'): Promise<Place> {
  return kind === 'GitHub' ? github(token) : jira(kind === 'Jira Cloud' ? 'cloud' : 'datacenter', token);
}

async function github(token: string): Promise<Place> {
  const store = githubStore({ now: () => NOW });
  store.addRepository('acme/app');
  store.addMilestone('acme/app', { title: 'v2' });
  store.addMilestone('acme/app', { title: 'v1', state: 'closed' });
  const add = (title: string, fields: Parameters<typeof store.addIssue>[1] = {}) =>
    store.addIssue('acme/app', { title, createdAt: OLD, ...fields, labels: ['bug', ...(fields.labels ?? [])] });
  add('Old');
  store.comment(add('Old too'), { body: 'It still happens.', at: '2025-02-01T00:00:00Z' });
  add('Planned', { milestone: 'v2' });
  add('Slipped', { milestone: 'v1' });
  add('Pinned', { labels: ['pinned'] });
  add('Worked on', { labels: ['in progress'] });
  add('Young', { createdAt: '2026-11-20T00:00:00Z' });
  store.comment(add('Talked about'), { body: 'Yes, still.', at: '2026-11-20T00:00:00Z' });
  const back = add('Reopened');
  store.close(back, { at: '2026-01-01T00:00:00Z' });
  store.reopen(back, { at: '2026-11-01T00:00:00Z' });
  const fake = await startGithub({ store, now: () => NOW, token });
  return {
    url: fake.url,
    settings: { type: 'github', repos: ['acme/app'], pace: '0s', closeAs: { label: 'ntbf' } },
    env: (url) => ({ GITHUB_API_URL: url, GITHUB_TOKEN: token }),
    proposed: ['acme/app#1', 'acme/app#2'],
    closed: () =>
      [...store.repository('acme/app').issues.values()].flatMap((one) =>
        one.state === 'closed' ? `acme/app#${one.number}` : [],
      ),
    writes: () => fake.requests.filter(({ write }) => write).length,
    [Symbol.asyncDispose]: () => fake.close(),
  };
}

async function jira(flavour: JiraFlavour, token: string): Promise<Place> {
  const store = createStore({ now: () => Date.parse(NOW) });
  const add = (summary: string, fields: Parameters<typeof addIssue>[1] = {}) =>
    addIssue(store, { summary, created: OLD, ...fields }).key;
  add('Old');
  person(store, 'bob', '2025-02-01T00:00:00Z').comment(add('Old too'), 'It still happens.');
  add('Planned', { fixVersions: ['2.0'] });
  add('Slipped', { fixVersions: ['1.0'] });
  add('Pinned', { labels: ['pinned'] });
  add('Worked on', { status: 'In Progress' });
  add('Young', { created: '2026-11-20T00:00:00Z' });
  person(store, 'bob', '2026-11-20T00:00:00Z').comment(add('Talked about'), 'Yes, still.');
  const back = add('Reopened');
  person(store, 'bob', '2026-01-01T00:00:00Z').transition(back, 'Closed', 'Fixed');
  person(store, 'bob', '2026-11-01T00:00:00Z').reopen(back);
  const fake = await startJira({
    flavour,
    store,
    now: () => NOW,
    credentials: { apiToken: token, personalToken: token, password: token },
  });
  return {
    url: fake.url,
    settings: { type: 'jira', projects: ['ERP'], pace: '0s' },
    env: () => (flavour === 'cloud' ? { JIRA_EMAIL: 'lead@example.test', JIRA_API_TOKEN: token } : { JIRA_TOKEN: token }),
    proposed: ['ERP-1', 'ERP-2'],
    closed: () => [...store.issues.values()].flatMap(({ key }) => (statusOf(store, key).category === 'done' ? key : [])),
    writes: () => fake.requests.filter(({ write }) => write).length,
    [Symbol.asyncDispose]: () => fake.close(),
  };
}

/** A folder with a configuration for a place that is reached at an address. */
export function folderFor({ settings }: Place, url: string, more: object = {}): string {
  const folder = mkdtempSync(join(tmpdir(), 'bugprune-'));
  const content = { trackers: { app: { ...settings, url } }, limits: { closes: 99, share: '100%' }, ...more };
  writeFileSync(join(folder, '.bugprunerc'), JSON.stringify(content));
  return folder;
}
