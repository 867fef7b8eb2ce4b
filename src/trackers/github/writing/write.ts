import { TrackerError } from '../../../errors.js';
import type { Bug, Mark } from '../../../model/bug.js';
import type { Receipt } from '../../tracker.js';
import { understandIssue } from '../reading/issue.js';
import { parseRef, sameName } from '../ref.js';
import type { GithubSettings } from '../settings.js';
import { type RestComment, restComment, restLabels, understand } from '../transport/answers.js';
import type { Octokit } from '../transport/client.js';
import { parseMarker, sameMark, withMarker } from './marker.js';

/** Posts the text with the mark below it, and checks that this is what GitHub kept. */
export async function postComment(octokit: Octokit, bug: Bug, text: string, mark: Mark): Promise<Receipt> {
  const answer = await octokit.rest.issues.createComment({ ...parseRef(bug.ref), body: withMarker(text, mark) });
  const comment = restComment.safeParse(answer.data).data;
  if (Number(answer.status) !== 201 || !comment || !sameMark(parseMarker(comment.body ?? ''), mark)) {
    throw new TrackerError('unexpected', `GitHub did not confirm the comment on ${bug.ref}.`, { ambiguousWrite: true });
  }
  return commentReceipt(bug, comment);
}

/** The receipt for a comment of ours. */
export function commentReceipt(bug: Bug, { id, html_url: url }: RestComment): Receipt {
  return { action: 'comment', ref: bug.ref, recorded: `comment ${id}`, detail: { comment: id, url } };
}

/**
 * Closes the issue, and puts on the label where there is one. `state_reason` is ignored for an issue that is closed already
 * and by old servers, so the receipt says what was recorded.
 */
export async function closeIssue(octokit: Octokit, bug: Bug, { reason, label }: GithubSettings['closeAs']): Promise<Receipt> {
  const issue = parseRef(bug.ref);
  const { data } = await octokit.rest.issues.update({ ...issue, state: 'closed', state_reason: reason });
  const closed = understandIssue(data, bug.ref, true);
  if (closed.state !== 'closed') {
    throw new TrackerError('conflict', `${bug.ref} is still open, although GitHub accepted the closing.`, {
      ambiguousWrite: true,
    });
  }
  const recorded =
    closed.state_reason === reason ? `closed as ${reason}` : `closed as ${closed.state_reason ?? 'nothing'}, not as ${reason}`;
  const detail = { closedAt: closed.closed_at ?? null, reason: closed.state_reason ?? null };
  const receipt: Receipt = { action: 'close', ref: bug.ref, recorded, detail };
  return label && !closed.labels.some((name) => sameName(name, label)) ? addLabel(octokit, receipt, label) : receipt;
}

/** The bug is closed by now, so a label that does not stick is mentioned and nothing more. GitHub drops it without the rights. */
async function addLabel(octokit: Octokit, receipt: Receipt, label: string): Promise<Receipt> {
  const labelled = { ...receipt, detail: { ...receipt.detail, label } };
  try {
    const { data } = await octokit.rest.issues.addLabels({ ...parseRef(receipt.ref), labels: [label] });
    const labels = understand(restLabels, data, `the labels of ${receipt.ref}`);
    if (labels.some((name) => sameName(name, label))) return labelled;
    return { ...receipt, recorded: `${receipt.recorded}, but GitHub did not keep the label ${label}` };
  } catch (error) {
    const told = error instanceof Error ? error.message : 'interrupted';
    const maybe = error instanceof TrackerError && error.ambiguousWrite ? labelled : receipt;
    return { ...maybe, recorded: `${receipt.recorded}, but without the label ${label}: ${told}` };
  }
}
