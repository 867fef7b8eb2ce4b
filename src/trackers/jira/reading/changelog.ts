import type { Actor, BugEvent } from '../../../model/bug.js';
import { type Instant, toInstant } from '../../../model/instant.js';
import type { ChangeEntry, ChangeItem } from '../transport/answers.js';
import { actorOf } from './actor.js';
import type { StatusMap } from './category.js';

/** What the mapping of a changelog needs to know besides the changelog. */
export interface ChangelogContext {
  readonly statuses: StatusMap;
  /** Our own accountId or user name. */
  readonly self: string;
  /** Ids of the fields besides the fix versions that hold targets: `customfield_10020`, `duedate`. */
  readonly targetFields: ReadonlySet<string>;
}

/**
 * The events of a changelog, oldest first. Whether an issue was closed or reopened is told by the categories of its statuses; in a
 * status that is no more, by its resolution. Null when an entry has no time that could be understood.
 */
export function changeEvents(entries: readonly ChangeEntry[], context: ChangelogContext): BugEvent[] | null {
  const timed = entries.map((entry) => ({ entry, at: instantOf(entry.created) }));
  const events: BugEvent[] = [];
  const course: Course = { done: false, resolved: false };
  for (const { entry, at } of timed.toSorted((a, b) => ((a.at ?? '') < (b.at ?? '') ? -1 : a.at === b.at ? 0 : 1))) {
    if (at === null) return null;
    const common = { at, actor: actorOf(entry.author, context.self) };
    events.push(...entry.items.filter((item) => !isStatus(item)).flatMap((item) => eventsOf(item, common, context)));
    events.push(...statusEvents(entry.items, common, course, context));
  }
  return events;
}

/**
 * A moment in a changelog. In bulk answers it is a number: milliseconds, or seconds as in the documentation's examples, which no
 * number of milliseconds since 1973 is as small as.
 */
export function instantOf(created: string | number): Instant | null {
  const number = typeof created === 'number' ? created : /^\d+$/.test(created) ? Number(created) : null;
  if (number === null) return toInstant(created);
  return toInstant(number < 1e11 ? number * 1000 : number);
}

type Common = { readonly at: Instant; readonly actor: Actor | null };

/** Where an issue stands while its changelog is followed. */
interface Course {
  done: boolean;
  resolved: boolean;
}

function statusEvents(items: readonly ChangeItem[], common: Common, course: Course, { statuses }: ChangelogContext): BugEvent[] {
  const resolution = items.find((item) => is(item, 'resolution', 'resolution'));
  const wasResolved = course.resolved;
  if (resolution) course.resolved = resolution.to !== null || Boolean(resolution.toText);
  return items.filter(isStatus).flatMap((item) => {
    const before = statuses.category(item.from, item.fromText);
    const after = statuses.category(item.to, item.toText);
    const wasDone = before === null ? course.done || wasResolved : before === 'done';
    course.done = after === null ? course.resolved : after === 'done';
    const moved: BugEvent = { ...common, kind: 'moved', value: item.toText, from: item.fromText };
    if (wasDone === course.done) return [moved];
    const value = course.done ? (resolution?.toText ?? null) : item.toText;
    return [moved, { ...common, kind: course.done ? 'closed' : 'reopened', value }];
  });
}

function eventsOf(item: ChangeItem, common: Common, { targetFields }: ChangelogContext): BugEvent[] {
  const { from, to, fromText, toText } = item;
  const ends = { from: fromText ?? from, to: toText ?? to };
  switch (true) {
    // Data Center gives no field id, and the field's name in the singular.
    case is(item, 'fixVersions', 'Fix Version'):
      return gone('untargeted', 'targeted', ends, common);
    case item.fieldId !== null && targetFields.has(item.fieldId):
      return listed('untargeted', 'targeted', names(ends.from, ','), names(ends.to, ','), common);
    case is(item, 'labels', 'labels'):
      return listed('unlabeled', 'labeled', names(fromText, ' '), names(toText, ' '), common);
    case is(item, 'assignee', 'assignee'):
      return gone('unassigned', 'assigned', ends, common);
    case is(item, 'summary', 'summary'):
      return [{ ...common, kind: 'renamed', value: toText, from: fromText }];
    default:
      return [{ ...common, kind: 'edited', value: item.field }];
  }
}

function isStatus(item: ChangeItem): boolean {
  return is(item, 'status', 'status');
}

function is({ field, fieldId }: ChangeItem, id: string, name: string): boolean {
  return fieldId === null ? field.toLowerCase() === name.toLowerCase() : fieldId === id;
}

type Kind = BugEvent['kind'];

/** One value that went and one that came. */
function gone(away: Kind, here: Kind, { from, to }: { from: string | null; to: string | null }, common: Common): BugEvent[] {
  return listed(away, here, from ? [from] : [], to ? [to] : [], common);
}

/** The difference between two lists. */
function listed(away: Kind, here: Kind, before: string[], after: string[], common: Common): BugEvent[] {
  return [
    ...before.filter((name) => !after.includes(name)).map((value): BugEvent => ({ ...common, kind: away, value })),
    ...after.filter((name) => !before.includes(name)).map((value): BugEvent => ({ ...common, kind: here, value })),
  ];
}

/** Jira writes lists as one text: labels with spaces between them, sprints with commas. */
function names(text: string | null, separator: string): string[] {
  return (text ?? '')
    .split(separator)
    .map((name) => name.trim())
    .filter(Boolean);
}
