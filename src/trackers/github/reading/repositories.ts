import { z } from 'zod';
import { TrackerError } from '../../../errors.js';
import { nameMatcher } from '../../../model/text.js';
import { sameName } from '../ref.js';
import type { GithubSettings } from '../settings.js';
import { understand } from '../transport/answers.js';
import type { Octokit } from '../transport/client.js';
import { ORGANIZATION, REPOSITORY_FACTS } from '../transport/documents.js';
import { askAll } from '../transport/graphql.js';

/** What a repository tells about itself. `viewerPermission` is null for some tokens of apps. */
export const repositoryFacts = z.object({
  nameWithOwner: z.string(),
  isArchived: z.boolean(),
  hasIssuesEnabled: z.boolean(),
  viewerPermission: z.string().nullable(),
  milestones: z.object({ totalCount: z.number() }),
});

/** See {@link repositoryFacts}. */
export type RepositoryFacts = z.output<typeof repositoryFacts>;

/** A repository as the list of an organization tells of it: also how many open issues it has, pull requests not counted. */
const listedRepository = repositoryFacts.extend({ issues: z.object({ totalCount: z.number() }) });

/** See {@link listedRepository}. */
export type ListedRepository = z.output<typeof listedRepository>;

const repositoryAnswer = z.object({ repository: repositoryFacts });

const organizationAnswer = z.object({
  organization: z.object({
    repositories: z.object({
      pageInfo: z.object({ hasNextPage: z.boolean(), endCursor: z.string().nullable() }),
      nodes: z.array(listedRepository.nullable()),
    }),
  }),
});

/** The facts about one repository. Throws `not-found`, or `gone` when it has another name by now. */
export async function readRepository(octokit: Octokit, repository: string): Promise<RepositoryFacts> {
  const [owner, name] = repository.split('/');
  const data = await askAll(octokit, REPOSITORY_FACTS, { owner, name }, repository);
  const facts = understand(repositoryAnswer, data, repository).repository;
  mustBeNamed(facts, repository);
  return facts;
}

/** Throws `gone` when a repository that was asked for has another name by now. */
export function mustBeNamed({ nameWithOwner }: RepositoryFacts, repository: string): void {
  if (sameName(nameWithOwner, repository)) return;
  throw new TrackerError('gone', `${repository} is now ${nameWithOwner}.`, {
    hint: 'Use the new name: what is read and written must be what was named.',
  });
}

/** The repositories that the settings name, each once. */
export function namedRepositories({ repos }: Pick<GithubSettings, 'repos'>): string[] {
  return [...new Map(repos?.map((name) => [name.toLowerCase(), name])).values()];
}

/** The repositories of an organization that the settings choose, by name. */
export async function readOrganization(octokit: Octokit, login: string, settings: Choice): Promise<ListedRepository[]> {
  const chosen = isChosen(settings);
  const found: ListedRepository[] = [];
  for (let after: string | null = null; ; ) {
    const data = await askAll(octokit, ORGANIZATION, { login, after }, login);
    const { nodes, pageInfo } = understand(organizationAnswer, data, login).organization.repositories;
    for (const facts of nodes) if (facts && chosen(facts.nameWithOwner)) found.push(facts);
    if (!pageInfo.hasNextPage) return found;
    if (pageInfo.endCursor === after)
      throw new TrackerError('unexpected', `The list of the repositories of ${login} does not end.`);
    after = pageInfo.endCursor;
  }
}

/** Which repositories of an organization are wanted; all of them where neither is given. */
export type Choice = Pick<GithubSettings, 'include' | 'exclude'>;

/** Whether the settings want a repository: patterns are for its name, or for its name with owner. */
export function isChosen({ include, exclude }: Choice): (repository: string) => boolean {
  const included = include ? nameMatcher(include) : () => true;
  const excluded = nameMatcher(exclude ?? []);
  return (repository) => {
    const names = [repository, repository.slice(repository.indexOf('/') + 1)];
    return names.some(included) && !names.some(excluded);
  };
}
