import { connection, githubError, type Slice, type View } from './connection.js';
import { actorView, issueView, labelView, milestoneView } from './graphql-views.js';
import type { Repository } from './records.js';
import { permissionIn, type Session } from './session.js';

/** A repository as GraphQL's resolvers see it. */
export function repositoryView(session: Session, repository: Repository): View {
  const { nodeId, id, owner, name } = repository;
  return {
    __typename: 'Repository',
    id: nodeId,
    databaseId: id,
    name,
    nameWithOwner: `${owner}/${name}`,
    url: `${session.web}/${owner}/${name}`,
    owner: actorView(session, session.store.account(owner)),
    isArchived: repository.archived,
    isDisabled: false,
    isFork: false,
    isPrivate: repository.private,
    hasIssuesEnabled: repository.issuesEnabled,
    createdAt: repository.createdAt,
    viewerPermission: repository.tellsPermission ? permissionIn(session, repository) : null,
    labels: (slice: Slice) =>
      connection(
        repository.labels,
        slice,
        ({ id }) => String(id),
        ({ name }) => labelView(session, repository, name),
      ),
    milestones: ({ states, ...slice }: Slice & { states?: readonly string[] | null }) => {
      const wanted = repository.milestones.filter(({ state }) => !states || states.includes(state.toUpperCase()));
      return connection(wanted, slice, ({ id: key }) => String(key), milestoneView);
    },
    issues: ({ states, ...slice }: Slice & { states?: readonly string[] | null }) => {
      const there = [...repository.issues.values()].filter(({ gone, pullRequest }) => !gone && !pullRequest);
      const wanted = there.filter(({ state }) => repository.issuesEnabled && (!states || states.includes(state.toUpperCase())));
      return connection(
        wanted,
        slice,
        ({ nodeId: key }) => key,
        (issue) => issueView(session, issue),
      );
    },
    issue({ number }: { number: number }) {
      const issue = repository.issues.get(number);
      if (issue && !issue.gone && !issue.pullRequest) return issueView(session, issue);
      throw githubError('NOT_FOUND', `Could not resolve to an Issue with the number of ${number}.`);
    },
  };
}

interface OwnedArguments extends Slice {
  readonly isArchived?: boolean | null;
  readonly isFork?: boolean | null;
  readonly hasIssuesEnabled?: boolean | null;
  readonly privacy?: 'PUBLIC' | 'PRIVATE' | null;
}

/** An organization with the repositories that the viewer can see, by name. */
export function organizationView(session: Session, login: string): View {
  const same = (owner: string) => owner.toLowerCase() === login.toLowerCase();
  const all = [...session.store.repositories.values()].filter((one) => same(one.owner) && one.renamedTo === undefined);
  const account = all.find(({ ownerType }) => ownerType === 'Organization');
  if (!account) throw githubError('NOT_FOUND', `Could not resolve to an Organization with the login of '${login}'.`);
  return {
    __typename: 'Organization',
    login: account.owner,
    url: `${session.web}/${account.owner}`,
    repositories: ({ isArchived, isFork, hasIssuesEnabled, privacy, ...slice }: OwnedArguments) => {
      const found = all
        .filter((repository) => permissionIn(session, repository) !== null && isFork !== true)
        .filter(({ archived }) => isArchived == null || archived === isArchived)
        .filter(({ issuesEnabled }) => hasIssuesEnabled == null || issuesEnabled === hasIssuesEnabled)
        .filter((repository) => privacy == null || repository.private === (privacy === 'PRIVATE'))
        .toSorted((a, b) => (a.name < b.name ? -1 : 1));
      return connection(
        found,
        slice,
        ({ nodeId }) => nodeId,
        (repository) => repositoryView(session, repository),
      );
    },
  };
}
