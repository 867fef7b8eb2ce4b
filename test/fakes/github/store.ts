import { newIssue, newMilestone, newPullRequest, newRepository } from './builders.js';
import { type Changes, changesOf } from './changes.js';
import type { IssueFields, MilestoneFields, PullRequestFields, RepositoryFields } from './fields.js';
import type { Issue, Milestone, Repository } from './records.js';
import { newRegistry, type Registry, wallClock } from './registry.js';

/**
 * All of a stand-in GitHub: repositories with their issues, pull requests, milestones and timelines. Several servers may
 * stand in front of one store. Tests fill it with the `add…` methods and act as people with the {@link Changes}.
 */
export interface GithubStore extends Registry, Changes {
  /** `acme/app`; its owner comes into being with it. */
  addRepository(fullName: string, fields?: RepositoryFields): Repository;
  addMilestone(fullName: string, fields: MilestoneFields): Milestone;
  addIssue(fullName: string, fields?: IssueFields): Issue;
  /** Shares the numbers of the issues. */
  addPullRequest(fullName: string, fields?: PullRequestFields): Issue;
  /** Throws when there is none of exactly that name. */
  repository(fullName: string): Repository;
  /** By `acme/app#12`; throws when there is none. */
  issue(ref: string): Issue;
  /** Gives the repository a new name; the old one redirects. */
  renameRepository(fullName: string, to: string): void;
}

/** An empty store. `now` is its clock: the time of whatever happens without a time of its own. */
export function githubStore({ now = wallClock }: { now?: () => string } = {}): GithubStore {
  const registry = newRegistry(now);

  const repository = (fullName: string): Repository => {
    const found = registry.repositories.get(fullName.toLowerCase());
    if (!found) throw new Error(`no repository ${fullName}`);
    return found;
  };

  return {
    ...registry,
    ...changesOf(registry),
    repository,
    issue(ref) {
      const [fullName = '', number = ''] = ref.split('#');
      const found = repository(fullName).issues.get(Number(number));
      if (!found) throw new Error(`no issue ${ref}`);
      return found;
    },
    addRepository: (fullName, fields = {}) => newRepository(registry, fullName, fields),
    addMilestone: (fullName, fields) => newMilestone(registry, repository(fullName), fields),
    addIssue: (fullName, fields = {}) => newIssue(registry, repository(fullName), fields),
    addPullRequest: (fullName, fields = {}) => newPullRequest(registry, repository(fullName), fields),
    renameRepository(fullName, to) {
      const renamed = repository(fullName);
      const [owner = '', name = ''] = to.split('/');
      registry.repositories.delete(fullName.toLowerCase());
      newRepository(registry, fullName, { renamedTo: to });
      Object.assign(renamed, { owner, name });
      registry.repositories.set(to.toLowerCase(), renamed);
    },
  };
}
