import { TrackerError } from '../../../errors.js';
import type { Bug, Mark } from '../../../model/bug.js';
import type { Receipt } from '../../tracker.js';
import { fromRest } from '../reading/people.js';
import { parseRef } from '../ref.js';
import { type RestComment, restComment, restComments, understand } from '../transport/answers.js';
import type { Octokit } from '../transport/client.js';
import { allPages } from '../transport/pages.js';
import { parseMarker, sameMark, withMarker } from './marker.js';

/** Posts the text with the mark below it, and checks that this is what GitHub kept. */
export async function postComment(octokit: Octokit, bug: Bug, text: string, mark: Mark): Promise<Receipt> {
  const answer = await octokit.rest.issues.createComment({ ...parseRef(bug.ref), body: withMarker(text, mark) });
  const comment = restComment.safeParse(answer.data).data;
  if (Number(answer.status) !== 201 || !comment || !sameMark(parseMarker(comment.body ?? ''), mark)) {
    throw new TrackerError('unexpected', `GitHub did not confirm the comment on ${bug.ref}.`, { ambiguousWrite: true });
  }
  return receiptFor(bug, comment);
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
    if (ours) found = receiptFor(bug, ours);
  }
  return found;
}

function receiptFor(bug: Bug, { id, html_url: url }: RestComment): Receipt {
  return { action: 'comment', ref: bug.ref, recorded: `comment ${id}`, detail: { comment: id, url } };
}
