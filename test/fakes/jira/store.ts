import {
  DEFAULT_CUSTOM_FIELDS,
  DEFAULT_PRIORITIES,
  DEFAULT_RESOLUTIONS,
  DEFAULT_STATUSES,
  DEFAULT_TYPES,
  defaultUsers,
} from './defaults.js';
import type {
  FakeCustomField,
  FakeIssue,
  FakeIssueType,
  FakeProject,
  FakeStatus,
  FakeUser,
  FakeVersion,
  Named,
} from './model.js';

/** One Jira site in memory. Tests may read and change anything; the functions in `builders.ts` and `people.ts` do it properly. */
export interface JiraStore {
  title: string;
  /** The zone that Data Center writes timestamps in. */
  timeZone: string;
  users: FakeUser[];
  /** The name of the account that the credentials belong to. */
  account: string;
  projects: FakeProject[];
  types: FakeIssueType[];
  /** Most important first. */
  priorities: Named[];
  statuses: FakeStatus[];
  resolutions: Named[];
  customFields: FakeCustomField[];
  /** What the site's language calls the status categories. */
  categoryNames: Record<FakeStatus['category'], string>;
  /** By id. Change keys through `move`. */
  issues: Map<string, FakeIssue>;
  /** Every key an issue has or had, to its id. */
  keys: Map<string, string>;
  /** Goes up with every change. */
  revision: number;
  lastId: number;
  /** The clock of people who act without saying when, in epoch milliseconds. */
  now(): number;
}

/** An empty site with people, types, priorities, statuses and resolutions, and no project. */
export function emptyStore(now: () => number = Date.now): JiraStore {
  return {
    title: 'Acme',
    timeZone: 'UTC',
    users: defaultUsers(),
    account: 'lead',
    projects: [],
    types: structuredClone(DEFAULT_TYPES),
    priorities: structuredClone(DEFAULT_PRIORITIES),
    statuses: structuredClone(DEFAULT_STATUSES),
    resolutions: structuredClone(DEFAULT_RESOLUTIONS),
    customFields: structuredClone(DEFAULT_CUSTOM_FIELDS),
    categoryNames: { new: 'To Do', indeterminate: 'In Progress', done: 'Done' },
    issues: new Map(),
    keys: new Map(),
    revision: 0,
    lastId: 10_100,
    now,
  };
}

/** The next free id; Jira counts issues, comments and history in one way: upwards. */
export function nextId(store: JiraStore): string {
  store.lastId += 1;
  return String(store.lastId);
}

/** An issue by id, key, or a key it had before it was moved. Keys are found in any case. */
export function findIssue(store: JiraStore, idOrKey: string): FakeIssue | undefined {
  return store.issues.get(idOrKey) ?? store.issues.get(store.keys.get(idOrKey.toUpperCase()) ?? '');
}

export function findProject(store: JiraStore, idOrKey: string): FakeProject | undefined {
  return store.projects.find((project) => project.key === idOrKey.toUpperCase() || project.id === idOrKey);
}

export function findUser(store: JiraStore, name: string | null): FakeUser | undefined {
  return store.users.find((user) => user.name === name);
}

/** Something that must be there: a test asked for a thing it never made. */
export function required<T>(found: T | undefined, what: string): T {
  if (found === undefined) throw new Error(`The Jira stand-in knows no ${what}`);
  return found;
}

export function issueNamed(store: JiraStore, idOrKey: string): FakeIssue {
  return required(findIssue(store, idOrKey), `issue ${idOrKey}`);
}

export function projectNamed(store: JiraStore, key: string): FakeProject {
  return required(findProject(store, key), `project ${key}`);
}

export function byName<T extends Named>(list: readonly T[], name: string, what: string): T {
  return required(
    list.find((entry) => entry.name === name),
    `${what} ${name}`,
  );
}

export function byId<T extends Named>(list: readonly T[], id: string, what: string): T {
  return required(
    list.find((entry) => entry.id === id),
    `${what} ${id}`,
  );
}

/** The status of that name as this project means it: team-managed projects have statuses of their own. */
export function statusNamed(store: JiraStore, project: string, name: string): FakeStatus {
  const own = store.statuses.find((status) => status.project === project && status.name === name);
  return own ?? byName(sharedStatuses(store), name, 'status');
}

function sharedStatuses(store: JiraStore): FakeStatus[] {
  return store.statuses.filter((status) => status.project === undefined);
}

/** The versions of an issue, in the order of its project. */
export function versionsOf(store: JiraStore, project: string, ids: readonly string[]): FakeVersion[] {
  return projectNamed(store, project).versions.filter((version) => ids.includes(version.id));
}
