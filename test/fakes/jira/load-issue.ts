import { putIssue } from './builders.js';
import { makeUser } from './defaults.js';
import { CATEGORY_IDS, type CategoryKey, type FakeIssue, type FakeProject, type FakeSprint, type Named } from './model.js';
import type { RawBrief, RawIssue, RawStatus, RawUser } from './raw.js';
import { findUser, type JiraStore, projectNamed } from './store.js';

/**
 * Puts an issue as a real Jira answered it into the store, and with it every person, type, status, version … that it names
 * and the store lacks. Its project must be there.
 */
export function loadIssue(store: JiraStore, raw: RawIssue): FakeIssue {
  const { fields } = raw;
  const project = projectNamed(store, fields.project.key);
  const versions = (list: readonly FakeProject['versions'][number][] = []): string[] =>
    list.map((each) => keep(project.versions, each).id);
  const issue: FakeIssue = {
    id: raw.id,
    key: raw.key,
    project: project.key,
    type: loadType(store, project, fields.issuetype),
    statusId: loadStatus(store, fields.status),
    statusSince: Date.parse(fields.statuscategorychangedate ?? fields.resolutiondate ?? fields.created),
    summary: fields.summary,
    description: null,
    priority: loadNamed(store.priorities, fields.priority),
    resolution: loadNamed(store.resolutions, fields.resolution),
    resolvedAt: fields.resolutiondate ? Date.parse(fields.resolutiondate) : null,
    created: Date.parse(fields.created),
    updated: Date.parse(fields.updated),
    creator: loadUser(store, fields.creator),
    reporter: loadUser(store, fields.reporter),
    assignee: loadUser(store, fields.assignee),
    labels: fields.labels ?? [],
    components: (fields.components ?? []).map((component) => keep(project.components, component).name),
    fixVersionIds: versions(fields.fixVersions),
    affectedVersionIds: versions(fields.versions),
    duedate: fields.duedate ?? null,
    votes: fields.votes?.votes ?? 0,
    security: null,
    restrictedTo: null,
    parentId: fields.parent?.id ?? null,
    childIds: (fields.subtasks ?? []).map(({ id }) => id),
    links: loadLinks(store, project, raw),
    sprints: loadSprints(raw),
    comments: fields.comment.comments.map((comment) => ({
      id: comment.id,
      author: loadUser(store, comment.author),
      body: comment.body,
      created: Date.parse(comment.created),
      updated: Date.parse(comment.updated),
      updateAuthor: loadUser(store, comment.author),
      properties: [],
      public: true,
    })),
    histories: loadHistories(store, raw),
    properties: new Map(),
    custom: {},
    conflicts: 0,
  };
  project.lastNumber = Math.max(project.lastNumber, Number(raw.key.split('-')[1]));
  putIssue(store, issue);
  return issue;
}

/** The entry of that id in the list, put there if need be. */
function keep<T extends Named>(list: T[], { ...entry }: T): T {
  const known = list.find(({ id }) => id === entry.id);
  if (!known) list.push(entry);
  return known ?? entry;
}

function loadNamed(list: Named[], raw: Named | null | undefined): string | null {
  return raw ? keep(list, { id: raw.id, name: raw.name }).name : null;
}

function loadType(store: JiraStore, project: FakeProject, raw: { id: string; name: string; subtask: boolean }): string {
  const { name } = keep(store.types, { id: raw.id, name: raw.name, subtask: raw.subtask });
  if (!project.issueTypes.includes(name)) project.issueTypes.push(name);
  return name;
}

/** The id of the category counts, not its key: real answers contradict themselves there. */
export function loadStatus(store: JiraStore, raw: RawStatus): string {
  const keys: CategoryKey[] = ['new', 'indeterminate', 'done'];
  const category = keys.find((key) => CATEGORY_IDS[key] === raw.statusCategory.id) ?? 'new';
  const owner = store.projects.find(({ id }) => id === raw.scope?.project.id)?.key;
  return keep(store.statuses, { id: raw.id, name: raw.name, category, ...(owner && { project: owner }) }).id;
}

/** People go by their name on Data Center and by their account id on Cloud. Ids that were blanked out give nobody. */
function loadUser(store: JiraStore, raw: RawUser | null | undefined): string | null {
  const name = raw?.name ?? raw?.accountId;
  if (!raw || !name) return null;
  if (!findUser(store, name)) {
    const { displayName, active, accountId = name, accountType } = raw;
    store.users.push(makeUser({ name, accountId, displayName, active, accountType: accountType ?? 'atlassian' }));
  }
  return name;
}

function loadLinks(store: JiraStore, project: FakeProject, { fields }: RawIssue): FakeIssue['links'] {
  return (fields.issuelinks ?? []).flatMap(({ id, type, inwardIssue, outwardIssue }) => {
    const other = inwardIssue ?? outwardIssue;
    if (!other) return [];
    const direction = outwardIssue ? 'outward' : 'inward';
    return [{ id, type, direction, key: other.key, stub: loadStub(store, project, other) }];
  });
}

/** Links lead out of the files; what they say of the other issue is all there is. */
function loadStub(
  store: JiraStore,
  project: FakeProject,
  { id, fields }: RawBrief,
): NonNullable<FakeIssue['links'][number]['stub']> {
  loadStatus(store, fields.status);
  const type = loadType(store, project, fields.issuetype);
  return {
    id,
    summary: fields.summary,
    status: fields.status.name,
    type,
    priority: loadNamed(store.priorities, fields.priority),
  };
}

function loadSprints({ fields }: RawIssue): FakeSprint[] {
  if (fields.customfield_10020) return fields.customfield_10020.map(({ id, name, state }) => ({ id, name, state }));
  return (fields.closedSprints ?? []).map(({ id, name }) => ({ id, name, state: 'closed' }));
}

function loadHistories(store: JiraStore, { changelog }: RawIssue): FakeIssue['histories'] {
  const histories = (changelog?.histories ?? []).map(({ id, author, created, items, historyMetadata }) => ({
    id,
    author: loadUser(store, author),
    created: Date.parse(created),
    items: items.map(({ fieldId, ...item }) => ({ ...item, ...(fieldId !== undefined && { fieldId }) })),
    ...(historyMetadata !== undefined && { historyMetadata }),
  }));
  return histories.sort((a, b) => a.created - b.created);
}
