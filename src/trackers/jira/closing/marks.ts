import { createHash } from 'node:crypto';
import { z } from 'zod';
import { type Actor, type BugEvent, MARK_ACTIONS, type Mark, snoozeEnd } from '../../../model/bug.js';
import { chronological } from '../../../model/history.js';
import { type Instant, toInstant } from '../../../model/instant.js';
import { actorOf } from '../reading/actor.js';
import type { JiraComment } from '../transport/answers.js';
import { plainWords } from './adf.js';

/** The issue property that holds our marks. */
export const PROPERTY = 'bugprune';

/**
 * A mark as it is stored: written before its comment, so that no crash leaves a comment without one. The comment is found by its
 * id where that is known, else by its words; a mark whose comment was never posted stands for nothing.
 */
export interface StoredMark extends Mark {
  at: Instant;
  /** The id of the comment. */
  comment?: string | undefined;
  /** The fingerprint of the comment's words. */
  words?: string | undefined;
  /** The id of the newest comment before ours. */
  after?: string | undefined;
}

const storedMark: z.ZodType<StoredMark> = z.object({
  run: z.string(),
  action: z.enum(MARK_ACTIONS),
  policy: z.string(),
  until: snoozeEnd,
  at: z.string(),
  comment: z.string().optional(),
  words: z.string().optional(),
  after: z.string().optional(),
});

/** Jira keeps 32,768 characters of a property: many more marks than one bug will ever get. */
const MOST = 50;

/** The marks in the value of the property; whatever somebody else may have written there is none. */
export function readMarks(value: unknown): StoredMark[] {
  if (!Array.isArray(value)) return [];
  return value.flatMap((entry) => {
    const { data } = storedMark.safeParse(entry);
    const at = data && toInstant(data.at);
    return at ? [{ ...data, at }] : [];
  });
}

/** The same marks with one more, in place of the one of the same run and action. */
export function withMark(marks: readonly StoredMark[], mark: StoredMark): StoredMark[] {
  return [...marks.filter((other) => !(other.run === mark.run && other.action === mark.action)), mark].slice(-MOST);
}

/** The mark of a run's action among the stored ones. */
export function findStored(marks: readonly StoredMark[], { run, action }: Pick<Mark, 'run' | 'action'>): StoredMark | undefined {
  return marks.find((mark) => mark.run === run && mark.action === action);
}

/** A fingerprint of a comment's words, the same for a document and for what Jira made of it. */
export function fingerprint(body: unknown): string {
  return createHash('sha256').update(plainWords(body)).digest('hex').slice(0, 16);
}

/**
 * The comments that carry a mark, oldest first: none when it was deleted or never posted, more than one where a workflow has repeated
 * it. A comment that two marks would do for carries the later one.
 */
export function commentsWith(mark: StoredMark, marks: readonly StoredMark[], comments: readonly JiraComment[]): JiraComment[] {
  const owners = marksByComment(marks, comments);
  return comments.filter(({ id }) => owners.get(id) === mark).toSorted((a, b) => Number(a.id) - Number(b.id));
}

function marksByComment(marks: readonly StoredMark[], comments: readonly JiraComment[]): Map<string, StoredMark> {
  const owners = new Map<string, StoredMark>();
  for (const mark of marks) for (const { id } of comments.filter((comment) => fits(comment, mark))) owners.set(id, mark);
  return owners;
}

/** By its id where that is known, else by its words, if it was posted after the mark was written. */
function fits({ id, body }: JiraComment, { comment, words, after = '0' }: StoredMark): boolean {
  if (id === comment) return true;
  return words !== undefined && Number(id) > Number(after) && fingerprint(body) === words;
}

/** Events for all comments, oldest first, ours with their marks. `self` is our own accountId or user name. */
export function commentEvents(comments: readonly JiraComment[], marks: readonly StoredMark[], self: string): BugEvent[] {
  const marked = marksByComment(marks, comments);
  const inOrder = comments.toSorted((a, b) => Number(a.id) - Number(b.id));
  const events = inOrder.flatMap((comment) => commentEvent(comment, marked.get(comment.id), self));
  const isThere = (mark: StoredMark) => comments.some(({ id }) => id === mark.comment);
  const lost = marks.filter((mark) => mark.comment !== undefined && mark.action === 'close' && !isThere(mark));
  return chronological([...events, ...lost.map(lostComment)]);
}

function commentEvent({ id, author, created }: JiraComment, stored: StoredMark | undefined, self: string): BugEvent[] {
  const at = toInstant(created);
  if (!at) return [];
  return [{ at, kind: 'commented', actor: actorOf(author, self), id, ...(stored ? { mark: plainMark(stored) } : {}) }];
}

const BUGPRUNE: Actor = { id: null, name: 'bugprune', kind: 'bot' };

/**
 * A closing comment that somebody deleted. That we closed the bug still counts when a person has reopened it. It is not our
 * account's event, for it must not pass for a comment that is there.
 */
function lostComment(stored: StoredMark): BugEvent {
  return { at: stored.at, kind: 'commented', actor: BUGPRUNE, mark: plainMark(stored) };
}

function plainMark({ run, action, policy, until }: Mark): Mark {
  return { run, action, policy, ...(until === undefined ? {} : { until }) };
}
