import { TrackerError } from '../../../errors.js';
import type { Bug } from '../../../model/bug.js';
import { formatRef, parseRef, sameName } from '../ref.js';
import type { GithubSettings } from '../settings.js';
import { type RestIssue, restIssue, understand } from '../transport/answers.js';
import { nameOf } from '../transport/moved.js';
import { withHistory } from './history.js';
import { readEarlier, readNewest, type Source } from './history-parts.js';
import { type MapContext, toBug } from './map.js';
import { isChosen, readRepository } from './repositories.js';

/** An issue that was read, and whether this account may do no more with it than that. */
export interface Read {
  readonly bug: Bug;
  readonly mayOnlyRead: boolean;
}

/**
 * One issue with its history as it is now, open or closed, whatever its labels and type by now. Throws `not-found` for what
 * is none of the tracker's, `gone` for what was deleted or is elsewhere, `validation` for a pull request.
 */
export async function readIssue(source: Source, ref: string, settings: GithubSettings, context: MapContext): Promise<Read> {
  const address = parseRef(ref);
  const repository = `${address.owner}/${address.repo}`;
  if (!isOurs(repository, settings)) {
    throw new TrackerError('not-found', `${repository} is no repository of the tracker ${context.tracker}.`);
  }
  const row = understandIssue((await source.octokit.rest.issues.get(address)).data, ref);
  if (row.pull_request !== undefined) throw new TrackerError('validation', `${ref} is a pull request, not a bug.`);
  const [reading = null] = await readNewest(source, [row.node_id], true);
  if (reading) await readEarlier(source, [reading]);
  const facts = reading?.repository ?? (await readRepository(source.octokit, repository));
  const bug = withHistory(toBug(row, facts, context), reading, context.viewer);
  // What GitHub says of the permission of an app is not what its token may do.
  return { bug, mayOnlyRead: facts.viewerPermission === 'READ' && !context.viewer.endsWith('[bot]') };
}

/** An issue in an answer. Throws `gone` when it is another one than was asked for. */
export function understandIssue(data: unknown, ref: string, ambiguousWrite = false): RestIssue {
  const { owner, repo, issue_number: number } = parseRef(ref);
  const issue = understand(restIssue, data, ref, ambiguousWrite);
  const found = formatRef(nameOf(issue.repository_url), issue.number);
  if (sameName(found, formatRef(`${owner}/${repo}`, number))) return issue;
  throw new TrackerError('gone', `${ref} is now ${found}.`, { ambiguousWrite });
}

function isOurs(repository: string, { org, repos, include, exclude }: GithubSettings): boolean {
  if (repos) return repos.some((name) => sameName(name, repository));
  return sameName(repository.slice(0, repository.indexOf('/')), org ?? '') && isChosen({ include, exclude })(repository);
}
