import { addComment, instant, versionIds, type When } from './builders.js';
import { fieldChange, otherChange, record } from './changes.js';
import * as edit from './edits.js';
import type { FakeChange, FakeComment, FakeIssue } from './model.js';
import { byId, findUser, issueNamed, type JiraStore, projectNamed, required, statusNamed } from './store.js';

/** What a person can do to an issue, by its key. Each writes history and bumps `updated` as Jira does. */
export interface Person {
  comment(key: string, body?: string, options?: { visibility?: FakeComment['visibility'] }): FakeComment;
  /** To a status by name, whatever the workflow says. A resolution stays what it is unless given; null clears it. */
  transition(key: string, status: string, resolution?: string | null): void;
  /** Back to an open status (default `Reopened`, or `To Do` where there is no such status), the resolution cleared. */
  reopen(key: string, status?: string): void;
  /** Names; none to take the target away. */
  setFixVersions(key: string, names: string[]): void;
  label(key: string, ...labels: string[]): void;
  unlabel(key: string, ...labels: string[]): void;
  assign(key: string, to: string | null): void;
  rename(key: string, summary: string): void;
  setPriority(key: string, priority: string | null): void;
  /** Raises the votes; Jira neither writes history nor bumps `updated`. */
  vote(key: string, votes?: number): void;
  /** A change of any other field, for the history alone. */
  edit(key: string, field: string, from: string | null, to: string | null): void;
  /** What a link from a development tool leaves: a line of history without a field. */
  remoteLink(key: string, text: string): void;
  move(key: string, project: string): void;
  delete(key: string): void;
}

/**
 * A person (or an app) by name, acting at an instant, or now: `person(store, 'bob', '2026-01-05T12:00:00Z').comment('ERP-1')`.
 */
export function person(store: JiraStore, name: string, at?: When): Person {
  required(findUser(store, name), `user ${name}`);
  const when = (): number => instant(store, at);
  const act = (key: string, change: (issue: FakeIssue) => FakeChange[]): void => {
    const issue = issueNamed(store, key);
    record(store, issue, { author: name, at: when(), items: change(issue) });
  };
  return {
    comment: (key, body, options = {}) => addComment(store, key, { author: name, at: when(), ...(body && { body }), ...options }),
    transition: (key, status, resolution) => act(key, (issue) => go(store, issue, status, resolution, when())),
    reopen: (key, status) => act(key, (issue) => go(store, issue, status ?? reopenedStatus(store, issue), null, when())),
    setFixVersions: (key, names) =>
      act(key, (issue) => edit.setFixVersions(store, issue, versionIds(projectNamed(store, issue.project), names))),
    label: (key, ...labels) => act(key, (issue) => edit.setLabels(issue, [...issue.labels, ...labels])),
    unlabel: (key, ...labels) =>
      act(key, (issue) =>
        edit.setLabels(
          issue,
          issue.labels.filter((label) => !labels.includes(label)),
        ),
      ),
    assign: (key, to) => act(key, (issue) => edit.setAssignee(store, issue, to)),
    rename: (key, summary) => act(key, (issue) => edit.setSummary(issue, summary)),
    setPriority: (key, priority) => act(key, (issue) => edit.setPriority(store, issue, priority)),
    vote: (key, votes = 1) => {
      issueNamed(store, key).votes += votes;
      store.revision += 1;
    },
    edit: (key, field, from, to) => act(key, () => [fieldChange(field, { id: null, text: from }, { id: null, text: to })]),
    remoteLink: (key, text) => act(key, () => [otherChange('RemoteIssueLink', null, { id: '10000', text })]),
    move: (key, project) => act(key, (issue) => edit.moveTo(store, issue, project, when())),
    delete: (key) => remove(store, issueNamed(store, key)),
  };
}

function go(store: JiraStore, issue: FakeIssue, status: string, resolution: string | null | undefined, at: number): FakeChange[] {
  const moved = edit.setStatus(store, issue, statusNamed(store, issue.project, status), at);
  return resolution === undefined ? moved : [...edit.setResolution(store, issue, resolution, at), ...moved];
}

function reopenedStatus(store: JiraStore, issue: FakeIssue): string {
  const workflows = Object.values(projectNamed(store, issue.project).workflows);
  return workflows.some((workflow) => workflow.some(({ to }) => to === 'Reopened')) ? 'Reopened' : 'To Do';
}

/** As Jira does it: sub-tasks go too, and no key leads to the issue any more. */
function remove(store: JiraStore, issue: FakeIssue): void {
  for (const id of issue.childIds) remove(store, required(store.issues.get(id), `issue ${id}`));
  store.issues.delete(issue.id);
  for (const [key, id] of store.keys) if (id === issue.id) store.keys.delete(key);
  store.revision += 1;
}

/** The status of an issue, for assertions: `statusOf(store, 'ERP-1').name`. */
export function statusOf(store: JiraStore, key: string): { id: string; name: string; category: string } {
  return byId(store.statuses, issueNamed(store, key).statusId, 'status');
}
