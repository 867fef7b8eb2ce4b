import { TrackerError } from '../../../errors.js';
import type { Bug } from '../../../model/bug.js';
import type { Call, Selection } from '../../tracker.js';
import type { GithubSettings } from '../settings.js';
import type { Octokit } from '../transport/client.js';
import { expectedError } from '../transport/errors.js';
import { listBugs } from './list.js';
import { type MapContext, toBug } from './map.js';
import { isReadable, namedRepositories, type RepositoryFacts, readOrganization, readRepository } from './repositories.js';

/** After these the other repositories would fail as well, or must not be asked. */
export const CONCERNS_ALL: ReadonlySet<string> = new Set(['auth', 'rate-limit', 'network']);

/**
 * The bugs of a selection in all repositories of the settings, without their histories. A repository that cannot be read is told as
 * a problem; when none at all can be, that is thrown.
 */
export async function* search(
  what: Selection,
  octokit: Octokit,
  api: string,
  settings: GithubSettings,
  context: MapContext,
  call: Call,
): AsyncGenerator<Bug> {
  const repositories = await repositoriesOf(octokit, settings, call);
  let readable = false;
  for (const [index, repository] of repositories.entries()) {
    try {
      const facts = typeof repository === 'string' ? await readRepository(octokit, repository) : repository;
      if (isReadable(facts, call)) yield* bugsIn(facts);
      readable = true;
    } catch (error) {
      const problem = expectedError(error, call.signal);
      const left = CONCERNS_ALL.has(problem.kind) ? repositories.slice(index + 1) : [];
      if (!readable && index + left.length + 1 === repositories.length) throw problem;
      call.on({ type: 'problem', error: problem });
      if (left.length === 0) continue;
      call.on({ type: 'problem', error: new TrackerError(problem.kind, `Not read either: ${left.map(nameOf).join(', ')}.`) });
      return;
    }
  }

  async function* bugsIn(facts: RepositoryFacts): AsyncGenerator<Bug> {
    const place = { octokit, api, repository: facts.nameWithOwner };
    for await (const page of listBugs(place, what, settings.bugs, context.words)) {
      readable = true;
      call.on({ type: 'read', count: page.length });
      for (const row of page) yield toBug(row, facts, context);
    }
  }
}

type Repository = string | RepositoryFacts;

/** The names in the settings, each once; for an organization the repositories it has, facts included. */
async function repositoriesOf(octokit: Octokit, settings: GithubSettings, call: Call): Promise<readonly Repository[]> {
  if (!settings.org) return namedRepositories(settings);
  const found = await readOrganization(octokit, settings.org, settings);
  if (found.length === 0) call.on({ type: 'note', message: `${settings.org} has no repository that the settings want.` });
  return found;
}

function nameOf(repository: Repository): string {
  return typeof repository === 'string' ? repository : repository.nameWithOwner;
}
