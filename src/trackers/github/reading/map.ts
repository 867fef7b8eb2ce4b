import { type Bug, bugSchema, type LinkedWork } from '../../../model/bug.js';
import { formatRef } from '../ref.js';
import type { RestIssue } from '../transport/answers.js';
import { fromRest } from './people.js';
import type { RepositoryFacts } from './repositories.js';
import type { Words } from './words.js';

/** What the mapping of an issue needs to know besides the issue. */
export interface MapContext {
  /** The tracker's name in the configuration. */
  readonly tracker: string;
  /** The login we run as. */
  readonly viewer: string;
  readonly words: Words;
}

/** The bug for an issue of a REST answer, without its history. */
export function toBug(row: RestIssue, repository: RepositoryFacts, { tracker, viewer, words }: MapContext): Bug {
  const assignees = row.assignees ?? [];
  const bug: Bug = {
    tracker,
    ref: formatRef(repository.nameWithOwner, row.number),
    id: row.node_id,
    url: row.html_url,
    title: row.title,
    state: row.state,
    status: row.state,
    inProgress: words.inProgress(row.labels),
    createdAt: row.created_at,
    updatedAt: row.updated_at,
    author: fromRest(row.user, viewer),
    type: row.type?.name ?? null,
    labels: row.labels,
    priority: words.priority(row.labels) ?? priorityField(row),
    assignees: assignees.flatMap((user) => fromRest(user, viewer) ?? []),
    targets: targets(row, repository),
    votes: row.reactions?.['+1'] ?? null,
    comments: row.comments,
    linkedWork: linkedWork(row),
    confidential: false,
    obstacle: obstacle(row, repository, words),
    closing: null,
    remarks: [],
    events: [],
    history: 'unread',
  };
  return bugSchema.parse(bug);
}

/** A repository without a single milestone plans nothing that could be seen here. */
function targets({ milestone }: RestIssue, repository: RepositoryFacts): Bug['targets'] {
  if (milestone) return [{ name: milestone.title, state: milestone.state === 'closed' ? 'closed' : 'open' }];
  return repository.milestones.totalCount === 0 ? 'unplanned' : [];
}

/** Open children and what the issue blocks. Pull requests are seen in the history only, so "none" is not known yet. */
function linkedWork({ sub_issues_summary: children, issue_dependencies_summary: links }: RestIssue): LinkedWork[] | null {
  const work: LinkedWork[] = [];
  const open = children ? children.total - children.completed : 0;
  if (open > 0) work.push({ kind: 'child', name: open === 1 ? 'an open sub-issue' : `${open} open sub-issues` });
  const blocked = links?.blocking ?? 0;
  if (blocked > 0) work.push({ kind: 'blocks', name: blocked === 1 ? 'an open issue' : `${blocked} open issues` });
  return work.length > 0 ? work : null;
}

/** The issue field named Priority, which organizations may define. */
function priorityField({ issue_field_values: fields }: RestIssue): string | null {
  const field = fields?.find(({ issue_field_name: name }) => name?.toLowerCase() === 'priority');
  const value = field?.single_select_option?.name ?? field?.value;
  return typeof value === 'string' || typeof value === 'number' ? String(value) : null;
}

/** What forbids our closing for certain. Rights that this token lacks are none: the one that closes may be another. */
function obstacle(row: RestIssue, repository: RepositoryFacts, words: Words): string | null {
  if (repository.isArchived) return 'the repository is archived, so nothing in it can be changed';
  if (!repository.hasIssuesEnabled) return 'issues are switched off in the repository';
  if (!words.isBug(row)) return 'it is not a bug any more (label or type)';
  if (row.locked && repository.viewerPermission === 'TRIAGE')
    return 'the conversation is locked: commenting takes the write role';
  return null;
}
