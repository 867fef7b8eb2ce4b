import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import type { Bug } from '../../src/model/bug.js';
import { githubStore, startGithub } from '../fakes/github/index.js';
import { addIssue, createStore, type JiraFlavour, person, startJira } from '../fakes/jira/index.js';
import { inProcess } from './in-process.js';
import { emptyFolder, type Outcome } from './program.js';

/** The time by the clocks of the first snapshot, of the stand-ins until then, and of a snapshot a year later. */
export const NOW = '2026-11-22T09:00:00Z';
export const YEAR_LATER = '2027-11-22T09:00:00Z';

/** What goes wrong with a request; the count is that of all requests so far, this one included. */
export type Fault = (count: number) => { readonly drop: 'before' } | undefined;

/** A tracker in memory, and what people do there, to bugs by number. */
interface Stand {
  readonly settings: Readonly<Record<string, unknown>>;
  readonly env: Readonly<Record<string, string>>;
  readonly fake: { readonly requests: readonly unknown[]; readonly violations: readonly string[]; close(): Promise<void> };
  readonly people: People;
}

export interface People {
  close(number: number, at: string): void;
  reopen(number: number, at: string): void;
  comment(number: number, at: string): void;
  /** Leaves no trace in the history, and `updated` where it was. */
  vote(number: number): void;
  remove(number: number): void;
  report(at: string): void;
}

/** Half of the bugs are closed; every one has a history, some of it longer than what a list shows. */
type Kind = (bugs: number, clock: { now: string }, fault: Fault) => Promise<Stand>;

const day = (number: number): string =>
  `${new Date(Date.parse('2025-01-01T00:00:00Z') + number * 86_400_000).toISOString().slice(0, 19)}Z`;

const github: Kind = async (bugs, clock, fault) => {
  const store = githubStore({ now: () => clock.now });
  store.addRepository('acme/app');
  store.addMilestone('acme/app', { title: 'v2' });
  const issue = (number: number) => store.issue(`acme/app#${number}`);
  const people: People = {
    close: (number, at) => store.close(issue(number), { at }),
    reopen: (number, at) => store.reopen(issue(number), { at }),
    comment: (number, at) => void store.comment(issue(number), { at }),
    vote: (number) => {
      const { reactions } = issue(number);
      reactions['+1'] = (reactions['+1'] ?? 0) + 1;
    },
    remove: (number) => store.delete(issue(number)),
    report: (at) => void store.addIssue('acme/app', { labels: ['bug'], createdAt: at }),
  };
  populate(bugs, people);
  const fake = await startGithub({ store, now: () => clock.now, fault: (_request, count) => fault(count) });
  return {
    settings: { type: 'github', url: fake.url, repos: ['acme/app'], bugs: { labels: ['bug'] } },
    env: { GITHUB_API_URL: fake.url, GITHUB_TOKEN: 'test-token' },
    fake,
    people,
  };
};

const jira =
  (flavour: JiraFlavour): Kind =>
  async (bugs, clock, fault) => {
    const store = createStore({ now: () => Date.parse(clock.now) });
    const key = (number: number) => `ERP-${number}`;
    const people: People = {
      close: (number, at) => person(store, 'bob', at).transition(key(number), 'Closed', 'Fixed'),
      reopen: (number, at) => person(store, 'bob', at).reopen(key(number)),
      comment: (number, at) => void person(store, 'bob', at).comment(key(number)),
      vote: (number) => person(store, 'bob').vote(key(number)),
      remove: (number) => person(store, 'bob').delete(key(number)),
      report: (at) => void addIssue(store, { created: at }),
    };
    populate(bugs, people);
    const fake = await startJira({ flavour, store, now: () => clock.now, fault: (_request, count) => fault(count) });
    return {
      settings: { type: 'jira', url: fake.url, projects: ['ERP'] },
      env: flavour === 'cloud' ? { JIRA_EMAIL: 'lead@example.test', JIRA_API_TOKEN: 'test-token' } : { JIRA_TOKEN: 'test-token' },
      fake,
      people,
    };
  };

export const KINDS: Readonly<Record<string, Kind>> = {
  GitHub: github,
  'Jira Cloud': jira('cloud'),
  'Jira Data Center': jira('datacenter'),
};

function populate(bugs: number, people: People): void {
  for (let number = 1; number <= bugs; number++) {
    people.report(day(number));
    for (let times = number % 4; times > 0; times--) people.comment(number, day(number + 10 - times));
    if (number % 2 === 0) people.close(number, day(number + 20));
    if (number % 10 === 0) people.reopen(number, day(number + 30));
    if (number % 20 === 0) people.close(number, day(number + 40));
  }
}

export interface Place extends Pick<Stand, 'people'> {
  readonly folder: string;
  /** Where the snapshot goes: `backlog.ndjson` in the folder. */
  readonly file: string;
  /** Takes a snapshot into that file. */
  take(options?: Taking): Promise<Outcome>;
  /** How many requests there were since the last time. */
  requests(): number;
  /** The text of a file in the folder; null where there is none. */
  text(name?: string): string | null;
  bugs(): Bug[];
  files(): string[];
  violations(): readonly string[];
}

export interface Taking {
  readonly args?: readonly string[];
  /** Another file in the folder. */
  readonly to?: string;
  readonly now?: string;
  /** The request, counted from the first of this command, at which the line goes dead, or somebody presses Ctrl-C. */
  readonly dies?: number;
  readonly stops?: number;
  /** What happens while requests are under way. */
  readonly meanwhile?: (count: number) => void;
  readonly settings?: Readonly<Record<string, unknown>>;
}

/** A tracker of a kind with so many bugs, and a folder with a configuration for it. */
export async function aPlace(kind: string, bugs: number): Promise<Place> {
  const open = KINDS[kind];
  if (!open) throw new Error(`no kind ${kind}`);
  const clock = { now: NOW };
  let fault: Fault = () => undefined;
  const { settings, env, fake, people } = await open(bugs, clock, (count) => fault(count));
  onTestFinished(() => fake.close());
  const folder = emptyFolder();
  const config = join(folder, 'config.json');
  const text = (name = 'backlog.ndjson') => {
    const path = join(folder, name);
    return existsSync(path) ? readFileSync(path, 'utf8') : null;
  };
  let counted = 0;
  return {
    folder,
    file: join(folder, 'backlog.ndjson'),
    people,
    text,
    async take({ args = ['--all'], to = 'backlog.ndjson', now = NOW, dies, stops, meanwhile, settings: more } = {}) {
      await writeFile(config, JSON.stringify({ trackers: { app: { ...settings, ...more } } }));
      clock.now = now;
      const before = fake.requests.length;
      const stop = new AbortController();
      fault = (all) => {
        const count = all - before;
        meanwhile?.(count);
        if (stops !== undefined && count >= stops) stop.abort();
        return dies !== undefined && count >= dies ? { drop: 'before' } : undefined;
      };
      const words = ['snapshot', '-o', to, ...args, '--config', config, '--now', now];
      return await inProcess(words, { cwd: folder, env, stop: stop.signal });
    },
    requests() {
      const since = fake.requests.length - counted;
      counted = fake.requests.length;
      return since;
    },
    bugs: () =>
      (text() ?? '')
        .trimEnd()
        .split('\n')
        .slice(1)
        .map((line) => JSON.parse(line) as Bug),
    files: () =>
      readdirSync(folder)
        .filter((name) => name !== 'config.json')
        .toSorted(),
    violations: () => fake.violations,
  };
}
