import { z } from 'zod';
import { TrackerError } from '../../../errors.js';
import type { Call } from '../../tracker.js';
import { categoryOf, isDone } from '../reading/category.js';
import { readComments } from '../reading/comments.js';
import type { Reading } from '../reading/list.js';
import { readState, type State } from '../reading/state.js';
import type { Transition } from '../transport/answers.js';
import type { Api } from '../transport/api.js';
import { words } from '../transport/refusal.js';
import { plainWords, toAdf } from './adf.js';
import { offeredTransitions } from './closings.js';
import { commentOf, findStored } from './marks.js';
import type { CloseDetail, CommentDetail } from './receipts.js';
import { toWiki } from './wiki.js';

/**
 * Sends a bug back to the status it had, or to the only one of the same category, and gives it back the resolution it had, mostly
 * none. A bug that is open already stays as it is. Throws `conflict`, with the reason, where the workflow does not allow it.
 */
export async function reopen(ref: string, detail: CloseDetail, { facts }: Reading, call: Call): Promise<void> {
  const { api } = await facts.session(call);
  const { status } = await readState(detail.issue, api, call);
  if (!isDone(status)) return;
  if (status.name !== detail.to)
    throw new TrackerError('conflict', `${ref} is ${status.name} now, not ${detail.to} as we left it.`);
  const back = wayBack(ref, await offeredTransitions(detail.issue, api, call), detail);
  const body = { transition: { id: back.id } };
  await api.write({ method: 'POST', path: `/issue/${detail.issue}/transitions`, body }, call);
  const now = await readState(detail.issue, api, call);
  if (isDone(now.status)) throw new TrackerError('conflict', `${ref} is still ${now.status.name} after ${back.name}.`);
  await restoreResolution(ref, now, detail, api, call);
}

function wayBack(ref: string, offered: readonly Transition[], { from }: CloseDetail): Transition {
  const open = offered.filter(({ to }) => !isDone(to));
  const same = open.filter(({ to }) => to.id === from.id || to.name === from.name);
  const alike = open.filter(({ to }) => categoryOf(to) === from.category);
  const [back, other] = same.length > 0 ? same : alike;
  // Several ways to the very status it had differ in nothing that matters here.
  if (back && (!other || same.length > 0)) return back;
  const choices = open.map(({ name, to }) => `${name} → ${to.name}`).join(', ') || 'none';
  throw new TrackerError(
    'conflict',
    `The workflow offers ${ref} no way back to ${from.name}; transitions to an open status: ${choices}.`,
  );
}

async function restoreResolution(
  ref: string,
  now: State,
  { issue, resolution }: CloseDetail,
  api: Api,
  call: Call,
): Promise<void> {
  if ((now.resolution?.name ?? null) === resolution) return;
  const fields = { resolution: resolution === null ? null : { name: resolution } };
  const edit = { method: 'PUT', path: `/issue/${issue}`, body: { fields }, idempotent: true, complains: true } as const;
  const answer = await api.write(edit, call);
  if (answer.status !== 400) return;
  const left = now.resolution ? `still has the resolution ${now.resolution.name}` : `is without its resolution ${resolution}`;
  throw new TrackerError('conflict', `${ref} is ${now.status.name} again, but ${left}: ${words(answer)}`);
}

/**
 * Edits our comment to say that it was taken back, and its mark: to later runs the closing was none of ours. A comment that was
 * deleted meanwhile needs no editing.
 */
export async function takeBack(detail: CommentDetail, { facts, marks }: Reading, call: Call): Promise<void> {
  const { api, flavour } = await facts.session(call);
  const { issue, run, mark: action } = detail;
  const known = await marks.read(issue, api, call);
  const stored = findStored(known, { run, action });
  const { comments } = await readComments(issue, api, call);
  const comment = (stored && commentOf(stored, comments)) ?? comments.find(({ id }) => id === detail.comment);
  if (stored) {
    const undone = { ...stored, action: 'undo' as const, comment: comment?.id ?? detail.comment };
    await marks.write(issue, [...known.filter((other) => other !== stored), undone], api, call);
  }
  if (!comment || plainWords(comment.body).startsWith(plainWords(TAKEN_BACK))) return;
  const body = flavour === 'cloud' ? prefixed(comment.body) : `${toWiki(TAKEN_BACK)}\n\n${comment.body}`;
  await api.write({ method: 'PUT', path: `/issue/${issue}/comment/${comment.id}`, body: { body }, idempotent: true }, call);
}

const TAKEN_BACK = 'This was taken back. What follows no longer holds.';

const adf = z.object({ content: z.array(z.unknown()) });

function prefixed(body: unknown): unknown {
  const { data } = adf.safeParse(body);
  return { type: 'doc', version: 1, content: [...toAdf(TAKEN_BACK).content, ...(data?.content ?? [])] };
}
