import { isAdf } from './adf.js';
import type { FakeComment } from './model.js';
import { type Answer, isRecord, recordOf, refuse, refuseField } from './request.js';
import type { Session } from './session.js';

/** The longest text of a comment. For documents, their JSON counts. */
const LIMIT = 32_767;
const TOO_LONG = 'The entered text is too long. It exceeds the allowed limit of 32,767 characters.';

/** What was sent as a comment, checked as Jira checks it, or why it was refused. */
export type CommentInput =
  | {
      readonly body: FakeComment['body'];
      readonly visibility?: FakeComment['visibility'];
      readonly properties: FakeComment['properties'];
    }
  | { readonly refused: Answer };

export function readComment(session: Session, sent: unknown): CommentInput {
  const comment = recordOf(sent);
  const body = readBody(session, comment.body);
  if ('refused' in body) return body;
  const visibility = readVisibility(session, comment.visibility);
  if (visibility && 'refused' in visibility) return visibility;
  return { body: body.text, properties: readProperties(comment.properties), ...(visibility && { visibility }) };
}

function readBody(session: Session, body: unknown): { text: FakeComment['body'] } | { refused: Answer } {
  if (session.version === 3) {
    if (!isAdf(body)) return { refused: refuseField('comment', 'Comment body is not valid!') };
    return JSON.stringify(body).length > LIMIT ? { refused: refuseField('comment', TOO_LONG) } : { text: body };
  }
  if (typeof body !== 'string') return { refused: notText(session) };
  if (body.trim() === '') return { refused: refuseField('comment', 'Comment body can not be empty!') };
  return body.length > LIMIT ? { refused: refuseField('comment', TOO_LONG) } : { text: body };
}

function notText({ flavour }: Session): Answer {
  if (flavour === 'cloud') return refuseField('comment', 'Comment body is not valid!');
  return refuse(400, 'Can not deserialize instance of java.lang.String out of START_OBJECT token');
}

function readVisibility(
  { viewer }: Session,
  sent: unknown,
): NonNullable<FakeComment['visibility']> | { refused: Answer } | undefined {
  if (!isRecord(sent)) return undefined;
  const value = sent.value ?? sent.identifier;
  const type = sent.type === 'group' ? 'group' : 'role';
  if (typeof value === 'string' && viewer?.roles.includes(value)) return { type, value };
  return { refused: refuseField('commentLevel', `You are currently not a member of the project role: ${String(value)}.`) };
}

function readProperties(sent: unknown): FakeComment['properties'] {
  if (!Array.isArray(sent)) return [];
  return sent.flatMap((entry) =>
    isRecord(entry) && typeof entry.key === 'string' ? [{ key: entry.key, value: entry.value }] : [],
  );
}
