import { adfToText, textToAdf } from '../adf.js';
import type { AdfDocument, FakeChange, FakeComment, FakeHistory, FakeIssue } from '../model.js';
import { answerZone, type Session, self } from '../session.js';
import { jiraTimestamp } from '../time.js';
import { authorJson } from './things.js';

/** A text as this version of the API writes it: documents in 3, plain text in 2. */
export function bodyJson({ version }: Session, body: string | AdfDocument): string | AdfDocument {
  if (version === 3) return typeof body === 'string' ? textToAdf(body) : body;
  return typeof body === 'string' ? body : adfToText(body);
}

/** A comment; its properties only when they are asked for. */
export function commentJson(session: Session, issue: FakeIssue, comment: FakeComment, withProperties: boolean): object {
  const zone = answerZone(session);
  return {
    self: self(session, `issue/${issue.id}/comment/${comment.id}`),
    id: comment.id,
    author: authorJson(session, comment.author),
    body: bodyJson(session, comment.body),
    updateAuthor: authorJson(session, comment.updateAuthor),
    created: jiraTimestamp(comment.created, zone),
    updated: jiraTimestamp(comment.updated, zone),
    ...(comment.visibility && { visibility: visibilityJson(session, comment.visibility) }),
    ...(session.flavour === 'cloud' && { jsdPublic: comment.public }),
    ...(withProperties && { properties: comment.properties }),
  };
}

function visibilityJson({ flavour }: Session, visibility: NonNullable<FakeComment['visibility']>): object {
  return flavour === 'cloud' ? { ...visibility, identifier: visibility.value } : visibility;
}

/** Restricted comments are invisible, and not even counted, for people outside the role or group. */
export function visibleComments({ viewer }: Session, issue: FakeIssue): FakeComment[] {
  return issue.comments.filter(({ visibility }) => !visibility || viewer?.roles.includes(visibility.value));
}

/** An entry of history. Data Center has no `fieldId`. */
export function historyJson(session: Session, history: FakeHistory): object {
  return { ...historyWithoutTime(session, history), created: jiraTimestamp(history.created, answerZone(session)) };
}

/** The same as the bulk endpoint writes it: with a number for the time. */
export function bulkHistoryJson(session: Session, history: FakeHistory): object {
  return { ...historyWithoutTime(session, history), created: history.created };
}

function historyWithoutTime(session: Session, { id, author, items, historyMetadata }: FakeHistory): object {
  return {
    id,
    author: authorJson(session, author),
    items: items.map((item) => changeJson(session, item)),
    ...(historyMetadata !== undefined && { historyMetadata }),
  };
}

function changeJson({ flavour }: Session, change: FakeChange): object {
  const { fieldId, ...rest } = change;
  return flavour === 'cloud' && fieldId !== undefined ? { ...rest, fieldId } : rest;
}
