import type { FakeIssue, FakeLink, FakeSprint } from '../model.js';
import { answerZone, type Session, self } from '../session.js';
import { byId, byName, findIssue, projectNamed, versionsOf } from '../store.js';
import { jiraTimestamp } from '../time.js';
import { bodyJson, commentJson, visibleComments } from './comments.js';
import {
  authorJson,
  categoryJson,
  issueTypeJson,
  namedJson,
  namedOrNull,
  projectJson,
  statusJson,
  versionJson,
} from './things.js';

type Render = (session: Session, issue: FakeIssue) => unknown;

const instant = (session: Session, at: number | null): string | null =>
  at === null ? null : jiraTimestamp(at, answerZone(session));
const versions = (session: Session, issue: FakeIssue, ids: readonly string[]): object[] =>
  versionsOf(session.store, issue.project, ids).map((version) => versionJson(session, version));
const person = (session: Session, name: string | null): object | null => authorJson(session, name) ?? null;
const statusOf = (session: Session, issue: FakeIssue) => byId(session.store.statuses, issue.statusId, 'status');

/** What both flavours have, by field id. */
const COMMON: Record<string, Render> = {
  summary: (_, issue) => issue.summary,
  description: (session, { description }) => (description === null ? null : bodyJson(session, description)),
  issuetype: (session, issue) => issueTypeJson(session, byName(session.store.types, issue.type, 'issue type')),
  project: (session, issue) => projectJson(session, projectNamed(session.store, issue.project)),
  status: (session, issue) => statusJson(session, statusOf(session, issue)),
  resolution: (session, issue) => namedOrNull(session, 'resolution', issue.resolution),
  resolutiondate: (session, issue) => instant(session, issue.resolvedAt),
  priority: (session, issue) => namedOrNull(session, 'priority', issue.priority),
  labels: (_, issue) => issue.labels,
  components: (session, issue) => {
    const known = projectNamed(session.store, issue.project).components;
    return known.filter(({ name }) => issue.components.includes(name)).map((entry) => namedJson(session, 'component', entry));
  },
  fixVersions: (session, issue) => versions(session, issue, issue.fixVersionIds),
  versions: (session, issue) => versions(session, issue, issue.affectedVersionIds),
  assignee: (session, issue) => person(session, issue.assignee),
  reporter: (session, issue) => person(session, issue.reporter),
  creator: (session, issue) => person(session, issue.creator),
  created: (session, issue) => instant(session, issue.created),
  updated: (session, issue) => instant(session, issue.updated),
  duedate: (_, issue) => issue.duedate,
  votes: (session, { key, votes }) => ({ self: self(session, `issue/${key}/votes`), votes, hasVoted: false }),
  watches: (session, { key }) => ({ self: self(session, `issue/${key}/watchers`), watchCount: 1, isWatching: false }),
  security: (session, { security }) => (security === null ? undefined : namedJson(session, 'securitylevel', security)),
  parent: (session, { parentId }) => (parentId === null ? undefined : brief(session, parentId)),
  subtasks: (session, issue) => issue.childIds.filter((id) => isSubtask(session, id)).map((id) => brief(session, id)),
  issuelinks: (session, issue) => issue.links.map((link) => linkJson(session, link)),
};

const DATA_CENTER: Record<string, Render> = {
  ...COMMON,
  customfield_10020: (_, { sprints }) => (sprints.length > 0 ? sprints.map(sprintText) : null),
};

const CLOUD: Record<string, Render> = {
  ...COMMON,
  customfield_10020: (_, { sprints }) => (sprints.length > 0 ? sprints.map((sprint) => ({ ...sprint, boardId: 1 })) : null),
  issuerestriction: (_, { restrictedTo }) => restrictionJson(restrictedTo),
  statusCategory: (session, issue) => categoryJson(session, statusOf(session, issue).category),
  statuscategorychangedate: (session, issue) => instant(session, issue.statusSince),
};

/** Data Center writes sprints as its own objects print themselves. */
function sprintText({ id, name, state }: FakeSprint): string {
  return `com.atlassian.greenhopper.service.sprint.Sprint@1f[id=${id},rapidViewId=1,state=${state.toUpperCase()},name=${name},goal=]`;
}

function restrictionJson(role: string | null): object {
  const restricted = role === null ? {} : { projectrole: [{ value: '10002', label: role }] };
  return { issuerestrictions: restricted, shouldDisplay: role !== null };
}

/** Never among `*navigable`: must be asked for by name or with `*all`. */
const NOT_NAVIGABLE = new Set(['comment', 'description']);

/** What Cloud puts into a row of a search, at most; an issue asked for by itself has all. */
const COMMENTS_IN_SEARCH = 20;

/** The fields that were asked for: ids, `*all`, `*navigable`, and `-id` to leave one out. Unknown ids are ignored. */
export function fieldsJson(session: Session, issue: FakeIssue, asked: readonly string[], inSearch: boolean): object {
  const known = session.flavour === 'cloud' ? CLOUD : DATA_CENTER;
  const out: Record<string, unknown> = {};
  for (const id of wantedFields(asked, [...Object.keys(known), ...Object.keys(issue.custom), 'comment'])) {
    if (id === 'comment') out[id] = commentField(session, issue, inSearch);
    else out[id] = known[id] ? known[id](session, issue) : issue.custom[id];
  }
  return out;
}

function wantedFields(asked: readonly string[], known: readonly string[]): string[] {
  const only = asked.filter((id) => !id.startsWith('-'));
  const navigable = known.filter((id) => !NOT_NAVIGABLE.has(id));
  const base = only.flatMap((id) => {
    if (id === '*all') return known;
    return id === '*navigable' ? navigable : known.filter((other) => other.toLowerCase() === id.toLowerCase());
  });
  const left = new Set(only.length > 0 ? base : navigable);
  for (const id of asked) left.delete(id.slice(1));
  return [...left];
}

function commentField(session: Session, issue: FakeIssue, inSearch: boolean): object {
  const all = visibleComments(session, issue);
  const shown = session.flavour === 'cloud' && inSearch ? all.slice(-COMMENTS_IN_SEARCH) : all;
  return {
    self: self(session, `issue/${issue.id}/comment`),
    comments: shown.map((comment) => commentJson(session, issue, comment, false)),
    startAt: 0,
    maxResults: shown.length,
    total: all.length,
  };
}

function isSubtask({ store }: Session, id: string): boolean {
  const child = findIssue(store, id);
  return child !== undefined && byName(store.types, child.type, 'issue type').subtask;
}

/** An issue as others mention it. */
function brief(session: Session, id: string): object | undefined {
  const issue = findIssue(session.store, id);
  if (!issue) return undefined;
  const fields = fieldsJson(session, issue, ['summary', 'status', 'priority', 'issuetype'], true);
  return { id: issue.id, key: issue.key, self: self(session, `issue/${issue.id}`), fields };
}

function linkJson(session: Session, { id, type, direction, key, stub }: FakeLink): object {
  const end = direction === 'outward' ? 'outwardIssue' : 'inwardIssue';
  const typeJson = { ...type, self: self(session, `issueLinkType/${type.id}`) };
  return {
    id,
    self: self(session, `issueLink/${id}`),
    type: typeJson,
    [end]: brief(session, key) ?? stubJson(session, key, stub),
  };
}

function stubJson(session: Session, key: string, stub: FakeLink['stub']): object | undefined {
  if (!stub) return undefined;
  const { store } = session;
  return {
    id: stub.id,
    key,
    self: self(session, `issue/${stub.id}`),
    fields: {
      summary: stub.summary,
      status: statusJson(session, byName(store.statuses, stub.status, 'status')),
      priority: namedOrNull(session, 'priority', stub.priority),
      issuetype: issueTypeJson(session, byName(store.types, stub.type, 'issue type')),
    },
  };
}
