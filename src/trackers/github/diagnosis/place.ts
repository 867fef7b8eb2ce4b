import { z } from 'zod';
import { TrackerError } from '../../../errors.js';
import { enumerate } from '../../../model/phrases.js';
import { cleanText, foldName } from '../../../model/text.js';
import { mustBeNamed, type RepositoryFacts, repositoryFacts } from '../reading/repositories.js';
import { understand } from '../transport/answers.js';
import type { Octokit } from '../transport/client.js';
import { REPOSITORY_NAMES } from '../transport/documents.js';
import { askAll } from '../transport/graphql.js';

const text = z.string().transform(cleanText);
const pageInfo = z.object({ hasNextPage: z.boolean(), endCursor: z.string().nullable() });
const rateLimit = z.object({ limit: z.number(), remaining: z.number(), resetAt: z.string() }).nullable();

const answer = z.object({
  rateLimit,
  repository: repositoryFacts.extend({
    owner: z.object({ __typename: z.string(), login: z.string() }),
    labels: z.object({ pageInfo, nodes: z.array(z.object({ name: text }).nullable()) }),
    targets: z.object({ pageInfo, nodes: z.array(z.object({ title: text, state: z.string() }).nullable()) }),
  }),
});

/** The points that GraphQL queries are paid with, by the hour; null from a server that has no such limit. */
export type RateLimit = z.output<typeof rateLimit>;

/** A repository with the names that are used in it. */
export interface Place {
  readonly facts: RepositoryFacts;
  /** Only organizations have issue types. */
  readonly owner: { readonly login: string; readonly isOrganization: boolean };
  readonly labels: readonly string[];
  readonly milestones: readonly { readonly title: string; readonly state: string }[];
  /** As it was after this was read. */
  readonly rate: RateLimit;
}

/** Reads one repository, in a request for each hundred labels or milestones. Throws `not-found`, or `gone` for another name. */
export async function readPlace(octokit: Octokit, repository: string): Promise<Place> {
  const [owner, name] = repository.split('/');
  const labels: string[] = [];
  const milestones: Place['milestones'][number][] = [];
  for (let cursors = { labels: null as string | null, milestones: null as string | null }; ; ) {
    const data = await askAll(octokit, REPOSITORY_NAMES, { owner, name, ...cursors }, repository);
    const { rateLimit: rate, repository: found } = understand(answer, data, repository);
    mustBeNamed(found, repository);
    for (const label of found.labels.nodes) if (label) labels.push(label.name);
    for (const milestone of found.targets.nodes) if (milestone) milestones.push(milestone);
    if (!found.labels.pageInfo.hasNextPage && !found.targets.pageInfo.hasNextPage) {
      const { owner: account, labels: _, targets: __, ...facts } = found;
      const isOrganization = account.__typename === 'Organization';
      return { facts, owner: { login: account.login, isOrganization }, labels, milestones, rate };
    }
    // After its end a list goes on with an empty page, which has no cursor.
    const next = {
      labels: found.labels.pageInfo.endCursor ?? cursors.labels,
      milestones: found.targets.pageInfo.endCursor ?? cursors.milestones,
    };
    if (next.labels === cursors.labels && next.milestones === cursors.milestones) {
      throw new TrackerError('unexpected', `The list of the labels and milestones of ${repository} does not end.`);
    }
    cursors = next;
  }
}

/** Whether a name is among others, however it is written. */
export function isAmong(name: string, names: readonly string[]): boolean {
  return names.some((one) => foldName(one) === foldName(name));
}

/** The names of repositories, the first few of many. */
export function nameAll(places: readonly Place[]): string {
  return enumerate(places.map(({ facts }) => facts.nameWithOwner));
}
