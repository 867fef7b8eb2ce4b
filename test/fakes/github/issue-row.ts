import type { Issue } from './records.js';
import { labelRow, milestoneRow, reactionsRow, userRow } from './rest-rows.js';
import type { Session } from './session.js';
import { repositoryUrl, webUrl } from './urls.js';

/** An issue or a pull request as the issues endpoints of REST write it. */
export function issueRow(session: Session, issue: Issue) {
  const repository = repositoryUrl(session, issue.repository);
  const url = `${repository}/issues/${issue.number}`;
  return {
    url,
    repository_url: repository,
    labels_url: `${url}/labels{/name}`,
    comments_url: `${url}/comments`,
    events_url: `${url}/events`,
    timeline_url: `${url}/timeline`,
    html_url: webUrl(session, issue),
    id: issue.id,
    node_id: issue.nodeId,
    number: issue.number,
    title: issue.title,
    body: issue.body,
    user: issue.author && userRow(session, issue.author),
    author_association: issue.authorAssociation,
    labels: issue.labels.map((label) => labelRow(session, issue, label)),
    state: issue.state,
    ...(issue.repository.knowsStateReason && { state_reason: issue.stateReason }),
    locked: issue.locked,
    active_lock_reason: issue.lockReason,
    assignee: issue.assignees[0] ? userRow(session, issue.assignees[0]) : null,
    assignees: issue.assignees.map((account) => userRow(session, account)),
    milestone: issue.milestone && milestoneRow(session, issue.repository, issue.milestone),
    comments: issue.events.filter(({ event }) => event === 'commented').length,
    created_at: issue.createdAt,
    updated_at: issue.updatedAt,
    closed_at: issue.closedAt,
    closed_by: issue.closedBy && userRow(session, issue.closedBy),
    performed_via_github_app: null,
    reactions: reactionsRow(url, issue.reactions),
    ...(issue.pullRequest ? pullRequestPart(session, issue, issue.pullRequest) : issuePart(session, issue)),
  };
}

function pullRequestPart(session: Session, issue: Issue, { draft, mergedAt }: NonNullable<Issue['pullRequest']>) {
  const web = webUrl(session, issue);
  return {
    draft,
    pull_request: {
      url: `${repositoryUrl(session, issue.repository)}/pulls/${issue.number}`,
      html_url: web,
      diff_url: `${web}.diff`,
      patch_url: `${web}.patch`,
      merged_at: mergedAt,
    },
  };
}

/** What pull requests do not have. */
function issuePart(session: Session, { type, children, parent, blocks, blockedBy, fields }: Issue) {
  const open = (issues: readonly Issue[]) => issues.filter(({ state }) => state === 'open').length;
  const completed = children.length - open(children);
  return {
    type: type === null ? null : { id: 1, node_id: 'IT_kwDO1', name: type, description: null, color: 'red', is_enabled: true },
    sub_issues_summary: {
      total: children.length,
      completed,
      percent_completed: children.length === 0 ? 0 : Math.floor((100 * completed) / children.length),
    },
    ...(parent && { parent_issue_url: `${repositoryUrl(session, parent.repository)}/issues/${parent.number}` }),
    issue_dependencies_summary: {
      blocked_by: open(blockedBy),
      blocking: open(blocks),
      total_blocked_by: blockedBy.length,
      total_blocking: blocks.length,
    },
    issue_field_values: Object.entries(fields).map(([name, value], index) => ({
      issue_field_id: index + 1,
      issue_field_name: name,
      node_id: `IFSS_kwDO${index + 1}`,
      data_type: 'single_select',
      value,
      single_select_option: { id: index + 1, name: value, color: 'red' },
    })),
  };
}
