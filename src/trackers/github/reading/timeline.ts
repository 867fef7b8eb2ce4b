import { z } from 'zod';
import type { BugEvent } from '../../../model/bug.js';
import { toInstant } from '../../../model/instant.js';
import { parseMarker } from '../writing/marker.js';
import { fromGraphql, withoutSuffix } from './people.js';

const actor = z.object({ __typename: z.string(), login: z.string() }).nullable();
const createdAt = z.string().refine((text) => toInstant(text) !== null);
const assignee = z.object({ login: z.string().optional() }).nullish();
const label = z.object({ name: z.string() });

const item = <Type extends string, Fields extends z.ZodRawShape>(type: Type, fields: Fields) =>
  z.object({ __typename: z.literal(type), createdAt, ...fields });

const timelineItem = z.discriminatedUnion('__typename', [
  item('IssueComment', {
    author: actor,
    viewerDidAuthor: z.boolean(),
    body: z.string(),
    fullDatabaseId: z.union([z.string(), z.number()]).nullish(),
  }),
  item('LabeledEvent', { actor, label }),
  item('UnlabeledEvent', { actor, label }),
  item('AssignedEvent', { actor, assignee }),
  item('UnassignedEvent', { actor, assignee }),
  item('MilestonedEvent', { actor, milestoneTitle: z.string() }),
  item('DemilestonedEvent', { actor, milestoneTitle: z.string() }),
  item('RenamedTitleEvent', { actor, currentTitle: z.string(), previousTitle: z.string() }),
  item('TransferredEvent', { actor }),
  item('ClosedEvent', { actor, stateReason: z.string().nullish() }),
  item('ReopenedEvent', { actor }),
]);

/** A part of a history, oldest first, and where the part before it ends. */
export const timeline = z.object({
  pageInfo: z.object({ hasPreviousPage: z.boolean(), startCursor: z.string().nullable() }),
  nodes: z.array(timelineItem),
});

/** See {@link timeline}. */
export type Timeline = z.output<typeof timeline>;
type TimelineItem = z.output<typeof timelineItem>;
type Happening = Pick<BugEvent, 'kind' | 'value' | 'from'>;

/** The event for an item of GitHub's timeline; `viewer` is the login we run as. */
export function toEvent(item: TimelineItem, viewer: string): BugEvent {
  if (item.__typename === 'IssueComment') return comment(item, viewer);
  return { at: item.createdAt, actor: fromGraphql(item.actor, viewer), ...happening(item) };
}

function comment(item: Extract<TimelineItem, { __typename: 'IssueComment' }>, viewer: string): BugEvent {
  const author = fromGraphql(item.author, viewer);
  const id = item.fullDatabaseId;
  const mark = parseMarker(item.body);
  return {
    at: item.createdAt,
    kind: 'commented',
    actor: author && item.viewerDidAuthor ? { ...author, self: true } : author,
    ...(id === null || id === undefined ? {} : { id: String(id) }),
    ...(mark ? { mark } : {}),
  };
}

/** A transfer to this repository is taken for a person's care, as a change of status is: somebody sorted the issue. */
function happening(item: Exclude<TimelineItem, { __typename: 'IssueComment' }>): Happening {
  switch (item.__typename) {
    case 'LabeledEvent':
      return { kind: 'labeled', value: item.label.name };
    case 'UnlabeledEvent':
      return { kind: 'unlabeled', value: item.label.name };
    case 'AssignedEvent':
      return { kind: 'assigned', value: nameOf(item.assignee) };
    case 'UnassignedEvent':
      return { kind: 'unassigned', value: nameOf(item.assignee) };
    case 'MilestonedEvent':
      return { kind: 'targeted', value: item.milestoneTitle };
    case 'DemilestonedEvent':
      return { kind: 'untargeted', value: item.milestoneTitle };
    case 'RenamedTitleEvent':
      return { kind: 'renamed', value: item.currentTitle, from: item.previousTitle };
    case 'TransferredEvent':
      return { kind: 'moved' };
    case 'ClosedEvent':
      return { kind: 'closed', value: item.stateReason?.toLowerCase() ?? null };
    case 'ReopenedEvent':
      return { kind: 'reopened' };
  }
}

function nameOf(assignee: { login?: string | undefined } | null | undefined): string | null {
  return assignee?.login === undefined ? null : withoutSuffix(assignee.login);
}
