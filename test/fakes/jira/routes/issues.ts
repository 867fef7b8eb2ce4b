import { addComment } from '../builders.js';
import { record } from '../changes.js';
import { readComment } from '../comment-input.js';
import { notOnScreen, prepareField, readFields } from '../field-input.js';
import type { FakeProject } from '../model.js';
import { issueJson } from '../render/issue.js';
import { type Answer, DONE, NO_ISSUE, ok, refuse, textsOf } from '../request.js';
import { may, type Session, visibleIssue } from '../session.js';
import { refuseComment } from './comments.js';

/** By id, key, or a key from before a move: the answer has the key of today. */
export function getIssue(session: Session, key: string): Answer {
  const found = visibleIssue(session, key);
  if (!found) return NO_ISSUE;
  const { query } = session.request;
  const list = (name: string): string[] => textsOf(query.getAll(name).join(','));
  const fields = list('fields');
  return ok(
    issueJson(session, found.issue, {
      fields: fields.length > 0 ? fields : ['*all'],
      changelog: list('expand').includes('changelog'),
      properties: list('properties'),
      inSearch: false,
    }),
  );
}

/** What no edit screen holds changes by transition. */
function isEditable(field: string, { resolutionEditable }: FakeProject): boolean {
  return field === 'resolution' ? resolutionEditable === true : field !== 'status';
}

export function putIssue(session: Session, key: string): Answer {
  const found = visibleIssue(session, key);
  if (!found) return NO_ISSUE;
  const { issue, project } = found;
  if (!may(session, project, 'EDIT_ISSUES')) return refuse(403, 'You do not have permission to edit issues in this project.');
  const sent = readFields(session.request.body);
  const errors = { ...sent.errors };
  const changes = sent.inputs.map((input) => {
    const change = isEditable(input.field, project) ? prepareField(session, issue, input) : { error: notOnScreen(input.field) };
    if ('error' in change) errors[input.field] = change.error;
    return change;
  });
  if (Object.keys(errors).length > 0) return refuse(400, [], errors);
  const comments = sent.comments.map((comment) => readComment(session, comment));
  for (const comment of comments) if ('refused' in comment) return comment.refused;
  const forbidden = comments.length > 0 ? refuseComment(session, project) : undefined;
  if (forbidden) return forbidden;
  const author = session.viewer?.name ?? null;
  const items = changes.flatMap((change) => ('apply' in change ? change.apply() : []));
  record(session.store, issue, { author, at: session.now, items });
  for (const comment of comments)
    if ('body' in comment) addComment(session.store, issue.key, { ...comment, author, at: session.now });
  return DONE;
}
