import type { Bug, Mark } from '../../../../src/model/bug.js';
import { jiraDescriptor } from '../../../../src/trackers/jira/index.js';
import type { Call, Selection, Tracker, TrackerEnv, TrackerEvent } from '../../../../src/trackers/tracker.js';
import {
  addIssue,
  createStore,
  type JiraFake,
  type JiraFakeOptions,
  type JiraStore,
  startJira,
} from '../../../fakes/jira/index.js';

export type Flavour = 'cloud' | 'datacenter';
export const FLAVOURS: readonly Flavour[] = ['cloud', 'datacenter'];

/** When everything in these tests happens, unless it happened before. */
export const NOW = '2026-11-22T09:00:00Z';

/** When most bugs in these tests were reported. */
export const OLD = '2026-01-05T12:00:00Z';

export const MARK: Mark = { run: 'run-1', action: 'close', policy: 'untargeted' };

/** What a tracker sees of the world, and what it did with it. */
export interface World {
  readonly env: TrackerEnv;
  readonly call: Call;
  readonly events: TrackerEvent[];
  readonly secrets: string[];
  /** Milliseconds of each wait. */
  readonly waits: number[];
  readonly abort: AbortController;
}

const CREDENTIALS: Record<Flavour, Record<string, string>> = {
  cloud: { JIRA_EMAIL: 'lead@example.test', JIRA_API_TOKEN: 'test-token' },
  datacenter: { JIRA_TOKEN: 'test-token' },
};

/** A world whose clock only moves when somebody waits. */
export function world(variables: Record<string, string>, now = NOW): World {
  const events: TrackerEvent[] = [];
  const secrets: string[] = [];
  const waits: number[] = [];
  const abort = new AbortController();
  let elapsed = 0;
  const env: TrackerEnv = {
    name: 'erp',
    variables,
    folder: '/nowhere',
    version: '1.2.3',
    now: () => now,
    elapsed: () => elapsed,
    shared: (_key, make) => make(),
    sleep(milliseconds, signal) {
      signal.throwIfAborted();
      waits.push(milliseconds);
      elapsed += milliseconds;
      return Promise.resolve();
    },
    secret: (value) => void secrets.push(value),
    run: () => Promise.resolve(null),
  };
  return { env, call: { signal: abort.signal, on: (event) => void events.push(event) }, events, secrets, waits, abort };
}

export interface Opened extends World {
  readonly tracker: Tracker;
}

/** A tracker for a site on this machine. */
export async function open(
  url: string,
  flavour: Flavour,
  settings: object = {},
  variables = CREDENTIALS[flavour],
  now = NOW,
): Promise<Opened> {
  const here = world(variables, now);
  const parsed = jiraDescriptor.settings.parse({ type: 'jira', url, projects: ['ERP'], ...settings });
  return { ...here, tracker: await jiraDescriptor.open(parsed, here.env) };
}

export interface Site extends Opened {
  readonly fake: JiraFake;
  readonly store: JiraStore;
  [Symbol.asyncDispose](): Promise<void>;
}

interface SiteOptions extends Partial<Omit<JiraFakeOptions, 'flavour' | 'store'>> {
  readonly store?: JiraStore;
  readonly settings?: object;
  readonly variables?: Record<string, string>;
}

/** A stand-in with a tracker for it. */
export async function site(
  flavour: Flavour,
  { store = erp(), settings, variables, ...options }: SiteOptions = {},
): Promise<Site> {
  const fake = await startJira({ flavour, store, now: () => NOW, ...options });
  const opened = await open(fake.url, flavour, settings, variables);
  return { ...opened, fake, store, [Symbol.asyncDispose]: () => fake.close() };
}

/** A site with the project ERP, which plans releases, and no issue. */
export function erp(): JiraStore {
  return createStore({ now: () => Date.parse(NOW) });
}

/** The same with one old bug in it: ERP-1. */
export function erpWithBug(issue: Parameters<typeof addIssue>[1] = {}): JiraStore {
  const store = erp();
  addIssue(store, { created: OLD, ...issue });
  return store;
}

/** All bugs of a search, the open ones unless told otherwise. */
export async function search({ tracker, call }: Opened, what: Selection = { state: 'open' }): Promise<Bug[]> {
  const bugs: Bug[] = [];
  for await (const bug of tracker.search(what, call)) bugs.push(bug);
  return bugs;
}

/** All bugs, with their histories. */
export async function report(opened: Opened, what?: Selection): Promise<Bug[]> {
  return opened.tracker.loadHistory(await search(opened, what), opened.call);
}

export const refs = (bugs: readonly { ref: string }[]) => bugs.map(({ ref }) => ref);
