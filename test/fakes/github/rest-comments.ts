import { findIssue, mayTriage, page, type RepositoryCall, refuseToWrite } from './call.js';
import { type Answer, invalid, isRecord, notFound, refuse } from './json.js';
import { commentRow } from './rest-rows.js';
import { may } from './session.js';

/** The most characters of a comment. */
const LONGEST = 65_536;

/** By id, oldest first; `since` looks at the last edit. */
export function listComments(call: RepositoryCall, number = ''): Answer {
  const found = findIssue(call, number, '/comments');
  if ('answer' in found) return found.answer;
  const { issue } = found;
  const since = Date.parse(call.request.query.get('since') ?? '1970-01-01T00:00:00Z');
  const comments = issue.events
    .filter(({ event, updatedAt, at }) => event === 'commented' && Date.parse(updatedAt ?? at ?? '') >= since)
    .toSorted((a, b) => a.id - b.id);
  const { rows, headers } = page(call, comments, `/issues/${issue.number}/comments`);
  return { status: 200, headers, body: rows.map((comment) => commentRow(call.session, issue, comment)) };
}

export function addComment(call: RepositoryCall, number = ''): Answer {
  const found = findIssue(call, number, '/comments');
  if ('answer' in found) return found.answer;
  const { issue } = found;
  const refusal = refuseToWrite(call, true);
  if (refusal) return refusal;
  if (issue.locked && !mayTriage(call)) return refuse(403, 'Unable to create comment because issue is locked.');
  const text = textOf(call);
  if (typeof text !== 'string') return text;
  const { store, viewer, now } = call.session;
  const comment = store.comment(issue, { body: text, by: viewer, at: now() });
  return { status: 201, body: commentRow(call.session, issue, comment) };
}

export function getComment(call: RepositoryCall, id = ''): Answer {
  const known = commentOf(call, id);
  return known ? { status: 200, body: commentRow(call.session, known.issue, known.comment) } : notFound;
}

/** Authors may edit their comments, and so may those who can push. */
export function editComment(call: RepositoryCall, id = ''): Answer {
  const known = commentOf(call, id);
  if (!known) return notFound;
  const { session } = call;
  const own = session.viewer !== null && known.comment.actor === session.viewer;
  const refusal = refuseToWrite(call, own || may(session, call.repository, 'WRITE'));
  if (refusal) return refusal;
  const text = textOf(call);
  if (typeof text !== 'string') return text;
  session.store.editComment(known.comment, text, { by: session.viewer, at: session.now() });
  return { status: 200, body: commentRow(session, known.issue, known.comment) };
}

function commentOf({ session, repository }: RepositoryCall, id: string) {
  const known = session.store.comments.get(Number(id));
  return known && known.issue.repository === repository && !known.issue.gone ? known : undefined;
}

function textOf({ request: { body } }: RepositoryCall): string | Answer {
  const text = isRecord(body) ? body.body : undefined;
  const problem = { resource: 'IssueComment', field: 'data', code: 'unprocessable' };
  if (typeof text !== 'string' || text.trim() === '') return invalid({ ...problem, message: "Body can't be blank" });
  if ([...text].length > LONGEST) return invalid({ ...problem, message: `Body is too long (maximum is ${LONGEST} characters)` });
  return text;
}
