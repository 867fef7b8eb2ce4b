import { addComment, isInternal } from '../builders.js';
import { readComment } from '../comment-input.js';
import type { FakeComment, FakeIssue, FakeProject } from '../model.js';
import { commentJson, visibleComments } from '../render/comments.js';
import { type Answer, DONE, NO_ISSUE, ok, refuse } from '../request.js';
import { may, pageLength, type Session, self, visibleIssue } from '../session.js';

const withProperties = ({ request }: Session): boolean => request.query.get('expand')?.split(',').includes('properties') ?? false;

/** At most 100 a page, the oldest first unless asked otherwise. */
export function listComments(session: Session, key: string): Answer {
  const found = visibleIssue(session, key);
  if (!found) return NO_ISSUE;
  const { query } = session.request;
  const order = query.get('orderBy') ?? 'created';
  if (!/^[+-]?created$/.test(order)) return refuse(400, `The value '${order}' is not valid for orderBy.`);
  const all = visibleComments(session, found.issue).toSorted((a, b) => a.created - b.created);
  if (order === '-created') all.reverse();
  const startAt = Number(query.get('startAt') ?? 0);
  const maxResults = pageLength(session, query.get('maxResults'), 100, 100);
  const comments = all
    .slice(startAt, startAt + maxResults)
    .map((comment) => commentJson(session, found.issue, comment, withProperties(session)));
  return ok({ self: self(session, `issue/${found.issue.id}/comment`), startAt, maxResults, total: all.length, comments });
}

export function postComment(session: Session, key: string): Answer {
  const found = visibleIssue(session, key);
  if (!found) return NO_ISSUE;
  const forbidden = refuseComment(session, found.project);
  if (forbidden) return forbidden;
  const input = readComment(session, session.request.body);
  if ('refused' in input) return input.refused;
  const author = session.viewer?.name ?? null;
  const comment = addComment(session.store, found.issue.key, { ...input, author, at: session.now });
  return { status: 201, body: commentJson(session, found.issue, comment, withProperties(session)) };
}

/** Why this viewer cannot comment. How Jira says it differs by flavour. */
export function refuseComment(session: Session, project: FakeProject): Answer | undefined {
  if (may(session, project, 'ADD_COMMENTS')) return undefined;
  const message = 'You do not have the permission to comment on this issue.';
  return session.flavour === 'cloud' ? refuse(403, message) : refuse(400, message);
}

/** A handler for one comment that the viewer can see. */
function onComment(
  handler: (session: Session, issue: FakeIssue, comment: FakeComment) => Answer,
): (session: Session, key: string, id: string) => Answer {
  return (session, key, id) => {
    const found = visibleIssue(session, key);
    if (!found) return NO_ISSUE;
    const comment = visibleComments(session, found.issue).find((each) => each.id === id);
    return comment ? handler(session, found.issue, comment) : refuse(404, `Can not find a comment for the id: ${id}.`);
  };
}

export const getComment = onComment((session, issue, comment) =>
  ok(commentJson(session, issue, comment, withProperties(session))),
);

/** One's own comments, or all of them for administrators. */
export const putComment = onComment((session, issue, comment) => {
  if (!mayChange(session, comment)) return refuse(400, 'You do not have the permission to edit this comment.');
  const input = readComment(session, session.request.body);
  if ('refused' in input) return input.refused;
  comment.body = input.body;
  comment.updated = session.now;
  comment.updateAuthor = session.viewer?.name ?? null;
  if (input.visibility) comment.visibility = input.visibility;
  for (const property of input.properties) {
    comment.properties = [...comment.properties.filter(({ key }) => key !== property.key), property];
  }
  comment.public = !comment.properties.some(isInternal);
  touch(session, issue);
  return ok(commentJson(session, issue, comment, withProperties(session)));
});

export const deleteComment = onComment((session, issue, comment) => {
  if (!mayChange(session, comment)) return refuse(400, 'You do not have the permission to delete this comment.');
  issue.comments = issue.comments.filter((each) => each !== comment);
  touch(session, issue);
  return DONE;
});

function mayChange({ viewer }: Session, comment: FakeComment): boolean {
  return viewer !== null && (comment.author === viewer.name || viewer.roles.includes('Administrators'));
}

function touch(session: Session, issue: FakeIssue): void {
  issue.updated = Math.max(issue.updated, session.now);
  session.store.revision += 1;
}
