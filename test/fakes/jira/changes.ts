import type { FakeChange, FakeHistory, FakeIssue } from './model.js';
import { type JiraStore, nextId } from './store.js';

/** One end of a change: the id and what people read. */
export type End = { id: string | null; text: string | null } | null;

/** The names that history uses; the `Fix Version` of history is the `fixVersions` of the API. */
const HISTORY_NAMES: Record<string, string> = { fixVersions: 'Fix Version', versions: 'Version', components: 'Component' };

/** A line of history for a field, by its id. */
export function fieldChange(fieldId: string, from: End, to: End): FakeChange {
  return { ...otherChange(HISTORY_NAMES[fieldId] ?? fieldId, from, to), fieldId };
}

/** A line of history for what is not a field of the issue: Link, Key, Workflow. */
export function otherChange(field: string, from: End, to: End): FakeChange {
  return {
    field,
    fieldtype: 'jira',
    from: from?.id ?? null,
    fromString: from?.text ?? null,
    to: to?.id ?? null,
    toString: to?.text ?? null,
  };
}

/** An end for texts that have no id, like labels and summaries. */
export function plain(text: string | null): End {
  return { id: null, text };
}

/** Lists such as fix versions get one line for each entry that came or went. */
export function listChanges(fieldId: string, before: readonly Ended[], after: readonly Ended[]): FakeChange[] {
  const missing = (list: readonly Ended[], entry: Ended): boolean => !list.some(({ id }) => id === entry.id);
  return [
    ...before.filter((entry) => missing(after, entry)).map((entry) => fieldChange(fieldId, entry, null)),
    ...after.filter((entry) => missing(before, entry)).map((entry) => fieldChange(fieldId, null, entry)),
  ];
}

export interface Ended {
  id: string;
  text: string;
}

/** Two lines about one field, the second going on where the first ended, are one; a line that leads nowhere is none. */
function collapse(items: readonly FakeChange[]): FakeChange[] {
  const lines: FakeChange[] = [];
  for (const item of items) {
    const index = lines.findIndex(({ field, to }) => field === item.field && to !== null && to === item.from);
    const first = lines[index];
    if (first) lines[index] = { ...item, from: first.from, fromString: first.fromString };
    else lines.push(item);
  }
  return lines.filter((line) => line.from !== line.to || line.fromString !== line.toString);
}

/** Writes history and bumps `updated`. No lines, no entry. */
export function record(
  store: JiraStore,
  issue: FakeIssue,
  entry: { author: string | null; at: number; items: FakeChange[]; historyMetadata?: unknown },
): void {
  store.revision += 1;
  const items = collapse(entry.items);
  if (items.length === 0) return;
  const history: FakeHistory = { id: nextId(store), author: entry.author, created: entry.at, items };
  if (entry.historyMetadata !== undefined) history.historyMetadata = entry.historyMetadata;
  issue.histories.push(history);
  issue.histories.sort((a, b) => a.created - b.created);
  issue.updated = Math.max(issue.updated, entry.at);
}
