import { z } from 'zod';
import { TrackerError } from '../../../errors.js';
import { MARK_ACTIONS, type Mark } from '../../../model/bug.js';
import { foldName } from '../../../model/text.js';
import type { Receipt } from '../../tracker.js';

const commentDetail = z.object({
  issue: z.string().regex(/^\d+$/),
  comment: z.string().regex(/^\d+$/),
  run: z.string(),
  mark: z.enum(MARK_ACTIONS),
});

/** By its id, for names are changed and translated. What has none goes by its name. */
const named = z.object({ id: z.string().nullable(), name: z.string() });

const closeDetail = z.object({
  issue: z.string().regex(/^\d+$/),
  from: named.extend({ category: z.enum(['new', 'indeterminate', 'done']).nullable() }),
  to: named,
  resolution: named.nullable(),
});

/** What the receipt of a comment remembers. */
export type CommentDetail = z.output<typeof commentDetail>;

/** See {@link named}. */
export type Named = z.output<typeof named>;

/**
 * What the receipt of a closing remembers: the status and the resolution before it, and the status after it. `category: null`: the
 * status is no more.
 */
export type CloseDetail = z.output<typeof closeDetail>;

/** A status or a resolution, to be remembered. */
export function remembered({ id, name }: { readonly id?: string | undefined; readonly name: string }): Named {
  return { id: id ?? null, name };
}

/** Whether this is the one that was remembered. */
export function isSame({ id, name }: Named, found: { readonly id?: string | undefined; readonly name: string }): boolean {
  return id === null || found.id === undefined ? name === found.name : id === found.id;
}

/** The receipt of a comment that was posted. */
export function commentReceipt(ref: string, issue: string, comment: string, { run, action }: Mark): Receipt {
  const detail: CommentDetail = { issue, comment, run, mark: action };
  return { action: 'comment', ref, recorded: `comment ${comment}`, detail };
}

/** The receipt of a closing. `recorded` says in words what Jira made of it. */
export function closeReceipt(ref: string, recorded: string, detail: CloseDetail): Receipt {
  return { action: 'close', ref, recorded, detail };
}

/** How Jira recorded a closing, and whether that is what was wanted: a workflow may set a resolution of its own. */
export function describeEnd(status: string, resolution: string | undefined, wanted: string | undefined): string {
  if (resolution === undefined) return `${status}, without a resolution`;
  if (wanted !== undefined && foldName(resolution) === foldName(wanted)) return `${status}, resolution ${resolution}`;
  const instead = wanted === undefined ? '' : ` instead of ${wanted}`;
  return `${status}, with the resolution ${resolution}, which the workflow chose${instead}`;
}

/** Reads a receipt back, which may come from a file that a person has edited. Throws `validation` for one that is none of ours. */
export function readReceipt(receipt: Receipt): { comment: CommentDetail } | { close: CloseDetail } {
  const comment = receipt.action === 'comment' ? commentDetail.safeParse(receipt.detail).data : undefined;
  if (comment) return { comment };
  const close = receipt.action === 'close' ? closeDetail.safeParse(receipt.detail).data : undefined;
  if (close) return { close };
  throw new TrackerError('validation', `The receipt for ${receipt.ref} is none of a Jira tracker.`);
}
