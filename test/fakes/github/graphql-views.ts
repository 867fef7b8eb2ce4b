import { labelOf } from './builders.js';
import { connection, type Slice, type View } from './connection.js';
import { repositoryView } from './graphql-repository.js';
import type { Account, Issue, Milestone, Repository, TimelineEvent } from './records.js';
import { may, mayEdit, type Session } from './session.js';
import { comments, timelineItems } from './timeline.js';
import { webUrl } from './urls.js';

/** Records as GraphQL's resolvers see them. A field that is missing here is reported as not served. */

/** An actor: the login of an app has no `[bot]` here. */
export function actorView({ web }: Session, { login, type, id }: Account): View {
  const plain = login.replace(/\[bot\]$/, '');
  const path = type === 'Bot' ? `/apps/${plain}` : `/${plain}`;
  return { __typename: type, id: `U_kgDO${id}`, databaseId: databaseId(id), login: plain, url: web + path, resourcePath: path };
}

/** The short form of an id, which has no room for the long ones of today. */
export function databaseId(id: number): number | null {
  return id < 2 ** 31 ? id : null;
}

export function labelView(session: Session, repository: Repository, name: string): View {
  const { id, color, ...label } = labelOf(session.store, repository, name);
  return { id: `LA_kwDO${id}`, name: label.name, color, description: null };
}

export function milestoneView(milestone: Milestone): View {
  const { id, number, title, state, createdAt, closedAt, dueOn } = milestone;
  const closed = state === 'closed';
  return { id: `MI_kwDO${id}`, number, title, state: state.toUpperCase(), closed, createdAt, closedAt, dueOn };
}

/** An issue, or the pull request that it is. */
export function issueView(session: Session, issue: Issue): View {
  const common = {
    id: issue.nodeId,
    databaseId: databaseId(issue.id),
    fullDatabaseId: String(issue.id),
    number: issue.number,
    title: issue.title,
    body: issue.body ?? '',
    url: webUrl(session, issue),
    createdAt: issue.createdAt,
    updatedAt: issue.updatedAt,
    closed: issue.state === 'closed',
    closedAt: issue.closedAt,
    locked: issue.locked,
    activeLockReason: issue.lockReason?.replace(/[ -]/g, '_').toUpperCase() ?? null,
    author: issue.author && actorView(session, issue.author),
    authorAssociation: issue.authorAssociation,
    milestone: issue.milestone && milestoneView(issue.milestone),
    repository: () => repositoryView(session, issue.repository),
    viewerDidAuthor: session.viewer !== null && issue.author === session.viewer,
    labels: (slice: Slice) =>
      connection(
        issue.labels,
        slice,
        ({ name }) => name,
        ({ name }) => labelView(session, issue.repository, name),
      ),
    assignees: (slice: Slice) =>
      connection(
        issue.assignees,
        slice,
        ({ login }) => login,
        (account) => actorView(session, account),
      ),
    comments: (slice: Slice) => comments(session, issue, slice),
    reactions: (args: Slice & { content?: string | null }) => reactions(issue, args.content ?? null),
  };
  return issue.pullRequest
    ? { ...common, ...pullRequestPart(issue, issue.pullRequest) }
    : { ...common, ...issuePart(session, issue) };
}

function pullRequestPart({ state }: Issue, { draft, mergedAt }: NonNullable<Issue['pullRequest']>): View {
  return {
    __typename: 'PullRequest',
    state: mergedAt === null ? state.toUpperCase() : 'MERGED',
    isDraft: draft,
    merged: mergedAt !== null,
    mergedAt,
  };
}

function issuePart(session: Session, issue: Issue): View {
  const writable = mayEdit(session, issue) && !issue.repository.archived;
  return {
    __typename: 'Issue',
    state: issue.state.toUpperCase(),
    stateReason: ({ enableDuplicate }: { enableDuplicate: boolean }) =>
      issue.stateReason === 'duplicate' && !enableDuplicate ? null : (issue.stateReason?.toUpperCase() ?? null),
    isPinned: false,
    parent: () => issue.parent && issueView(session, issue.parent),
    subIssues: (slice: Slice) => issues(session, issue.children, slice),
    subIssuesSummary: {
      total: issue.children.length,
      completed: issue.children.filter(({ state }) => state === 'closed').length,
      percentCompleted: 0,
    },
    viewerCanClose: writable,
    viewerCanReopen: writable,
    viewerCanUpdate: cannotUpdate(session, issue).length === 0,
    viewerCanLabel: may(session, issue.repository, 'TRIAGE') && !issue.repository.archived,
    viewerCannotUpdateReasons: cannotUpdate(session, issue),
    timelineItems: (args: Slice) => timelineItems(session, issue, args),
    closedByPullRequestsReferences: (args: Slice & { includeClosedPrs: boolean }) => {
      const pulls = [...closers(issue)].filter(({ state }) => args.includeClosedPrs || state === 'open');
      return issues(session, pulls, args);
    },
  };
}

function issues(session: Session, found: readonly Issue[], slice: Slice): View {
  return connection(
    found,
    slice,
    ({ nodeId }) => nodeId,
    (issue) => issueView(session, issue),
  );
}

function cannotUpdate(session: Session, issue: Issue): string[] {
  if (issue.repository.archived) return ['ARCHIVED'];
  if (!mayEdit(session, issue)) return ['INSUFFICIENT_ACCESS'];
  return issue.locked && !may(session, issue.repository, 'TRIAGE') ? ['LOCKED'] : [];
}

/** The pull requests that will close an issue: those that say so, and those connected by hand and not disconnected since. */
function closers({ events }: Issue): Set<Issue> {
  const linked = new Set<Issue>();
  const isPull = (source: TimelineEvent['source']): source is Issue => source?.pullRequest != null && !source.gone;
  for (const { event, source, willClose } of events) {
    if (!isPull(source)) continue;
    if (event === 'connected' || (event === 'cross-referenced' && willClose)) linked.add(source);
    if (event === 'disconnected') linked.delete(source);
  }
  return linked;
}

const CONTENTS = {
  THUMBS_UP: '+1',
  THUMBS_DOWN: '-1',
  LAUGH: 'laugh',
  CONFUSED: 'confused',
  HEART: 'heart',
  HOORAY: 'hooray',
  EYES: 'eyes',
  ROCKET: 'rocket',
} as const;

/** Counts only: who reacted is not kept. */
function reactions(issue: Issue, content: string | null): View {
  let totalCount = 0;
  for (const [name, key] of Object.entries(CONTENTS))
    if (content === null || name === content) totalCount += issue.reactions[key] ?? 0;
  return { totalCount };
}
