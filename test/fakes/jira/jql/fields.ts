import { CATEGORY_IDS, type CategoryKey, type FakeIssue, type FakeProject, type Named } from '../model.js';
import { byId, byName, projectNamed } from '../store.js';
import type { Asker, JqlField, SetField } from './field-kinds.js';

const same = (a: string, b: string): boolean => a.toLowerCase() === b.toLowerCase();
const optional = (value: string | null): string[] => (value === null ? [] : [value]);

/** Ids of the entries with that name, else with that id. */
function idsOf(list: readonly Named[], text: string): string[] {
  const named = list.filter((entry) => same(entry.name, text));
  return (named.length > 0 ? named : list.filter((entry) => entry.id === text)).map((entry) => entry.id);
}

const versions = (asker: Asker): FakeProject['versions'] => asker.projects.flatMap((project) => project.versions);

function versionsThat(released: boolean): (asker: Asker) => string[] {
  return (asker) =>
    versions(asker)
      .filter((version) => version.released === released && !version.archived)
      .map(({ id }) => id);
}

function versionField(ids: (issue: FakeIssue) => readonly string[]): SetField {
  return {
    kind: 'set',
    optional: true,
    values: ids,
    resolve: (text, asker) => idsOf(versions(asker), text),
    functions: { releasedversions: versionsThat(true), unreleasedversions: versionsThat(false) },
  };
}

function personField(name: (issue: FakeIssue) => string | null): SetField {
  return {
    kind: 'set',
    optional: true,
    values: (issue) => optional(name(issue)),
    resolve: (text, { store }) =>
      store.users
        .filter((user) => [user.accountId, user.name, user.email, user.displayName].some((known) => same(known, text)))
        .map((user) => user.name),
    functions: { currentuser: ({ user }) => (user ? [user.name] : []) },
  };
}

const CATEGORY_NAMES: Record<string, CategoryKey> = {
  'to do': 'new',
  new: 'new',
  'in progress': 'indeterminate',
  indeterminate: 'indeterminate',
  done: 'done',
};

/** By the site's own name, the English name, the key or the id. */
function categoriesOf(text: string, { store }: Asker): string[] {
  const known = (key: CategoryKey): boolean =>
    same(store.categoryNames[key], text) || String(CATEGORY_IDS[key]) === text || CATEGORY_NAMES[text.toLowerCase()] === key;
  const found = (['new', 'indeterminate', 'done'] as const).filter(known);
  return ['undefined', '1', 'no category'].includes(text.toLowerCase()) ? ['undefined'] : found;
}

/** Sprints exist as far as issues are in them. */
function sprintsThat(test: (sprint: FakeIssue['sprints'][number]) => boolean): (asker: Asker) => string[] {
  return ({ store }) => {
    const sprints = [...store.issues.values()].flatMap((issue) => issue.sprints.filter(test));
    return [...new Set(sprints.map((sprint) => String(sprint.id)))];
  };
}

const issueType: SetField = {
  kind: 'set',
  optional: false,
  values: (issue, { store }) => [byName(store.types, issue.type, 'issue type').id],
  resolve: (text, { store }) => idsOf(store.types, text),
  functions: {
    standardissuetypes: ({ store }) => store.types.filter((type) => !type.subtask).map((type) => type.id),
    subtaskissuetypes: ({ store }) => store.types.filter((type) => type.subtask).map((type) => type.id),
  },
};

const issueKey: SetField = {
  kind: 'set',
  optional: false,
  values: (issue) => [issue.id],
  resolve: (text, { store, projects }) => {
    const issue = store.issues.get(store.keys.get(text.toUpperCase()) ?? text);
    return issue && projects.some(({ key }) => key === issue.project) ? [issue.id] : [];
  },
};

const sprint: SetField = {
  kind: 'set',
  optional: true,
  values: (issue) => issue.sprints.map(({ id }) => String(id)),
  resolve: (text, asker) => sprintsThat(({ id, name }) => String(id) === text || same(name, text))(asker),
  functions: {
    opensprints: sprintsThat(({ state }) => state === 'active'),
    closedsprints: sprintsThat(({ state }) => state === 'closed'),
    futuresprints: sprintsThat(({ state }) => state === 'future'),
  },
};

const FIELDS: Record<string, JqlField> = {
  project: {
    kind: 'set',
    optional: false,
    values: (issue, { store }) => [projectNamed(store, issue.project).id],
    resolve: (text, { projects }) =>
      projects
        .filter((project) => [project.key, project.name, project.id].some((known) => same(known, text)))
        .map(({ id }) => id),
  },
  issuekey: issueKey,
  issuetype: issueType,
  status: {
    kind: 'set',
    optional: false,
    values: (issue) => [issue.statusId],
    resolve: (text, { store }) => idsOf(store.statuses, text),
  },
  statuscategory: {
    kind: 'set',
    optional: false,
    values: (issue, { store }) => [byId(store.statuses, issue.statusId, 'status').category],
    resolve: categoriesOf,
  },
  resolution: {
    kind: 'set',
    optional: true,
    values: (issue, { store }) => optional(issue.resolution).flatMap((name) => idsOf(store.resolutions, name)),
    resolve: (text, { store }) => (same(text, 'unresolved') ? null : idsOf(store.resolutions, text)),
  },
  fixversion: versionField((issue) => issue.fixVersionIds),
  affectedversion: versionField((issue) => issue.affectedVersionIds),
  priority: {
    kind: 'set',
    optional: true,
    values: (issue, { store }) => optional(issue.priority).flatMap((name) => idsOf(store.priorities, name)),
    resolve: (text, { store }) => idsOf(store.priorities, text),
  },
  // Any text can be a label: a new one is no mistake.
  labels: {
    kind: 'set',
    optional: true,
    values: (issue) => issue.labels.map((label) => label.toLowerCase()),
    resolve: (text) => [text.toLowerCase()],
  },
  component: {
    kind: 'set',
    optional: true,
    values: (issue, { projects }) => {
      const known = projects.find(({ key }) => key === issue.project)?.components ?? [];
      return issue.components.flatMap((name) => idsOf(known, name));
    },
    resolve: (text, { projects }) => projects.flatMap((project) => idsOf(project.components, text)),
  },
  assignee: personField((issue) => issue.assignee),
  reporter: personField((issue) => issue.reporter),
  creator: personField((issue) => issue.creator),
  sprint,
  parent: { ...issueKey, optional: true, values: (issue) => optional(issue.parentId) },
  level: {
    kind: 'set',
    optional: true,
    values: (issue) => optional(issue.security?.id ?? null),
    resolve: (text, { store }) => {
      const levels = [...store.issues.values()].flatMap((issue) => issue.security ?? []);
      return [...new Set(idsOf(levels, text))];
    },
  },
  votes: { kind: 'number', value: (issue) => issue.votes },
  created: { kind: 'date', value: (issue) => issue.created },
  updated: { kind: 'date', value: (issue) => issue.updated },
  resolved: { kind: 'date', value: (issue) => issue.resolvedAt },
  statuscategorychangeddate: { kind: 'date', value: (issue) => issue.statusSince },
  duedate: { kind: 'date', value: (issue) => (issue.duedate === null ? null : Date.parse(issue.duedate)) },
  summary: { kind: 'text', value: (issue) => issue.summary },
  description: { kind: 'text', value: (issue) => issue.description },
  text: { kind: 'text', value: (issue) => [issue.summary, issue.description ?? '', ...bodies(issue)].join('\n') },
  comment: { kind: 'text', value: (issue) => bodies(issue).join('\n') || null },
};

function bodies(issue: FakeIssue): string[] {
  return issue.comments.map(({ body }) => (typeof body === 'string' ? body : JSON.stringify(body)));
}

const ALIASES: Record<string, string> = {
  key: 'issuekey',
  id: 'issuekey',
  issue: 'issuekey',
  type: 'issuetype',
  'issue type': 'issuetype',
  'fix version': 'fixversion',
  'affects version': 'affectedversion',
  'cf[10020]': 'sprint',
  createddate: 'created',
  updateddate: 'updated',
  resolutiondate: 'resolved',
  due: 'duedate',
  label: 'labels',
};

/** Fields of the real JQL that the stand-in has not learnt. */
export const OTHER_FIELDS: ReadonlySet<string> = new Set(
  'attachments category environment filter hierarchylevel lastviewed originalestimate project.property rank remainingestimate timespent voter watcher watchers worklogauthor worklogdate workratio'.split(
    ' ',
  ),
);

/** The field that a name means, in any case. */
export function jqlField(name: string): JqlField | undefined {
  const key = name.toLowerCase();
  return FIELDS[ALIASES[key] ?? key];
}
