import { z } from 'zod';
import type { Call } from '../../tracker.js';
import { readComments } from '../reading/comments.js';
import type { Reading } from '../reading/list.js';
import type { JiraComment } from '../transport/answers.js';
import { plainWords, toAdf } from './adf.js';
import { commentsWith, findStored } from './marks.js';
import type { CommentDetail } from './receipts.js';
import { toWiki } from './wiki.js';

/**
 * Edits our comment to say that it was taken back, and its mark: to later runs the closing was none of ours. The mark goes first, with
 * the comment's id, for the edit changes the words that it would be found by. A comment that was deleted meanwhile needs no editing.
 */
export async function takeBack(detail: CommentDetail, { facts, marks }: Reading, call: Call): Promise<void> {
  const { api, flavour } = await facts.session(call);
  const { issue, run, mark: action } = detail;
  const known = await marks.read(issue, api, call);
  const stored = findStored(known, { run, action }) ?? findStored(known, { run, action: 'undo' });
  const { comments } = await readComments(issue, api, call);
  const marked = stored ? commentsWith(stored, known, comments) : [];
  if (stored && stored.action !== 'undo') {
    const undone = { ...stored, action: 'undo' as const, comment: marked[0]?.id ?? detail.comment };
    await marks.write(
      issue,
      known.map((mark) => (mark === stored ? undone : mark)),
      api,
      call,
    );
  }
  // A workflow that wants the comment inside the transition has put another in place of the one that was posted, or beside it.
  const ours = new Set([...marked, ...comments.filter(({ id }) => id === detail.comment)]);
  for (const { id, body } of [...ours].filter((comment) => !isTakenBack(comment))) {
    const edited = flavour === 'cloud' ? prefixed(body) : `${toWiki(TAKEN_BACK)}\n\n${body}`;
    await api.write({ method: 'PUT', path: `/issue/${issue}/comment/${id}`, body: { body: edited }, idempotent: true }, call);
  }
}

const TAKEN_BACK = 'This was taken back. What follows no longer holds.';

function isTakenBack({ body }: JiraComment): boolean {
  return plainWords(body).startsWith(plainWords(TAKEN_BACK));
}

const adf = z.object({ content: z.array(z.unknown()) });

function prefixed(body: unknown): unknown {
  const { data } = adf.safeParse(body);
  return { type: 'doc', version: 1, content: [...toAdf(TAKEN_BACK).content, ...(data?.content ?? [])] };
}
