import { z } from 'zod';
import { TrackerError } from '../../errors.js';
import type { Bug } from '../../model/bug.js';
import type { Instant } from '../../model/instant.js';
import type { Receipt } from '../tracker.js';
import { NOT_PLANNED, withCommentTakenBack, withReopening } from './change.js';

const detailSchema = z.union([
  z.strictObject({ comment: z.string() }),
  z.strictObject({ changed: z.boolean(), status: z.string() }),
]);

/** The receipt of a comment of ours, by its id. */
export function commentReceipt(ref: string, id: string): Receipt {
  return { action: 'comment', ref, recorded: `comment ${id}`, detail: { comment: id } };
}

/** The receipt of a closing: whether anything changed, and the status to go back to. */
export function closeReceipt({ ref, status }: Pick<Bug, 'ref' | 'status'>, changed: boolean): Receipt {
  return { action: 'close', ref, recorded: changed ? `closed as ${NOT_PLANNED}` : 'already closed', detail: { changed, status } };
}

/** What takes back the write that a receipt is for. Throws `validation` for a receipt that no snapshot has given. */
export function reverting({ ref, detail }: Receipt): (bug: Bug, now: Instant) => Bug {
  const parsed = detailSchema.safeParse(detail);
  if (!parsed.success) throw new TrackerError('validation', `${ref}: this receipt is not one of a snapshot`);
  const { data } = parsed;
  if ('comment' in data) return (bug, now) => withCommentTakenBack(bug, now, data.comment);
  return (bug, now) => (data.changed ? withReopening(bug, now, data.status) : bug);
}
