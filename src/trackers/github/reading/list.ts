import { TrackerError } from '../../../errors.js';
import type { GithubSettings } from '../settings.js';
import { type RestIssue, restIssues, understand } from '../transport/answers.js';
import type { Octokit } from '../transport/client.js';
import { allPages, type Page } from '../transport/pages.js';
import type { Words } from './words.js';

/** One list to ask for: GitHub joins several labels by AND, so each has a list of its own. */
interface Query {
  readonly labels?: string;
  readonly type?: string;
}

/** What to list to find all bugs. A label with a comma cannot be asked for, so everything is read for it. */
export function queriesFor({ labels, types }: GithubSettings['bugs']): Query[] {
  if (labels.some((label) => label.includes(','))) return [{}];
  return [...labels.map((name) => ({ labels: name })), ...types.map((type) => ({ type }))];
}

/** The open bugs of a repository, a page at a time, each bug once. Throws a TrackerError. */
export async function* listBugs(
  octokit: Octokit,
  api: string,
  repository: string,
  bugs: GithubSettings['bugs'],
  words: Words,
): AsyncGenerator<RestIssue[]> {
  const seen = new Set<number>();
  for (const query of queriesFor(bugs)) {
    const first = await firstPage(octokit, repository, query);
    if (!first) continue;
    for await (const data of allPages(octokit, api, first)) {
      const page = understand(restIssues, data, `the issues of ${repository}`);
      const fresh = page.filter((row) => row.pull_request === undefined && words.isBug(row) && !seen.has(row.number));
      for (const row of fresh) seen.add(row.number);
      yield fresh;
    }
  }
}

/** Null where the repository has no such issue type: GitHub answers 422 to a type that it does not know. */
async function firstPage(octokit: Octokit, repository: string, query: Query): Promise<Page | null> {
  const [owner = '', repo = ''] = repository.split('/');
  const list = { owner, repo, state: 'open', sort: 'created', direction: 'asc', per_page: 100, ...query } as const;
  try {
    return await octokit.rest.issues.listForRepo(list);
  } catch (error) {
    if (query.type !== undefined && error instanceof TrackerError && error.kind === 'validation') return null;
    throw error;
  }
}
