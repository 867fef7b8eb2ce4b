import type { Call } from '../../tracker.js';
import { commentPage, type JiraComment, understand } from '../transport/answers.js';
import type { Api } from '../transport/api.js';

/** The comments of an issue, and whether these are all that we may see. */
export interface Comments {
  readonly comments: readonly JiraComment[];
  readonly complete: boolean;
}

/** Neither flavour gives more at once. */
const PAGE = 100;

/** All comments of an issue, newest first, page by page. Comments of restricted visibility that we may not see are not told of. */
export async function readComments(id: string, api: Api, call: Call): Promise<Comments> {
  const found = new Map<string, JiraComment>();
  for (let startAt = 0; ; ) {
    const query = { orderBy: '-created', startAt: String(startAt), maxResults: String(PAGE) };
    const page = understand(commentPage, await api.read({ path: `/issue/${id}/comment`, query }, call), 'its comments');
    for (const comment of page.comments) found.set(comment.id, comment);
    startAt += page.comments.length;
    const total = page.total ?? found.size;
    if (startAt >= total || page.comments.length === 0) return { comments: [...found.values()], complete: found.size >= total };
  }
}
