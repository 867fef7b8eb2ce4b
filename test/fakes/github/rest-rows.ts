import {
  type Account,
  type Issue,
  type Label,
  type Milestone,
  REACTIONS,
  type Repository,
  type TimelineEvent,
} from './records.js';
import type { Session } from './session.js';
import { repositoryUrl, webUrl } from './urls.js';

/** Records as REST writes them, with every field that the official description requires. */

export function userRow({ api, web }: Session, { login, id, type }: Account) {
  const url = `${api}/users/${encodeURIComponent(login)}`;
  return {
    login,
    id,
    node_id: `U_kgDO${Buffer.from(String(id)).toString('base64url')}`,
    avatar_url: `https://avatars.githubusercontent.com/u/${id}?v=4`,
    gravatar_id: '',
    url,
    html_url: type === 'Bot' ? `${web}/apps/${login.replace('[bot]', '')}` : `${web}/${login}`,
    followers_url: `${url}/followers`,
    following_url: `${url}/following{/other_user}`,
    gists_url: `${url}/gists{/gist_id}`,
    starred_url: `${url}/starred{/owner}{/repo}`,
    subscriptions_url: `${url}/subscriptions`,
    organizations_url: `${url}/orgs`,
    repos_url: `${url}/repos`,
    events_url: `${url}/events{/privacy}`,
    received_events_url: `${url}/received_events`,
    type,
    user_view_type: 'public',
    site_admin: false,
  };
}

export function labelRow(session: Session, issue: Issue, { id, name, color }: Label) {
  return {
    id,
    node_id: `LA_kwDO${id}`,
    url: `${repositoryUrl(session, issue.repository)}/labels/${encodeURIComponent(name)}`,
    name,
    color,
    default: name === 'bug',
    description: null,
  };
}

export function milestoneRow(session: Session, repository: Repository, milestone: Milestone) {
  const { id, number, title, state, createdAt, closedAt, dueOn } = milestone;
  const url = `${repositoryUrl(session, repository)}/milestones/${number}`;
  const counts = milestoneCounts(session, repository).get(milestone) ?? { open: 0, closed: 0 };
  return {
    url,
    html_url: `${session.web}/${repository.owner}/${repository.name}/milestone/${number}`,
    labels_url: `${url}/labels`,
    id,
    node_id: `MI_kwDO${id}`,
    number,
    title,
    description: '',
    creator: userRow(session, session.store.account('mona')),
    open_issues: counts.open,
    closed_issues: counts.closed,
    state,
    created_at: createdAt,
    updated_at: closedAt ?? createdAt,
    due_on: dueOn,
    closed_at: closedAt,
  };
}

type Counts = Map<Milestone, { open: number; closed: number }>;
const countsOfRequest = new WeakMap<Session, Counts>();

/** Counted once for each request: a page of a long list repeats its milestones often. */
function milestoneCounts(session: Session, repository: Repository): Counts {
  const known = countsOfRequest.get(session);
  if (known) return known;
  const counts: Counts = new Map(repository.milestones.map((milestone) => [milestone, { open: 0, closed: 0 }]));
  for (const { milestone, state, gone } of repository.issues.values()) {
    const count = milestone && !gone && counts.get(milestone);
    if (count) count[state]++;
  }
  countsOfRequest.set(session, counts);
  return counts;
}

export function commentRow(session: Session, issue: Issue, comment: TimelineEvent) {
  const url = `${repositoryUrl(session, issue.repository)}/issues/comments/${comment.id}`;
  return {
    url,
    html_url: `${webUrl(session, issue)}#issuecomment-${comment.id}`,
    issue_url: `${repositoryUrl(session, issue.repository)}/issues/${issue.number}`,
    id: comment.id,
    node_id: comment.nodeId,
    user: comment.actor && userRow(session, comment.actor),
    created_at: comment.at ?? issue.createdAt,
    updated_at: comment.updatedAt ?? comment.at ?? issue.createdAt,
    body: comment.body ?? '',
    author_association: 'NONE',
    reactions: reactionsRow(url, {}),
    performed_via_github_app: null,
  };
}

export function reactionsRow(subject: string, counts: Issue['reactions']) {
  const each = Object.fromEntries(REACTIONS.map((reaction) => [reaction, counts[reaction] ?? 0]));
  const total = Object.values(each).reduce((sum, count) => sum + count, 0);
  return { url: `${subject}/reactions`, total_count: total, ...each };
}
