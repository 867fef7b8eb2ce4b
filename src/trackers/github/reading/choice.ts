import { enumerate } from '../../../model/phrases.js';
import type { Call, Selection } from '../../tracker.js';
import type { GithubSettings } from '../settings.js';
import type { Octokit } from '../transport/client.js';
import { type ListedRepository, namedRepositories, type RepositoryFacts, readOrganization } from './repositories.js';

/** A repository to read: its name or, where it is known already, what it tells about itself. */
export type Repository = string | RepositoryFacts;

/**
 * The repositories in which a selection may have bugs: the names in the settings, each once, or those of the organization that are left
 * when all without a single open issue are passed over.
 */
export async function repositoriesFor(
  what: Selection,
  octokit: Octokit,
  settings: GithubSettings,
  call: Call,
): Promise<readonly Repository[]> {
  const within = what.within ?? (() => true);
  if (!settings.org) return namedRepositories(settings).filter(within);
  const found = await readOrganization(octokit, settings.org, settings);
  if (found.length === 0) call.on({ type: 'note', message: `${settings.org} has no repository that the settings want.` });
  const wanted = found.filter(({ nameWithOwner }) => within(nameWithOwner));
  // Of those without issues GitHub counts none: that they are left out is told all the same.
  const isEmpty = ({ issues }: ListedRepository) => what.state === 'open' && issues.totalCount === 0;
  const filled = wanted.filter((repository) => !isReadable(repository) || !isEmpty(repository));
  tellAbout(filled, call);
  return filled.filter(isReadable);
}

/** Whether there is anything to read in a repository. */
export function isReadable({ isArchived, hasIssuesEnabled }: RepositoryFacts): boolean {
  return !isArchived && hasIssuesEnabled;
}

/** Says what is left out, and what will be in the way of closing: one note for each. */
export function tellAbout(repositories: readonly RepositoryFacts[], call: Call): void {
  const archived = repositories.filter(({ isArchived }) => isArchived);
  const silent = repositories.filter(({ isArchived, hasIssuesEnabled }) => !isArchived && !hasIssuesEnabled);
  const readOnly = repositories.filter((one) => isReadable(one) && one.viewerPermission === 'READ');
  note(archived, call, ' is left out: it is archived.', ' are left out: they are archived.');
  note(silent, call, ' is left out: its issues are switched off.', ' are left out: their issues are switched off.');
  note(readOnly, call, ': this token may only read, GitHub says; closing takes the triage role.');
}

function note(about: readonly RepositoryFacts[], call: Call, saysOfOne: string, saysOfMany = saysOfOne): void {
  if (about.length === 0) return;
  const names = enumerate(about.map(({ nameWithOwner }) => nameWithOwner));
  call.on({ type: 'note', message: names + (about.length === 1 ? saysOfOne : saysOfMany) });
}
