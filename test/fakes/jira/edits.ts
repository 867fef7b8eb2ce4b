import { type End, type Ended, fieldChange, listChanges, otherChange, plain } from './changes.js';
import type { FakeChange, FakeIssue, FakeStatus } from './model.js';
import { byId, byName, findUser, type JiraStore, projectNamed, statusNamed, versionsOf } from './store.js';

/** Each of these changes one thing on an issue and gives the lines of history for it; none when nothing changed. */

export function setStatus(store: JiraStore, issue: FakeIssue, status: FakeStatus, at: number): FakeChange[] {
  const before = byId(store.statuses, issue.statusId, 'status');
  issue.statusId = status.id;
  if (before.category !== status.category) issue.statusSince = at;
  if (before.id === status.id) return [];
  return [fieldChange('status', { id: before.id, text: before.name }, { id: status.id, text: status.name })];
}

export function setResolution(store: JiraStore, issue: FakeIssue, name: string | null, at: number): FakeChange[] {
  const before = issue.resolution;
  if (before === name) return [];
  issue.resolution = name;
  issue.resolvedAt = name === null ? null : at;
  const end = (resolution: string | null): End =>
    resolution === null ? null : { id: byName(store.resolutions, resolution, 'resolution').id, text: resolution };
  return [fieldChange('resolution', end(before), end(name))];
}

export function setFixVersions(store: JiraStore, issue: FakeIssue, ids: readonly string[]): FakeChange[] {
  const ended = (list: readonly string[]): Ended[] =>
    versionsOf(store, issue.project, list).map(({ id, name }) => ({ id, text: name }));
  const before = ended(issue.fixVersionIds);
  issue.fixVersionIds = [...ids];
  return listChanges('fixVersions', before, ended(ids));
}

export function setLabels(issue: FakeIssue, labels: readonly string[]): FakeChange[] {
  const before = issue.labels.join(' ');
  issue.labels = [...new Set(labels)];
  const after = issue.labels.join(' ');
  return before === after ? [] : [fieldChange('labels', plain(before), plain(after))];
}

export function setAssignee(store: JiraStore, issue: FakeIssue, name: string | null): FakeChange[] {
  const before = issue.assignee;
  if (before === name) return [];
  issue.assignee = name;
  const end = (user: string | null): End => {
    const found = findUser(store, user);
    return found ? { id: found.accountId, text: found.displayName } : null;
  };
  return [fieldChange('assignee', end(before), end(name))];
}

export function setSummary(issue: FakeIssue, summary: string): FakeChange[] {
  const before = issue.summary;
  issue.summary = summary;
  return before === summary ? [] : [fieldChange('summary', plain(before), plain(summary))];
}

export function setDescription(issue: FakeIssue, description: string | null): FakeChange[] {
  const before = issue.description;
  issue.description = description;
  return before === description ? [] : [fieldChange('description', plain(before), plain(description))];
}

export function setDueDate(issue: FakeIssue, day: string | null): FakeChange[] {
  const before = issue.duedate;
  issue.duedate = day;
  const end = (value: string | null): End => (value === null ? null : { id: value, text: `${value} 00:00:00.0` });
  return before === day ? [] : [fieldChange('duedate', end(before), end(day))];
}

export function setPriority(store: JiraStore, issue: FakeIssue, name: string | null): FakeChange[] {
  const before = issue.priority;
  if (before === name) return [];
  issue.priority = name;
  const end = (priority: string | null): End =>
    priority === null ? null : { id: byName(store.priorities, priority, 'priority').id, text: priority };
  return [fieldChange('priority', end(before), end(name))];
}

/** A new key in another project. The old key keeps leading to the issue; versions of the old project are lost. */
export function moveTo(store: JiraStore, issue: FakeIssue, projectKey: string, at: number): FakeChange[] {
  const before = { key: issue.key, project: projectNamed(store, issue.project) };
  const target = projectNamed(store, projectKey);
  const lost = setFixVersions(store, issue, []);
  const statusName = byId(store.statuses, issue.statusId, 'status').name;
  target.lastNumber += 1;
  issue.project = target.key;
  issue.key = `${target.key}-${target.lastNumber}`;
  store.keys.set(issue.key, issue.id);
  return [
    ...lost,
    fieldChange('project', { id: before.project.id, text: before.project.name }, { id: target.id, text: target.name }),
    otherChange('Key', plain(before.key), plain(issue.key)),
    ...setStatus(store, issue, statusNamed(store, target.key, statusName), at),
  ];
}
