import { type Instant, toInstant } from '../../../model/instant.js';
import type { ChangeEntry, ChangeItem } from '../transport/answers.js';
import type { StatusMap } from './category.js';

/** A change of status, and what it meant. */
export interface Move {
  readonly item: ChangeItem;
  /** The change of the resolution that was recorded along with it. */
  readonly resolution: ChangeItem | undefined;
  /** null: open before and after, or done before and after. */
  readonly kind: 'closed' | 'reopened' | null;
}

/** An entry of a changelog in its place. */
export interface Step {
  readonly entry: ChangeEntry;
  readonly at: Instant;
  /** Mostly none or one. */
  readonly moves: readonly Move[];
}

/**
 * Follows a changelog from its oldest entry on. Whether an issue was closed or reopened is told by the categories of its statuses; in
 * a status that is no more, by its resolution. Null when an entry has no time that could be understood.
 */
export function followChanges(entries: readonly ChangeEntry[], statuses: StatusMap): Step[] | null {
  const timed: Omit<Step, 'moves'>[] = [];
  for (const entry of entries) {
    const at = instantOf(entry.created);
    if (at === null) return null;
    timed.push({ entry, at });
  }
  const course: Course = { done: false, resolved: false };
  return timed.sort(byAge).map((step) => ({ ...step, moves: movesOf(step.entry.items, course, statuses) }));
}

/** Some answers have the newest first. Within a second, ids tell: they only ever go up. */
function byAge(a: Omit<Step, 'moves'>, b: Omit<Step, 'moves'>): number {
  return a.at === b.at ? Number(a.entry.id) - Number(b.entry.id) : a.at < b.at ? -1 : 1;
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

/** Whether a change is one of a field: Data Center gives the field's name alone, and that of history. */
export function isOf({ field, fieldId }: ChangeItem, id: string, name: string): boolean {
  return fieldId === null ? field.toLowerCase() === name.toLowerCase() : fieldId === id;
}

/** Where an issue stands while its changelog is followed. */
interface Course {
  done: boolean;
  resolved: boolean;
}

function movesOf(items: readonly ChangeItem[], course: Course, statuses: StatusMap): Move[] {
  const resolution = items.find((item) => isOf(item, 'resolution', 'resolution'));
  const wasResolved = course.resolved;
  if (resolution) course.resolved = resolution.to !== null || Boolean(resolution.toText);
  return items
    .filter((item) => isOf(item, 'status', 'status'))
    .map((item) => {
      const before = statuses.category(item.from, item.fromText);
      const after = statuses.category(item.to, item.toText);
      const wasDone = before === null ? course.done || wasResolved : before === 'done';
      course.done = after === null ? course.resolved : after === 'done';
      return { item, resolution, kind: wasDone === course.done ? null : course.done ? 'closed' : 'reopened' };
    });
}
