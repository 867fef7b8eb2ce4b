import type { Actor, BugEvent } from '../../../model/bug.js';
import type { Instant } from '../../../model/instant.js';
import type { ChangeEntry, ChangeItem } from '../transport/answers.js';
import { actorOf } from './actor.js';
import type { StatusMap } from './category.js';
import { followChanges, isOf, type Move } from './course.js';

/** What the mapping of a changelog needs to know besides the changelog. */
export interface ChangelogContext {
  readonly statuses: StatusMap;
  /** Our own accountId or user name. */
  readonly self: string;
  /** Ids of the fields besides the fix versions that hold targets: `customfield_10020`, `duedate`. */
  readonly targetFields: ReadonlySet<string>;
}

/** The events of a changelog, oldest first. Null when an entry has no time that could be understood. */
export function changeEvents(entries: readonly ChangeEntry[], context: ChangelogContext): BugEvent[] | null {
  const steps = followChanges(entries, context.statuses);
  if (steps === null) return null;
  return steps.flatMap(({ entry, at, moves }) => {
    const common = { at, actor: actorOf(entry.author, context.self) };
    const others = entry.items.filter((item) => !isOf(item, 'status', 'status'));
    return [...others.flatMap((item) => eventsOf(item, common, context)), ...moves.flatMap((move) => moveEvents(move, common))];
  });
}

type Common = { readonly at: Instant; readonly actor: Actor | null };

function moveEvents({ item, resolution, kind }: Move, common: Common): BugEvent[] {
  const moved: BugEvent = { ...common, kind: 'moved', value: item.toText, from: item.fromText };
  if (kind === null) return [moved];
  return [moved, { ...common, kind, value: kind === 'closed' ? (resolution?.toText ?? null) : item.toText }];
}

function eventsOf(item: ChangeItem, common: Common, { targetFields }: ChangelogContext): BugEvent[] {
  const { from, to, fromText, toText } = item;
  const ends = { from: fromText ?? from, to: toText ?? to };
  switch (true) {
    // Data Center gives no field id, and the field's name in the singular.
    case isOf(item, 'fixVersions', 'Fix Version'):
      return gone('untargeted', 'targeted', ends, common);
    case item.fieldId !== null && targetFields.has(item.fieldId):
      return listed('untargeted', 'targeted', names(ends.from, ','), names(ends.to, ','), common);
    case isOf(item, 'labels', 'labels'):
      return listed('unlabeled', 'labeled', names(fromText, ' '), names(toText, ' '), common);
    case isOf(item, 'assignee', 'assignee'):
      return gone('unassigned', 'assigned', ends, common);
    case isOf(item, 'summary', 'summary'):
      return [{ ...common, kind: 'renamed', value: toText, from: fromText }];
    default:
      return [{ ...common, kind: 'edited', value: item.field }];
  }
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
