import type { Repository } from './records.js';
import { userRow } from './rest-rows.js';
import { may, permissionIn, type Session } from './session.js';
import { repositoryUrl } from './urls.js';

/** The `…_url` fields, most of them templates. */
const ADDRESSES: Readonly<Record<string, string>> = {
  archive: '/{archive_format}{/ref}',
  assignees: '/assignees{/user}',
  blobs: '/git/blobs{/sha}',
  branches: '/branches{/branch}',
  collaborators: '/collaborators{/collaborator}',
  comments: '/comments{/number}',
  commits: '/commits{/sha}',
  compare: '/compare/{base}...{head}',
  contents: '/contents/{+path}',
  contributors: '/contributors',
  deployments: '/deployments',
  downloads: '/downloads',
  events: '/events',
  forks: '/forks',
  git_commits: '/git/commits{/sha}',
  git_refs: '/git/refs{/sha}',
  git_tags: '/git/tags{/sha}',
  hooks: '/hooks',
  issue_comment: '/issues/comments{/number}',
  issue_events: '/issues/events{/number}',
  issues: '/issues{/number}',
  keys: '/keys{/key_id}',
  labels: '/labels{/name}',
  languages: '/languages',
  merges: '/merges',
  milestones: '/milestones{/number}',
  notifications: '/notifications{?since,all,participating}',
  pulls: '/pulls{/number}',
  releases: '/releases{/id}',
  stargazers: '/stargazers',
  statuses: '/statuses/{sha}',
  subscribers: '/subscribers',
  subscription: '/subscription',
  tags: '/tags',
  teams: '/teams',
  trees: '/git/trees{/sha}',
};

/** A repository as `GET /repos/{owner}/{repo}` writes it. */
export function repositoryRow(session: Session, repository: Repository) {
  const { owner, name } = repository;
  const url = repositoryUrl(session, repository);
  const html = `${session.web}/${owner}/${name}`;
  const open = [...repository.issues.values()].filter((issue) => issue.state === 'open' && !issue.gone).length;
  return {
    id: repository.id,
    node_id: repository.nodeId,
    name,
    full_name: `${owner}/${name}`,
    private: repository.private,
    owner: userRow(session, session.store.account(owner)),
    html_url: html,
    description: null,
    fork: false,
    url,
    ...Object.fromEntries(Object.entries(ADDRESSES).map(([key, path]) => [`${key}_url`, url + path])),
    created_at: repository.createdAt,
    updated_at: repository.createdAt,
    pushed_at: repository.createdAt,
    git_url: `git:${html.replace(/^https?:/, '')}.git`,
    ssh_url: `git@github.com:${owner}/${name}.git`,
    clone_url: `${html}.git`,
    svn_url: html,
    homepage: null,
    mirror_url: null,
    language: null,
    license: null,
    size: 1,
    default_branch: 'main',
    has_issues: repository.issuesEnabled,
    has_projects: true,
    has_wiki: true,
    has_pages: false,
    has_discussions: false,
    archived: repository.archived,
    disabled: false,
    visibility: repository.private ? 'private' : 'public',
    open_issues: open,
    open_issues_count: open,
    forks: 0,
    forks_count: 0,
    watchers: 0,
    watchers_count: 0,
    stargazers_count: 0,
    subscribers_count: 0,
    network_count: 0,
    ...(session.viewer && permissionIn(session, repository) !== null && { permissions: permissions(session, repository) }),
  };
}

function permissions(session: Session, repository: Repository) {
  return {
    admin: may(session, repository, 'ADMIN'),
    maintain: may(session, repository, 'MAINTAIN'),
    push: may(session, repository, 'WRITE'),
    triage: may(session, repository, 'TRIAGE'),
    pull: may(session, repository, 'READ'),
  };
}
