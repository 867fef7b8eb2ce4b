import type { Octokit } from './client.js';
import { graphqlError } from './errors.js';
import { type GraphqlProblem, graphqlErrors } from './outcome.js';

/** What GraphQL answered: it may give a part of the data together with errors about the rest. */
export interface GraphqlAnswer {
  readonly data: unknown;
  readonly errors: readonly GraphqlProblem[];
}

/** Sends a query. Octokit throws as soon as there are errors, even with useful data; here both are given. */
export async function ask(octokit: Octokit, document: string, variables: Record<string, unknown>): Promise<GraphqlAnswer> {
  try {
    return { data: await octokit.graphql<unknown>(document, variables), errors: [] };
  } catch (error) {
    const errors = graphqlErrors(error);
    if (errors.length === 0 || typeof error !== 'object' || error === null || !('data' in error)) throw error;
    return { data: error.data, errors };
  }
}

/** Sends a query that is of use only when it is answered without errors. Throws a TrackerError about `what` otherwise. */
export async function askAll(
  octokit: Octokit,
  document: string,
  variables: Record<string, unknown>,
  what: string,
): Promise<unknown> {
  const { data, errors } = await ask(octokit, document, variables);
  if (errors.length > 0) throw graphqlError(errors, what);
  return data;
}
