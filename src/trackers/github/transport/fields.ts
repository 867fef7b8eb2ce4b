import { z } from 'zod';
import { isServer } from '../address.js';
import type { Octokit } from './client.js';
import { ALL_FIELDS, FIELDS, type Fields } from './documents.js';
import { ask } from './graphql.js';

const names = z
  .object({ fields: z.array(z.object({ name: z.string() })) })
  .transform(({ fields }) => fields.map(({ name }) => name));
const answer = z.object({ issue: names, comment: names });

/**
 * Finds out which fields an API has, in one request, and remembers it. Only a GitHub Enterprise Server is asked: the others have
 * all. One that does not tell is taken to have all as well: where it has not, it refuses the query for histories, and nothing is
 * known. Throws a TrackerError when it cannot be reached.
 */
export function fieldsOf(api: string): (octokit: Octokit) => Promise<Fields> {
  let known = isServer(api) ? null : ALL_FIELDS;
  return async (octokit) => {
    known ??= await readFields(octokit);
    return known;
  };
}

async function readFields(octokit: Octokit): Promise<Fields> {
  const { data } = await ask(octokit, FIELDS, {});
  const told = answer.safeParse(data).data;
  if (!told) return ALL_FIELDS;
  return {
    closers: told.issue.includes('closedByPullRequestsReferences'),
    commentIds: told.comment.includes('fullDatabaseId'),
  };
}
