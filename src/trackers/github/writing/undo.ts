import { z } from 'zod';
import { TrackerError } from '../../../errors.js';
import type { Receipt } from '../../tracker.js';
import { understandIssue } from '../reading/issue.js';
import { parseRef, sameName } from '../ref.js';
import { type RestIssue, restComment, understand } from '../transport/answers.js';
import type { Octokit } from '../transport/client.js';
import { closingDetail, isSameClosing } from './closing.js';
import { parseMarker, remark } from './marker.js';

const TAKEN_BACK = '**This was taken back.** What follows no longer holds.';

const commentDetail = z.object({ comment: z.string().regex(/^\d+$/) });

/** Takes back what a receipt is for. Does nothing where it has been taken back already, by us or by somebody else. */
export function takeBack(octokit: Octokit, receipt: Receipt): Promise<void> {
  return receipt.action === 'close' ? reopen(octokit, receipt) : disown(octokit, receipt);
}

/**
 * Opens the issue again where it is still closed by the very closing of the receipt, and takes our label off. The label goes first:
 * when the issue is open nothing is left to do, and a label that somebody puts on later is theirs.
 */
async function reopen(octokit: Octokit, { ref, detail }: Receipt): Promise<void> {
  const { label, closedAt } = understand(closingDetail, detail, `the receipt for ${ref}`);
  const issue = parseRef(ref);
  const found = await readIssue(octokit, ref);
  const isAnother = closedAt && found.closed_at && !isSameClosing(closedAt, found.closed_at);
  if (found.state === 'open' || isAnother) return;
  if (label !== undefined && found.labels.some((name) => sameName(name, label))) {
    await octokit.rest.issues.removeLabel({ ...issue, name: label }).catch(unlessGone);
  }
  const { data } = await octokit.rest.issues.update({ ...issue, state: 'open' });
  if (understandIssue(data, ref, true).state === 'open') return;
  throw new TrackerError('conflict', `GitHub did not reopen ${ref}.`, { ambiguousWrite: true });
}

/** Edits the comment: it stays readable, says first that it was taken back, and its marker says so to us. */
async function disown(octokit: Octokit, { ref, detail }: Receipt): Promise<void> {
  const { comment: id } = understand(commentDetail, detail, `the receipt for ${ref}`);
  const { owner, repo } = parseRef(ref);
  const comment = { owner, repo, comment_id: Number(id) };
  const what = `the comment ${id} on ${ref}`;
  const found = await octokit.rest.issues.getComment(comment).catch(unlessGone);
  if (!found) {
    // A deleted comment needs nothing more. That of an issue which moved or is hidden from us is not found either.
    await readIssue(octokit, ref);
    return;
  }
  const { body } = understand(restComment, found.data, what);
  const mark = parseMarker(body ?? '');
  // Without our marker somebody else has rewritten it, and it is theirs now.
  if (!body || !mark || mark.action === 'undo') return;
  const edited = await octokit.rest.issues.updateComment({ ...comment, body: `${TAKEN_BACK}\n\n${remark(body, 'undo')}` });
  if (parseMarker(understand(restComment, edited.data, what, true).body ?? '')?.action === 'undo') return;
  throw new TrackerError('unexpected', `GitHub did not confirm that ${what} was taken back.`, { ambiguousWrite: true });
}

async function readIssue(octokit: Octokit, ref: string): Promise<RestIssue> {
  return understandIssue((await octokit.rest.issues.get(parseRef(ref))).data, ref);
}

function unlessGone(error: unknown): undefined {
  if (error instanceof TrackerError && (error.kind === 'not-found' || error.kind === 'gone')) return undefined;
  throw error;
}
