import type { EventFields, IssueFields, MilestoneFields, PullRequestFields, RepositoryFields } from './fields.js';
import type { Issue, Label, Milestone, Repository, TimelineEvent } from './records.js';
import { nodeId, type Registry } from './registry.js';

/** Does not move `updated_at`. */
const SILENT = new Set(['subscribed', 'unsubscribed', 'mentioned']);

export function newRepository(registry: Registry, fullName: string, fields: RepositoryFields): Repository {
  const [owner, name, ...rest] = fullName.split('/');
  if (!owner || !name || rest.length > 0) throw new Error(`not owner/name: ${fullName}`);
  const id = fields.id ?? registry.nextId();
  const ownerType = fields.ownerType ?? 'Organization';
  registry.account({ login: owner, type: ownerType });
  const repository: Repository = {
    id,
    nodeId: nodeId('R', id),
    owner,
    name,
    ownerType,
    archived: fields.archived ?? false,
    issuesEnabled: fields.issuesEnabled ?? true,
    private: fields.private ?? false,
    permission: fields.permission,
    tellsPermission: fields.tellsPermission ?? true,
    renamedTo: fields.renamedTo,
    knowsStateReason: fields.knowsStateReason ?? true,
    createdAt: fields.createdAt ?? yearsBefore(registry.now(), 5),
    labels: [],
    milestones: [],
    issues: new Map(),
  };
  for (const label of fields.labels ?? []) labelOf(registry, repository, label);
  registry.repositories.set(fullName.toLowerCase(), repository);
  return repository;
}

export function newMilestone(registry: Registry, repository: Repository, fields: MilestoneFields): Milestone {
  const state = fields.state ?? 'open';
  const highest = repository.milestones.reduce((most, { number }) => Math.max(most, number), 0);
  const milestone: Milestone = {
    id: registry.nextId(),
    number: fields.number ?? highest + 1,
    title: fields.title,
    state,
    createdAt: fields.createdAt ?? repository.createdAt,
    closedAt: fields.closedAt ?? (state === 'closed' ? registry.now() : null),
    dueOn: fields.dueOn ?? null,
  };
  repository.milestones.push(milestone);
  return milestone;
}

/** The repository's label of that name, whatever its case; created, as GitHub does, when there is none. */
export function labelOf(registry: Registry, repository: Repository, name: string, color = 'ededed'): Label {
  const known = repository.labels.find((label) => label.name.toLowerCase() === name.toLowerCase());
  if (known) return known;
  const label: Label = { id: registry.nextId(), name, color };
  repository.labels.push(label);
  return label;
}

export function newEvent(
  registry: Registry,
  issue: Issue,
  { id, actor = 'mona', assignee, at, ...details }: EventFields,
): TimelineEvent {
  const given = id ?? registry.nextId();
  const when = at === undefined ? registry.now() : at;
  const event: TimelineEvent = { ...details, id: given, nodeId: '', at: when, actor: registry.someone(actor) };
  if (assignee) event.assignee = registry.account(assignee);
  if (event.event === 'commented') {
    event.body ??= 'I see this too.';
    event.updatedAt ??= when ?? registry.now();
    registry.comments.set(given, { issue, comment: event });
  }
  event.nodeId = nodeId(event.event === 'commented' ? 'IC' : 'EV', given);
  issue.events.push(event);
  return event;
}

/** Whether `updated_at` moves when such an event happens. */
export function touches(event: string): boolean {
  return !SILENT.has(event);
}

export function newIssue(
  registry: Registry,
  repository: Repository,
  fields: IssueFields,
  pullRequest: Issue['pullRequest'] = null,
): Issue {
  const id = fields.id ?? registry.nextId();
  const number = fields.number ?? freeNumber(repository);
  if (repository.issues.has(number)) throw new Error(`#${number} exists already`);
  const createdAt = fields.createdAt ?? yearsBefore(registry.now(), 1);
  const state = fields.state ?? 'open';
  const issue: Issue = {
    id,
    nodeId: fields.nodeId ?? nodeId(pullRequest ? 'PR' : 'I', id),
    number,
    repository,
    pullRequest,
    title: fields.title ?? `${pullRequest ? 'Change' : 'Bug'} ${number}`,
    body: fields.body ?? null,
    state,
    stateReason: fields.stateReason ?? (state === 'closed' && !pullRequest ? 'completed' : null),
    author: registry.someone(fields.author === undefined ? 'mona' : fields.author),
    authorAssociation: fields.authorAssociation ?? 'NONE',
    labels: (fields.labels ?? []).map((label) =>
      typeof label === 'string' ? labelOf(registry, repository, label) : labelOf(registry, repository, label.name, label.color),
    ),
    assignees: (fields.assignees ?? []).flatMap((who) => registry.someone(who) ?? []),
    milestone: milestoneOf(registry, repository, fields.milestone ?? null),
    type: fields.type ?? null,
    fields: { ...fields.fields },
    locked: fields.locked ?? false,
    lockReason: fields.lockReason ?? null,
    createdAt,
    updatedAt: createdAt,
    closedAt: null,
    closedBy: null,
    reactions: typeof fields.reactions === 'number' ? { '+1': fields.reactions } : { ...fields.reactions },
    parent: fields.parent ?? null,
    children: [],
    blocks: [...(fields.blocks ?? [])],
    blockedBy: [],
    events: [],
    gone: null,
  };
  repository.issues.set(number, issue);
  registry.issuesByNode.set(issue.nodeId, issue);
  fields.parent?.children.push(issue);
  for (const blocked of issue.blocks) blocked.blockedBy.push(issue);
  for (const event of fields.events ?? []) newEvent(registry, issue, event);
  issue.updatedAt = fields.updatedAt ?? lastTouch(issue);
  if (state === 'closed') close(issue, fields);
  return issue;
}

/** A pull request; each issue that it closes gets the cross reference, which moves that issue's `updated_at`. */
export function newPullRequest(registry: Registry, repository: Repository, fields: PullRequestFields): Issue {
  const { draft = false, mergedAt = null } = fields;
  const pull = newIssue(registry, repository, fields, { draft, mergedAt });
  for (const issue of fields.closes ?? []) {
    newEvent(registry, issue, {
      event: 'cross-referenced',
      at: pull.createdAt,
      actor: pull.author,
      source: pull,
      willClose: true,
    });
    if (pull.createdAt > issue.updatedAt) issue.updatedAt = pull.createdAt;
  }
  return pull;
}

function close(issue: Issue, fields: IssueFields): void {
  const closing = issue.events.findLast((event) => event.event === 'closed');
  issue.closedAt = fields.closedAt ?? closing?.at ?? issue.updatedAt;
  issue.closedBy = closing?.actor ?? null;
}

function lastTouch(issue: Issue): string {
  return issue.events.reduce((last, { event, at }) => (at !== null && at > last && touches(event) ? at : last), issue.createdAt);
}

function milestoneOf(registry: Registry, repository: Repository, which: string | number | null): Milestone | null {
  if (which === null) return null;
  const known = repository.milestones.find(({ title, number }) => title === which || number === which);
  if (known) return known;
  if (typeof which === 'number') throw new Error(`no milestone ${which}`);
  return newMilestone(registry, repository, { title: which });
}

function freeNumber(repository: Repository): number {
  let number = repository.issues.size + 1;
  while (repository.issues.has(number)) number++;
  return number;
}

function yearsBefore(instant: string, years: number): string {
  const date = new Date(instant);
  date.setUTCFullYear(date.getUTCFullYear() - years);
  return `${date.toISOString().slice(0, 19)}Z`;
}
