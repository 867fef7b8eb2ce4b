import { connection, type Slice, type View } from './connection.js';
import { timelineTypes } from './graphql-schema.js';
import { actorView, databaseId, issueView, labelView } from './graphql-views.js';
import type { Issue, TimelineEvent } from './records.js';
import { mayEdit, type Session } from './session.js';
import { webUrl } from './urls.js';

interface TimelineArguments extends Slice {
  readonly itemTypes?: readonly string[] | null;
  readonly since?: string | null;
  readonly skip?: number | null;
}

/**
 * `Issue.timelineItems`: in the order of time, kinds that the schema does not know left out. That `totalCount` counts what
 * `itemTypes` and `since` let through, and `filteredCount` what the cursors then leave, is how the reference reads; unverified.
 */
export function timelineItems(session: Session, issue: Issue, { itemTypes, since, skip, ...slice }: TimelineArguments): View {
  if (skip) session.violation('the stand-in does not serve timelineItems(skip:)');
  const items = chronological(issue.events).filter((event) => {
    if (!timelineTypes().has(typeName(event.event))) return false;
    if (itemTypes && !itemTypes.includes(itemType(event.event))) return false;
    return !since || (event.at !== null && Date.parse(event.at) >= Date.parse(since));
  });
  const view = connection(
    items,
    slice,
    ({ nodeId }) => nodeId,
    (event) => eventView(session, issue, event),
  );
  return { ...view, updatedAt: issue.updatedAt };
}

/** Comments alone. */
export function comments(session: Session, issue: Issue, slice: Slice): View {
  const found = chronological(issue.events).filter(({ event }) => event === 'commented');
  return connection(
    found,
    slice,
    ({ nodeId }) => nodeId,
    (event) => eventView(session, issue, event),
  );
}

function chronological(events: readonly TimelineEvent[]): TimelineEvent[] {
  return events.toSorted((a, b) => ((a.at ?? '') < (b.at ?? '') ? -1 : (a.at ?? '') > (b.at ?? '') ? 1 : 0));
}

function words(event: string): string[] {
  if (event === 'commented') return ['issue', 'comment'];
  return [...(event === 'renamed' ? ['renamed', 'title'] : event.split(/[-_]/)), 'event'];
}

/** `cross-referenced` → `CrossReferencedEvent`. */
function typeName(event: string): string {
  return words(event)
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
    .join('');
}

/** `cross-referenced` → `CROSS_REFERENCED_EVENT`. */
function itemType(event: string): string {
  return words(event).join('_').toUpperCase();
}

/** One item of a timeline. */
export function eventView(session: Session, issue: Issue, event: TimelineEvent): View {
  const base = {
    __typename: typeName(event.event),
    id: event.nodeId,
    createdAt: event.at,
    actor: event.actor && actorView(session, event.actor),
  };
  return { ...base, ...details(session, issue, event) };
}

function details(session: Session, issue: Issue, event: TimelineEvent): View {
  switch (event.event) {
    case 'commented':
      return commentDetails(session, issue, event);
    case 'closed':
      return { stateReason: event.reason?.toUpperCase() ?? null, closer: null, url: webUrl(session, issue) };
    case 'reopened':
      return { stateReason: null };
    case 'milestoned':
    case 'demilestoned':
      return { milestoneTitle: event.milestone ?? '' };
    case 'labeled':
    case 'unlabeled':
      return { label: labelView(session, issue.repository, event.label ?? '') };
    case 'assigned':
    case 'unassigned':
      return { assignee: event.assignee ? actorView(session, event.assignee) : null };
    case 'renamed':
      return { previousTitle: event.from ?? '', currentTitle: event.to ?? '' };
    case 'cross-referenced':
      return { ...referenceDetails(session, issue, event), willCloseTarget: event.willClose ?? false, referencedAt: event.at };
    case 'connected':
    case 'disconnected':
      return referenceDetails(session, issue, event);
    case 'locked':
      return { lockReason: issue.lockReason?.replace(/[ -]/g, '_').toUpperCase() ?? null };
    case 'transferred':
      return { fromRepository: null };
    default:
      return {};
  }
}

function commentDetails(session: Session, issue: Issue, comment: TimelineEvent): View {
  const own = session.viewer !== null && comment.actor === session.viewer;
  const edited = comment.updatedAt !== comment.at;
  return {
    databaseId: databaseId(comment.id),
    fullDatabaseId: String(comment.id),
    author: comment.actor && actorView(session, comment.actor),
    authorAssociation: 'NONE',
    editor: comment.editor ? actorView(session, comment.editor) : null,
    body: comment.body ?? '',
    updatedAt: comment.updatedAt ?? comment.at,
    lastEditedAt: edited ? comment.updatedAt : null,
    isMinimized: comment.minimized ?? false,
    viewerDidAuthor: own,
    viewerCanUpdate: !issue.repository.archived && (own || mayEdit(session, issue)),
    url: `${webUrl(session, issue)}#issuecomment-${comment.id}`,
  };
}

function referenceDetails(session: Session, issue: Issue, { source }: TimelineEvent): View {
  return {
    source: source && issueView(session, source),
    subject: issueView(session, issue),
    target: issueView(session, issue),
    isCrossRepository: source !== undefined && source.repository !== issue.repository,
  };
}
