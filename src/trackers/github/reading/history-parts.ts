import { z } from 'zod';
import type { Octokit } from '../transport/client.js';
import { earlierHistories, type Fields, histories } from '../transport/documents.js';
import { graphqlError } from '../transport/errors.js';
import { ask } from '../transport/graphql.js';
import type { GraphqlProblem } from '../transport/outcome.js';
import { repositoryFacts } from './repositories.js';
import { type Timeline, timeline } from './timeline.js';

/** Histories of more than 2,100 items are not read to their beginning. */
const MOST_PARTS = 20;

const pullRequest = z.object({ number: z.number(), state: z.string(), repository: z.object({ nameWithOwner: z.string() }) });

const issueNode = z.object({
  closedByPullRequestsReferences: z.object({ nodes: z.array(pullRequest.nullable()) }).nullish(),
  repository: repositoryFacts.optional(),
  timelineItems: timeline,
});

/** Where histories are read, and which fields there are for it. */
export interface Source {
  readonly octokit: Octokit;
  fields(): Promise<Fields>;
}

/** What is known of an issue beyond the list. It is read backwards: whole when `before` is null, else up to that cursor. */
export interface Reading extends z.output<typeof issueNode> {
  readonly id: string;
  items: Timeline['nodes'];
  before: string | null;
}

/**
 * Reads the newest 100 items of some histories in one request; null for an issue that is gone or could not be read.
 * `facts`: also those about their repositories. Throws a TrackerError when nothing at all could be read.
 */
export async function readNewest(
  { octokit, fields }: Source,
  ids: readonly string[],
  facts: boolean,
): Promise<(Reading | null)[]> {
  const { data, errors } = await ask(octokit, histories(await fields()), { ids, facts });
  const nodes = z.object({ nodes: z.array(z.unknown()) }).safeParse(data).data?.nodes;
  if (!nodes || (errors.length > 0 && nodes.every((node) => node === null) && !errors.every(isNotFound))) {
    throw graphqlError(errors, 'the histories of issues');
  }
  return ids.map((id, index) => {
    const node = issueNode.safeParse(isSpoilt(errors, ['nodes', index]) ? null : nodes[index]).data;
    return node ? { ...node, id, ...partOf(node.timelineItems) } : null;
  });
}

/** Reads on towards the beginning of the histories, all of them at once, until they are whole or too long. */
export async function readEarlier({ octokit, fields }: Source, readings: readonly Reading[]): Promise<void> {
  let open = readings.filter((reading) => reading.before !== null);
  for (let part = 0; part < MOST_PARTS && open.length > 0; part++) {
    const variables = Object.fromEntries(
      open.flatMap(({ id, before }, index) => [[`id${index}`, id] as const, [`before${index}`, before] as const]),
    );
    const { data, errors } = await ask(octokit, earlierHistories(open.length, await fields()), variables);
    const answer = z.record(z.string(), z.unknown()).safeParse(data).data;
    open = open.filter((reading, index) => {
      const name = `issue${index}`;
      const node = z.object({ timelineItems: timeline }).safeParse(isSpoilt(errors, [name]) ? null : answer?.[name]).data;
      if (!node) return false;
      const { items, before } = partOf(node.timelineItems);
      reading.items = [...items, ...reading.items];
      reading.before = before;
      return before !== null;
    });
  }
}

function partOf({ pageInfo, nodes }: Timeline): Pick<Reading, 'items' | 'before'> {
  return { items: nodes, before: pageInfo.hasPreviousPage ? (pageInfo.startCursor ?? '') : null };
}

/** Whether an error concerns this place of the answer; one that names no place concerns them all. */
function isSpoilt(errors: readonly GraphqlProblem[], place: readonly (string | number)[]): boolean {
  return errors.some(({ path }) => !path || place.every((part, index) => path.length <= index || path[index] === part));
}

function isNotFound({ type }: GraphqlProblem): boolean {
  return type === 'NOT_FOUND';
}
