import { classicWorkflow, makeUser, simplifiedWorkflow } from './defaults.js';
import type { FakeComment, FakeIssue, FakeLink, FakeProject, FakeSprint, FakeUser, FakeVersion } from './model.js';
import { byName, emptyStore, issueNamed, type JiraStore, nextId, projectNamed, required, statusNamed } from './store.js';

/** An instant as tests write it, or epoch milliseconds. */
export type When = string | number;

/** Epoch milliseconds; `undefined` is now. */
export function instant(store: JiraStore, at: When | undefined): number {
  if (at === undefined) return store.now();
  const value = typeof at === 'number' ? at : Date.parse(at);
  if (Number.isNaN(value)) throw new Error(`Not an instant: ${at}`);
  return value;
}

/** A site with one classic software project `ERP` that has a released and an unreleased version. Add bugs and go. */
export function createStore(options: { now?: () => number } = {}): JiraStore {
  const store = emptyStore(options.now);
  addProject(store, { key: 'ERP', name: 'Enterprise Resources' });
  addVersion(store, 'ERP', { name: '1.0', released: true });
  addVersion(store, 'ERP', { name: '2.0' });
  return store;
}

/** A project; with `style: 'next-gen'` and no workflows it gets statuses of its own and the simplified workflow. */
export function addProject(store: JiraStore, project: Partial<FakeProject> & { key: string }): FakeProject {
  const teamManaged = project.style === 'next-gen';
  const made: FakeProject = {
    id: nextId(store),
    name: project.key,
    type: 'software',
    style: 'classic',
    releasesEnabled: true,
    public: false,
    archived: false,
    versions: [],
    components: [],
    issueTypes: store.types.map((type) => type.name),
    workflows: { '*': teamManaged ? simplifiedWorkflow() : classicWorkflow() },
    permissions: {},
    lastNumber: 0,
    ...project,
  };
  if (teamManaged && !project.workflows) addOwnStatuses(store, made.key);
  store.projects.push(made);
  return made;
}

function addOwnStatuses(store: JiraStore, project: string): void {
  store.statuses.push(
    { id: nextId(store), name: 'To Do', category: 'new', project },
    { id: nextId(store), name: 'In Progress', category: 'indeterminate', project },
    { id: nextId(store), name: 'Done', category: 'done', project },
  );
}

export function addUser(store: JiraStore, user: Partial<FakeUser> & { name: string }): FakeUser {
  const made = makeUser(user);
  store.users.push(made);
  return made;
}

export function addVersion(store: JiraStore, project: string, version: Partial<FakeVersion> & { name: string }): FakeVersion {
  const made = { id: nextId(store), released: false, archived: false, ...version };
  projectNamed(store, project).versions.push(made);
  return made;
}

export interface NewComment {
  author?: string | null;
  body?: FakeComment['body'];
  at?: When;
  visibility?: FakeComment['visibility'];
  properties?: FakeComment['properties'];
  id?: string;
}

/** What a test may say about an issue; everything has a default. People, statuses, versions and the like go by name. */
export interface NewIssue {
  id?: string;
  key?: string;
  project?: string;
  type?: string;
  status?: string;
  statusSince?: When;
  summary?: string;
  description?: string | null;
  priority?: string | null;
  resolution?: string | null;
  created?: When;
  /** Defaults to the latest of creation and comments. */
  updated?: When;
  creator?: string | null;
  reporter?: string | null;
  assignee?: string | null;
  labels?: string[];
  components?: string[];
  fixVersions?: string[];
  versions?: string[];
  duedate?: string | null;
  votes?: number;
  security?: string | null;
  /** A project role. */
  restrictedTo?: string | null;
  /** Key of the parent. */
  parent?: string;
  sprints?: FakeSprint[];
  comments?: NewComment[];
  properties?: Record<string, unknown>;
  custom?: Record<string, unknown>;
}

/** An issue as it is, without a history; let `person` act on it to give it one. An open bug of ERP unless told otherwise. */
export function addIssue(store: JiraStore, issue: NewIssue = {}): FakeIssue {
  const project = projectNamed(store, issue.project ?? issue.key?.split('-')[0] ?? required(store.projects[0], 'project').key);
  const key = issue.key ?? `${project.key}-${project.lastNumber + 1}`;
  project.lastNumber = Math.max(project.lastNumber, Number(key.split('-')[1]));
  const created = instant(store, issue.created);
  const statusName = issue.status ?? (project.style === 'next-gen' ? 'To Do' : 'Open');
  const made: FakeIssue = {
    id: issue.id ?? nextId(store),
    key,
    project: project.key,
    type: issue.type ?? 'Bug',
    statusId: statusNamed(store, project.key, statusName).id,
    statusSince: instant(store, issue.statusSince ?? created),
    summary: issue.summary ?? `Something is broken in ${key}`,
    description: issue.description ?? null,
    priority: issue.priority === undefined ? 'Medium' : issue.priority,
    resolution: issue.resolution ?? null,
    resolvedAt: issue.resolution ? instant(store, issue.statusSince ?? created) : null,
    created,
    updated: created,
    creator: issue.creator === undefined ? (issue.reporter ?? 'alice') : issue.creator,
    reporter: issue.reporter === undefined ? 'alice' : issue.reporter,
    assignee: issue.assignee ?? null,
    labels: issue.labels ?? [],
    components: issue.components ?? [],
    fixVersionIds: versionIds(project, issue.fixVersions ?? []),
    affectedVersionIds: versionIds(project, issue.versions ?? []),
    duedate: issue.duedate ?? null,
    votes: issue.votes ?? 0,
    security: issue.security ? { id: '10000', name: issue.security } : null,
    restrictedTo: issue.restrictedTo ?? null,
    parentId: null,
    childIds: [],
    links: [],
    sprints: issue.sprints ?? [],
    comments: [],
    histories: [],
    properties: new Map(Object.entries(issue.properties ?? {})),
    custom: issue.custom ?? {},
    conflicts: 0,
  };
  putIssue(store, made);
  if (issue.parent) adopt(store, issue.parent, made);
  for (const comment of issue.comments ?? []) addComment(store, key, comment);
  if (issue.updated !== undefined) made.updated = instant(store, issue.updated);
  return made;
}

/** Stores an issue under its id and key. */
export function putIssue(store: JiraStore, issue: FakeIssue): void {
  store.issues.set(issue.id, issue);
  store.keys.set(issue.key, issue.id);
  store.revision += 1;
}

/** The ids of versions by name. */
export function versionIds(project: FakeProject, names: readonly string[]): string[] {
  return names.map((name) => byName(project.versions, name, 'version').id);
}

function adopt(store: JiraStore, parentKey: string, child: FakeIssue): void {
  const parent = issueNamed(store, parentKey);
  parent.childIds.push(child.id);
  child.parentId = parent.id;
}

/** A comment; `updated` of the issue goes with it, as on Jira. */
export function addComment(store: JiraStore, key: string, comment: NewComment = {}): FakeComment {
  const issue = issueNamed(store, key);
  const at = instant(store, comment.at);
  const author = comment.author === undefined ? 'alice' : comment.author;
  const properties = comment.properties ?? [];
  const made: FakeComment = {
    id: comment.id ?? nextId(store),
    author,
    body: comment.body ?? 'It still happens.',
    created: at,
    updated: at,
    updateAuthor: author,
    ...(comment.visibility && { visibility: comment.visibility }),
    properties,
    public: !properties.some(isInternal),
  };
  issue.comments.push(made);
  issue.updated = Math.max(issue.updated, at);
  store.revision += 1;
  return made;
}

/** How a service desk is told that a comment is not for the customer. */
export function isInternal({ key, value }: { key: string; value: unknown }): boolean {
  return (
    key === 'sd.public.comment' && typeof value === 'object' && value !== null && 'internal' in value && value.internal === true
  );
}

const LINK_TYPES = {
  blocks: { id: '10000', name: 'Blocks', inward: 'is blocked by', outward: 'blocks' },
  relates: { id: '10003', name: 'Relates', inward: 'relates to', outward: 'relates to' },
  duplicates: { id: '10002', name: 'Duplicate', inward: 'is duplicated by', outward: 'duplicates' },
};

/** `addLink(store, 'ERP-1', 'blocks', 'ERP-2')`: both issues show it. */
export function addLink(store: JiraStore, from: string, how: keyof typeof LINK_TYPES, to: string): void {
  const shared: Pick<FakeLink, 'id' | 'type'> = { id: nextId(store), type: LINK_TYPES[how] };
  issueNamed(store, from).links.push({ ...shared, direction: 'outward', key: to });
  issueNamed(store, to).links.push({ ...shared, direction: 'inward', key: from });
  store.revision += 1;
}
