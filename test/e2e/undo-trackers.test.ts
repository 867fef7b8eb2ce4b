import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import type { Report } from '../../src/report/document.js';
import type { UndoDocument } from '../../src/report/undo/document.js';
import { githubStore, startGithub } from '../fakes/github/index.js';
import { addIssue, createStore, issueNamed, type JiraFlavour, person, startJira, statusOf } from '../fakes/jira/index.js';
import { inProcess } from './in-process.js';
import { emptyFolder } from './program.js';

const PRUNED = '2026-11-22T09:00:00Z';
const UNDONE = '2026-11-24T09:00:00Z';
const disposals: (() => Promise<void>)[] = [];

afterEach(async () => {
  await Promise.all(disposals.splice(0).map((dispose) => dispose()));
});

/** A tracker with three old bugs, and people who work on them. */
interface Site {
  readonly env: Readonly<Record<string, string>>;
  readonly tracker: object;
  readonly refs: readonly [string, string, string];
  comments(ref: string): void;
  reopens(ref: string): void;
  /** State, labels or resolution, and the number of comments. */
  look(ref: string): string;
  /** What our comments on it say. */
  says(ref: string): string;
  at(now: string): void;
  violations(): readonly unknown[];
}

async function github(): Promise<Site> {
  let clock = PRUNED;
  const store = githubStore({ now: () => clock });
  store.addRepository('acme/app');
  store.addMilestone('acme/app', { title: 'v2' });
  for (const title of ['Crash', 'Freeze', 'Typo']) {
    store.addIssue('acme/app', { title, labels: ['bug'], createdAt: '2025-01-01T00:00:00Z' });
  }
  const fake = await startGithub({ store, now: () => clock });
  disposals.push(() => fake.close());
  const bodies = (ref: string) =>
    store.issue(ref).events.flatMap(({ event, body }) => (event === 'commented' ? (body ?? '') : []));
  return {
    env: { GITHUB_API_URL: fake.url, GITHUB_TOKEN: 'test-token' },
    tracker: { type: 'github', repos: ['acme/app'], closeAs: { label: 'ntbf' } },
    refs: ['acme/app#1', 'acme/app#2', 'acme/app#3'],
    comments: (ref) => void store.comment(store.issue(ref), { by: 'mona', body: 'Still there.' }),
    reopens: (ref) => void store.reopen(store.issue(ref), { by: 'mona' }),
    look: (ref) => {
      const { state, labels } = store.issue(ref);
      return `${state} ${labels.map(({ name }) => name).join('+')} ${bodies(ref).length}`;
    },
    says: (ref) => bodies(ref).join('\n'),
    at: (now) => {
      clock = now;
    },
    violations: () => fake.violations,
  };
}

async function jira(flavour: JiraFlavour): Promise<Site> {
  let clock = PRUNED;
  const store = createStore();
  const refs = ['Crash', 'Freeze', 'Typo'].map((summary) => addIssue(store, { summary, created: '2025-01-01T00:00:00Z' }).key);
  const [first = '', second = '', third = ''] = refs;
  const fake = await startJira({ flavour, store, now: () => clock });
  disposals.push(() => fake.close());
  const bob = () => person(store, 'bob', clock);
  return {
    env: flavour === 'cloud' ? { JIRA_EMAIL: 'lead@example.test', JIRA_API_TOKEN: 'test-token' } : { JIRA_TOKEN: 'test-token' },
    tracker: { type: 'jira', url: fake.url, projects: ['ERP'] },
    refs: [first, second, third],
    comments: (ref) => void bob().comment(ref, 'Still there.'),
    reopens: (ref) => void bob().reopen(ref),
    look: (ref) => {
      const { resolution, comments } = issueNamed(store, ref);
      return `${statusOf(store, ref).category === 'done' ? 'closed' : 'open'} ${resolution} ${comments.length}`;
    },
    says: (ref) =>
      issueNamed(store, ref)
        .comments.map(({ body }) => JSON.stringify(body))
        .join('\n'),
    at: (now) => {
      clock = now;
    },
    violations: () => fake.violations,
  };
}

const SITES: [string, () => Promise<Site>][] = [
  ['GitHub', github],
  ['Jira Cloud', () => jira('cloud')],
  ['Jira Data Center', () => jira('datacenter')],
];

/** The program, pointed at a site by a configuration. */
function program({ env, tracker }: Site) {
  const cwd = emptyFolder();
  writeFileSync(join(cwd, '.bugprunerc'), JSON.stringify({ trackers: { site: tracker } }));
  const run = (command: string, now: string) => inProcess([...command.split(' '), '--json', '--now', now], { cwd, env });
  return { cwd, run };
}

describe.each(SITES)('%s', (_, make) => {
  test.each([
    ['by its journal', ''],
    ['without its journal', ' --from-tracker'],
  ])('a prune is taken back %s, but for what people have touched', async (__, how) => {
    const site = await make();
    const [first, second, third] = site.refs;
    const { cwd, run } = program(site);
    const before = site.refs.map(site.look);
    const pruned = await run('prune --yes --limit 9', PRUNED);
    expect(pruned.code).toBe(0);
    const undo = `undo ${(JSON.parse(pruned.stdout) as Report).run} --yes${how}`;
    expect(site.refs.map(site.look).every((look) => look.startsWith('closed'))).toBe(true);
    site.at('2026-11-23T09:00:00Z');
    site.comments(second);
    site.reopens(third);
    const touched = [site.look(second), site.look(third)];
    if (how !== '') rmSync(join(cwd, '.bugprune'), { recursive: true });

    site.at(UNDONE);
    const { code, stdout } = await run(undo, UNDONE);
    const { bugs } = JSON.parse(stdout) as UndoDocument;
    expect(bugs.map(({ ref, status }) => [ref, status]).toSorted()).toEqual([
      [first, 'taken-back'],
      [second, 'left'],
      [third, 'left'],
    ]);
    expect(code).toBe(5);
    expect(site.look(first)).toBe(before[0]?.replace(/0$/, '1'));
    expect(site.says(first)).toMatch(/taken back/);
    expect([site.look(second), site.look(third)]).toEqual(touched);
    expect(site.says(second) + site.says(third)).not.toMatch(/taken back/);

    const again = await run(undo, '2026-11-24T10:00:00Z');
    expect(JSON.parse(again.stdout)).toMatchObject({ run: null, summary: { takenBack: 1, left: 2 } });
    expect(site.violations()).toEqual([]);
  });
});
