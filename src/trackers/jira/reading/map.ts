import { type Bug, bugSchema, type LinkedWork } from '../../../model/bug.js';
import type { Instant } from '../../../model/instant.js';
import { foldName, nameMatcher } from '../../../model/text.js';
import { commentEvents, type StoredMark } from '../closing/marks.js';
import type { JiraSettings } from '../settings.js';
import type { JiraIssue } from '../transport/answers.js';
import { actorOf } from './actor.js';
import { categoryOf, isDone } from './category.js';
import { dueTarget, type FurtherFields, parentKey, sprintTargets, versionTargets } from './further.js';
import type { ProjectFacts } from './project.js';

/** What the mapping of an issue needs to know besides the issue. */
export interface MapContext {
  /** The tracker's name in the configuration. */
  readonly tracker: string;
  readonly settings: JiraSettings;
  /** Our own accountId or user name. */
  readonly self: string;
  readonly now: Instant;
  readonly project: ProjectFacts;
  readonly further: FurtherFields;
  readonly marks: readonly StoredMark[];
  /** The targets that the parent hands down; null when they could not be read. */
  readonly inherited: Exclude<Bug['targets'], string> | null;
}

/** The bug for an issue, with its comments but without the rest of its history. Throws a ZodError when a time in it is none. */
export function toBug(issue: JiraIssue, context: MapContext): Bug {
  const { fields } = issue;
  const { settings, self, project } = context;
  const bug: Bug = {
    tracker: context.tracker,
    ref: issue.key,
    id: issue.id,
    url: `${settings.url}/browse/${issue.key}`,
    title: fields.summary ?? '',
    state: isDone(fields.status) ? 'closed' : 'open',
    status: fields.status.name,
    inProgress: inProgress(issue, settings),
    createdAt: fields.created,
    updatedAt: fields.updated,
    author: actorOf(fields.reporter ?? fields.creator, self),
    type: fields.issuetype.name,
    labels: fields.labels ?? [],
    priority: fields.priority?.name ?? null,
    assignees: [actorOf(fields.assignee, self)].flatMap((actor) => actor ?? []),
    targets: targets(issue, context),
    votes: fields.votes?.votes ?? null,
    comments: fields.comment?.total ?? fields.comment?.comments.length ?? null,
    linkedWork: linkedWork(issue, settings),
    confidential: isConfidential(issue),
    obstacle: isBug(issue, project, settings) ? project.obstacle : `it is a ${fields.issuetype.name}, not a bug`,
    closing: null,
    remarks:
      fields.resolution && !isDone(fields.status)
        ? [`has the resolution ${fields.resolution.name}, although it is ${fields.status.name}`]
        : [],
    events: commentEvents(fields.comment?.comments ?? [], context.marks, self),
    history: 'unread',
  };
  return bugSchema.parse(bug);
}

/** Whether an issue is of a type that the settings call a bug: by the type's id, or by its name as it is shown to us. */
export function isBug({ fields: { issuetype } }: JiraIssue, { bugTypes }: ProjectFacts, { bugs }: JiraSettings): boolean {
  return bugTypes.has(issuetype.id) || bugs.types.some((type) => foldName(type) === foldName(issuetype.name));
}

function inProgress({ fields: { status } }: JiraIssue, settings: JiraSettings): boolean {
  return settings.inProgress ? nameMatcher(settings.inProgress)(status.name) : categoryOf(status) === 'indeterminate';
}

/** What the bug is planned for; nothing in a project that plans no releases is planned. */
function targets(issue: JiraIssue, { project, further, inherited, now }: MapContext): Bug['targets'] {
  const { fields } = issue;
  const found = [
    ...versionTargets(fields.fixVersions ?? []),
    ...(further.sprint ? sprintTargets(fields[further.sprint]) : []),
    ...(further.dueDate ? dueTarget(fields[further.dueDate], now) : []),
    ...(inherited ?? []),
  ];
  if (inherited === null && parentKey(issue, further) !== null) return 'unreadable';
  if (found.length > 0) return found;
  if (project.releases !== 'planned') return project.releases;
  // A field that the configuration of the project hides is left out: people cannot plan with it.
  return fields.fixVersions ? found : 'unreadable';
}

/** Open children, and open issues that this one blocks. Jira tells pull requests to nobody but its own pages. */
function linkedWork({ fields }: JiraIssue, settings: JiraSettings): LinkedWork[] {
  const isBlocking = nameMatcher(settings.blocks);
  const children = (fields.subtasks ?? []).flatMap((child) =>
    isOpen(child) ? [{ kind: 'child' as const, name: child.key }] : [],
  );
  const blocked = (fields.issuelinks ?? []).flatMap(({ type, outwardIssue }) => {
    const blocks = [type.name, type.outward ?? ''].some(isBlocking);
    return blocks && outwardIssue && isOpen(outwardIssue) ? [{ kind: 'blocks' as const, name: outwardIssue.key }] : [];
  });
  return [...children, ...blocked];
}

/** An issue that we may see too little of is taken for open. */
function isOpen({ fields }: { fields?: { status: Parameters<typeof isDone>[0] } | null | undefined }): boolean {
  return !fields || !isDone(fields.status);
}

/** An issue security level, or Cloud's own restrictions. */
function isConfidential({ fields: { security, issuerestriction } }: JiraIssue): boolean {
  const restrictions = Object.keys(issuerestriction?.issuerestrictions ?? {});
  return (security !== null && security !== undefined) || restrictions.length > 0;
}
