import { labelOf, newEvent, newIssue, touches } from './builders.js';
import type { By, EventFields, Who } from './fields.js';
import type { CloseReason, Issue, Milestone, Repository, TimelineEvent } from './records.js';
import type { Registry } from './registry.js';

/**
 * What people (and bugprune, through the APIs) do to an issue. Each change leaves the event in the timeline and moves
 * `updated_at`, as GitHub does; one that changes nothing leaves no trace.
 */
export interface Changes {
  /** Anything that has no method of its own: `{ event: 'pinned' }`. */
  happen(issue: Issue, event: EventFields): TimelineEvent;
  comment(issue: Issue, how?: By & { readonly body?: string }): TimelineEvent;
  /** An edit moves `updated_at` and leaves no event. */
  editComment(comment: TimelineEvent, body: string, how?: By): void;
  deleteComment(comment: TimelineEvent, how?: By): void;
  /** `reason: null` is what GitHub recorded before it knew reasons. */
  close(issue: Issue, how?: By & { readonly reason?: CloseReason | null }): void;
  reopen(issue: Issue, how?: By): void;
  label(issue: Issue, name: string, how?: By): void;
  unlabel(issue: Issue, name: string, how?: By): void;
  /** Sets the milestone, or with null takes it away. Going from one to another leaves two events. */
  milestone(issue: Issue, milestone: Milestone | string | null, how?: By): void;
  assign(issue: Issue, who: Who, how?: By): void;
  unassign(issue: Issue, who: Who, how?: By): void;
  rename(issue: Issue, title: string, how?: By): void;
  lock(issue: Issue, how?: By & { readonly reason?: string }): void;
  unlock(issue: Issue, how?: By): void;
  /** From then on 410 in REST and nothing in GraphQL. */
  delete(issue: Issue): void;
  /** Moves it: new number, new ids, no milestone. What is left behind redirects. */
  transfer(issue: Issue, to: Repository, how?: By): Issue;
}

export function changesOf(registry: Registry): Changes {
  const happen: Changes['happen'] = (issue, fields) => {
    const event = newEvent(registry, issue, fields);
    if (touches(event.event)) touch(issue, event.at);
    return event;
  };
  const record = (issue: Issue, { by, at }: By, fields: EventFields): TimelineEvent =>
    happen(issue, { ...fields, ...(by !== undefined && { actor: by }), ...(at !== undefined && { at }) });

  return {
    happen,
    comment: (issue, { body, ...how } = {}) => record(issue, how, { event: 'commented', ...(body !== undefined && { body }) }),
    editComment(comment, body, how = {}) {
      const issue = issueOf(registry, comment);
      comment.body = body;
      comment.updatedAt = how.at ?? registry.now();
      comment.editor = registry.someone(how.by === undefined ? 'mona' : how.by);
      touch(issue, comment.updatedAt);
    },
    deleteComment(comment, how = {}) {
      const issue = issueOf(registry, comment);
      issue.events = issue.events.filter((event) => event !== comment);
      registry.comments.delete(comment.id);
      record(issue, how, { event: 'comment_deleted' });
    },
    close(issue, { reason = 'completed', ...how } = {}) {
      if (issue.state === 'closed') return;
      const event = record(issue, how, { event: 'closed', reason });
      issue.state = 'closed';
      issue.stateReason = issue.pullRequest ? null : reason;
      issue.closedAt = event.at;
      issue.closedBy = event.actor;
    },
    reopen(issue, how = {}) {
      if (issue.state === 'open') return;
      record(issue, how, { event: 'reopened' });
      issue.state = 'open';
      issue.stateReason = issue.pullRequest ? null : 'reopened';
      issue.closedAt = null;
      issue.closedBy = null;
    },
    label(issue, name, how = {}) {
      const label = labelOf(registry, issue.repository, name);
      if (issue.labels.includes(label)) return;
      issue.labels.push(label);
      record(issue, how, { event: 'labeled', label: label.name });
    },
    unlabel(issue, name, how = {}) {
      const label = issue.labels.find((one) => one.name.toLowerCase() === name.toLowerCase());
      if (!label) return;
      issue.labels = issue.labels.filter((one) => one !== label);
      record(issue, how, { event: 'unlabeled', label: label.name });
    },
    milestone(issue, which, how = {}) {
      const milestone = typeof which === 'string' ? titled(issue.repository, which) : which;
      if (issue.milestone === milestone) return;
      if (issue.milestone) record(issue, how, { event: 'demilestoned', milestone: issue.milestone.title });
      if (milestone) record(issue, how, { event: 'milestoned', milestone: milestone.title });
      issue.milestone = milestone;
    },
    assign(issue, who, how = {}) {
      const account = registry.someone(who);
      if (!account || issue.assignees.includes(account)) return;
      issue.assignees.push(account);
      record(issue, how, { event: 'assigned', assignee: account });
    },
    unassign(issue, who, how = {}) {
      const account = registry.someone(who);
      if (!account || !issue.assignees.includes(account)) return;
      issue.assignees = issue.assignees.filter((one) => one !== account);
      record(issue, how, { event: 'unassigned', assignee: account });
    },
    rename(issue, title, how = {}) {
      if (issue.title === title) return;
      record(issue, how, { event: 'renamed', from: issue.title, to: title });
      issue.title = title;
    },
    lock(issue, { reason, ...how } = {}) {
      if (issue.locked) return;
      record(issue, how, { event: 'locked' });
      issue.locked = true;
      issue.lockReason = reason ?? null;
    },
    unlock(issue, how = {}) {
      if (!issue.locked) return;
      record(issue, how, { event: 'unlocked' });
      issue.locked = false;
      issue.lockReason = null;
    },
    delete(issue) {
      issue.gone = 'deleted';
    },
    transfer(issue, to, how = {}) {
      const { title, body, state, stateReason, author, labels, assignees, type, createdAt, closedAt, reactions } = issue;
      const kept = { title, body, state, stateReason, author, labels, assignees, type, createdAt, closedAt, reactions };
      const moved = newIssue(registry, to, kept);
      for (const { id: _, nodeId: __, editor: ___, ...event } of issue.events) newEvent(registry, moved, event);
      record(moved, how, { event: 'transferred' });
      issue.gone = { transferredTo: moved };
      return moved;
    },
  };
}

function touch(issue: Issue, at: string | null): void {
  if (at !== null && at > issue.updatedAt) issue.updatedAt = at;
}

function titled(repository: Repository, title: string): Milestone {
  const found = repository.milestones.find((milestone) => milestone.title === title);
  if (!found) throw new Error(`no milestone ${title} in ${repository.owner}/${repository.name}`);
  return found;
}

function issueOf(registry: Registry, comment: TimelineEvent): Issue {
  const known = registry.comments.get(comment.id);
  if (!known) throw new Error(`no such comment: ${comment.id}`);
  return known.issue;
}
