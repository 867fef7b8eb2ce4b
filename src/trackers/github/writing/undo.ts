import { z } from 'zod';
import { TrackerError } from '../../../errors.js';
import type { Bug, Mark } from '../../../model/bug.js';
import type { Receipt } from '../../tracker.js';
import { understandIssue } from '../reading/issue.js';
import { fromRest } from '../reading/people.js';
import { parseRef } from '../ref.js';
import { restComment, restComments, understand } from '../transport/answers.js';
import type { Octokit } from '../transport/client.js';
import { allPages } from '../transport/pages.js';
import { parseMarker, remark, sameMark } from './marker.js';
import { commentReceipt } from './write.js';

const TAKEN_BACK = '**This was taken back.** What follows no longer holds.';

const closeDetail = z.object({ label: z.string().optional() });
const commentDetail = z.object({ comment: z.string().regex(/^\d+$/) });

/** Takes back what a receipt is for. Does nothing where it has been taken back already. */
export function takeBack(octokit: Octokit, receipt: Receipt): Promise<void> {
  return receipt.action === 'close' ? reopen(octokit, receipt) : disown(octokit, receipt);
}

async function reopen(octokit: Octokit, { ref, detail }: Receipt): Promise<void> {
  const { label } = understand(closeDetail, detail, `the receipt for ${ref}`);
  const issue = parseRef(ref);
  const found = understandIssue((await octokit.rest.issues.get(issue)).data, ref);
  if (found.state === 'closed') {
    const { data } = await octokit.rest.issues.update({ ...issue, state: 'open' });
    if (understandIssue(data, ref).state !== 'open') throw new TrackerError('conflict', `GitHub did not reopen ${ref}.`);
  }
  if (label !== undefined) await octokit.rest.issues.removeLabel({ ...issue, name: label }).catch(unlessGone);
}

/** Edits the comment: it stays readable, says first that it was taken back, and its marker says so to us. */
async function disown(octokit: Octokit, { ref, detail }: Receipt): Promise<void> {
  const { comment: id } = understand(commentDetail, detail, `the receipt for ${ref}`);
  const { owner, repo } = parseRef(ref);
  const comment = { owner, repo, comment_id: Number(id) };
  const found = await octokit.rest.issues.getComment(comment).catch(unlessGone);
  if (!found) return;
  const { body } = understand(restComment, found.data, `the comment ${id} on ${ref}`);
  const mark = parseMarker(body ?? '');
  // Without our marker somebody else has rewritten it, and it is theirs now.
  if (!body || !mark || mark.action === 'undo') return;
  await octokit.rest.issues.updateComment({ ...comment, body: `${TAKEN_BACK}\n\n${remark(body, 'undo')}` });
}

/** The receipt of our own latest comment with this mark. Anybody can copy a marker, so its author must be us. */
export async function findComment(
  octokit: Octokit,
  api: string,
  bug: Bug,
  mark: Mark,
  viewer: string,
): Promise<Receipt | undefined> {
  const first = await octokit.rest.issues.listComments({ ...parseRef(bug.ref), per_page: 100 });
  let found: Receipt | undefined;
  for await (const page of allPages(octokit, api, first)) {
    const comments = understand(restComments, page, `the comments on ${bug.ref}`);
    const ours = comments.findLast(({ user, body }) => fromRest(user, viewer)?.self && sameMark(parseMarker(body ?? ''), mark));
    if (ours) found = commentReceipt(bug, ours);
  }
  return found;
}

function unlessGone(error: unknown): undefined {
  if (error instanceof TrackerError && (error.kind === 'not-found' || error.kind === 'gone')) return undefined;
  throw error;
}
