import { z } from 'zod';
import { TrackerError } from '../../../errors.js';
import type { Bug, Mark } from '../../../model/bug.js';
import type { Call, Receipt } from '../../tracker.js';
import { projectOf } from '../key.js';
import { readComments } from '../reading/comments.js';
import type { Reading } from '../reading/list.js';
import type { JiraComment } from '../transport/answers.js';
import type { Api } from '../transport/api.js';
import type { Flavour } from '../transport/credentials.js';
import { toAdf } from './adf.js';
import { commentsWith, findStored, fingerprint, withMark } from './marks.js';
import { commentReceipt } from './receipts.js';
import { toWiki } from './wiki.js';

/** Jira takes no more characters, which for a document are those of its JSON. Source: the error message of `POST comment`. */
const LONGEST = 32_767;

/** A text as the body of a comment. Throws `validation` for one that is too long. */
function bodyOf(text: string, flavour: Flavour): unknown {
  const body = flavour === 'cloud' ? toAdf(text) : toWiki(text);
  const length = typeof body === 'string' ? body.length : JSON.stringify(body).length;
  if (length <= LONGEST) return body;
  throw new TrackerError('validation', `The comment is too long for Jira: ${length} characters of ${LONGEST}.`);
}

const created = z.object({ id: z.string().regex(/^\d+$/) });

/** Keeps a comment in a service project from the customer. Source: Jira Service Management, property `sd.public.comment`. */
const INTERNAL = { properties: [{ key: 'sd.public.comment', value: { internal: true } }] };

/**
 * Posts a comment after its mark. The mark goes first, and may be written twice without harm: however the run ends, no comment of
 * ours is without one. Throws `ambiguousWrite` when the comment may or may not have arrived.
 */
export async function postComment(bug: Bug, text: string, mark: Mark, reading: Reading, call: Call): Promise<Receipt> {
  const { api, flavour } = await reading.facts.session(call);
  const body = bodyOf(text, flavour);
  const extra = (await isInternal(bug, reading, call)) ? INTERNAL : {};
  await leaveMark(bug, fingerprint(body), mark, reading, call);
  const answer = await api.write({ method: 'POST', path: `/issue/${bug.id}/comment`, body: { body, ...extra } }, call);
  const { data } = created.safeParse(answer.body);
  if (answer.status === 201 && data) return commentReceipt(bug.ref, bug.id, data.id, mark);
  throw new TrackerError('unexpected', `Jira does not say that the comment on ${bug.ref} arrived (${answer.status}).`, {
    ambiguousWrite: true,
  });
}

async function isInternal({ ref }: Bug, { settings, facts }: Reading, call: Call): Promise<boolean> {
  return settings.serviceDesk === 'internal' && (await facts.project(projectOf(ref), call)).serviceDesk;
}

async function leaveMark(bug: Bug, words: string, mark: Mark, { facts, marks, env }: Reading, call: Call): Promise<void> {
  const { api } = await facts.session(call);
  const known = bug.history === 'unread' ? await marks.read(bug.id, api, call) : marks.of(bug.id);
  const stored = { ...mark, at: env.now(), words, after: newestComment(bug) };
  await marks.write(bug.id, withMark(known, stored), api, call);
}

/** Ids only ever go up. */
function newestComment({ events }: Bug): string {
  return String(Math.max(0, ...events.map(({ id }) => Number(id ?? 0))));
}

/** Looks a comment of ours up by its mark: the property says that there was to be one, the comments whether there is. */
export async function findComment(bug: Bug, mark: Mark, { facts, marks }: Reading, call: Call): Promise<JiraComment | undefined> {
  const { api } = await facts.session(call);
  const known = await marks.read(bug.id, api, call);
  const stored = findStored(known, mark);
  if (!stored) return undefined;
  const { comments } = await readComments(bug.id, api, call);
  return commentsWith(stored, known, comments)[0];
}

/**
 * The comment that explains this closing: this run's, or one that an earlier run left when its closing failed. Throws `conflict`
 * without one, for nothing is closed without a comment.
 */
export async function ourComment(bug: Bug, mark: Mark, reading: Reading, call: Call): Promise<JiraComment> {
  if (await isInternal(bug, reading, call)) {
    throw new TrackerError(
      'conflict',
      `The workflow wants the comment inside the transition, where the customer of ${bug.ref} would get it.`,
    );
  }
  const earlier = reading.marks.of(bug.id).filter(({ action }) => action === 'close');
  for (const candidate of [mark, ...earlier.toReversed()]) {
    const comment = await findComment(bug, candidate, reading, call);
    if (comment) return comment;
  }
  throw new TrackerError('conflict', `The workflow wants the comment inside the transition, but ${bug.ref} has none of ours.`);
}

/**
 * Takes away our comment, which the transition has repeated, where it really has: one without a screen drops comments and says nothing,
 * and an answer that was lost proves nothing. Gives a remark for the receipt where that is not allowed.
 */
export async function removeRepeated(bug: Bug, ours: JiraComment, api: Api, call: Call): Promise<string> {
  const words = fingerprint(ours.body);
  try {
    const { comments } = await readComments(bug.id, api, call);
    if (!comments.some(({ id, body }) => Number(id) > Number(ours.id) && fingerprint(body) === words)) return '';
    await api.write({ method: 'DELETE', path: `/issue/${bug.id}/comment/${ours.id}`, idempotent: true }, call);
    return '';
  } catch (error) {
    if (!(error instanceof TrackerError)) throw error;
    // Gone is gone: an attempt whose answer was lost may have done it.
    if (error.kind === 'not-found') return '';
    return `; the comment stands there twice, because the workflow wants it inside the transition (${error.message})`;
  }
}
