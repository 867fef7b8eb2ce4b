import type { JiraStatus } from '../transport/answers.js';

/** What a status means, whatever it is called. */
export type Category = 'new' | 'indeterminate' | 'done';

/** The ids and keys are the same on every site, while names are translated. Source: Jira's REST documentation, status categories. */
const BY_ID: Partial<Record<number, Category>> = { 2: 'new', 3: 'done', 4: 'indeterminate' };

/** The category of a status. Where id and key contradict each other, done counts: what may be finished is not touched. */
export function categoryOf({ statusCategory }: Pick<JiraStatus, 'statusCategory'>): Category {
  const byId = BY_ID[statusCategory.id ?? 0];
  const byKey = statusCategory.key;
  if (byId === 'done' || byKey === 'done') return 'done';
  return byId ?? (byKey === 'indeterminate' ? 'indeterminate' : 'new');
}

/** Whether a status is one of those that end the work. */
export function isDone(status: Pick<JiraStatus, 'statusCategory'>): boolean {
  return categoryOf(status) === 'done';
}

/** What the statuses of a site mean, by id, else by name where a name means one thing only. */
export interface StatusMap {
  /** null for a status that is no more, or that we may not see. */
  category(id: string | null, name: string | null): Category | null;
}

/** Looks statuses up. Team-managed projects have statuses of their own, whose names repeat. */
export function statusMap(statuses: readonly JiraStatus[]): StatusMap {
  const byId = new Map(statuses.map((status) => [status.id, categoryOf(status)]));
  const byName = new Map<string, Category | null>();
  for (const status of statuses) {
    const known = byName.get(status.name);
    byName.set(status.name, known === undefined || known === categoryOf(status) ? categoryOf(status) : null);
  }
  return { category: (id, name) => byId.get(id ?? '') ?? byName.get(name ?? '') ?? null };
}
