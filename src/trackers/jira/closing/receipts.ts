import { z } from 'zod';
import { TrackerError } from '../../../errors.js';
import type { Mark } from '../../../model/bug.js';
import type { Receipt } from '../../tracker.js';

const commentDetail = z.object({
  issue: z.string().regex(/^\d+$/),
  comment: z.string().regex(/^\d+$/),
  run: z.string(),
  mark: z.enum(['close', 'warn', 'undo']),
});

const closeDetail = z.object({
  issue: z.string().regex(/^\d+$/),
  from: z.object({ id: z.string(), name: z.string(), category: z.enum(['new', 'indeterminate', 'done']) }),
  to: z.string(),
  resolution: z.string().nullable(),
});

/** What the receipt of a comment remembers. */
export type CommentDetail = z.output<typeof commentDetail>;

/** What the receipt of a closing remembers: the status and the resolution before it, and the status after it. */
export type CloseDetail = z.output<typeof closeDetail>;

/** The receipt of a comment that was posted. */
export function commentReceipt(ref: string, issue: string, comment: string, { run, action }: Mark): Receipt {
  const detail: CommentDetail = { issue, comment, run, mark: action };
  return { action: 'comment', ref, recorded: `comment ${comment}`, detail };
}

/** The receipt of a closing. `recorded` says in words what Jira made of it. */
export function closeReceipt(ref: string, recorded: string, detail: CloseDetail): Receipt {
  return { action: 'close', ref, recorded, detail };
}

/** Reads a receipt back, which may come from a file that a person has edited. Throws `validation` for one that is none of ours. */
export function readReceipt(receipt: Receipt): { comment: CommentDetail } | { close: CloseDetail } {
  const comment = receipt.action === 'comment' ? commentDetail.safeParse(receipt.detail).data : undefined;
  if (comment) return { comment };
  const close = receipt.action === 'close' ? closeDetail.safeParse(receipt.detail).data : undefined;
  if (close) return { close };
  throw new TrackerError('validation', `The receipt for ${receipt.ref} is none of a Jira tracker.`);
}
