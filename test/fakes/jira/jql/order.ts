import type { FakeIssue } from '../model.js';
import { byId, byName, type JiraStore } from '../store.js';
import { JqlNotSupported, type JqlQuery } from './query.js';

type Sortable = string | number | null;

interface SortField {
  /** What Jira does when no direction is given. */
  readonly natural: 'ASC' | 'DESC';
  value(issue: FakeIssue, store: JiraStore): Sortable;
}

const instants = (value: (issue: FakeIssue) => Sortable): SortField => ({ natural: 'DESC', value });
const texts = (value: SortField['value']): SortField => ({ natural: 'ASC', value });

/** Projects in the order of their keys, then numbers as numbers. */
const key = texts(({ key }) => {
  const [project = '', number = ''] = key.split('-');
  return `${project}-${number.padStart(9, '0')}`;
});

const FIELDS: Record<string, SortField> = {
  created: instants((issue) => issue.created),
  updated: instants((issue) => issue.updated),
  resolved: instants((issue) => issue.resolvedAt),
  duedate: instants((issue) => issue.duedate),
  statuscategorychangeddate: instants((issue) => issue.statusSince),
  key,
  issuekey: key,
  issue: key,
  id: texts((issue) => Number(issue.id)),
  summary: texts((issue) => issue.summary.toLowerCase()),
  votes: texts((issue) => issue.votes),
  project: texts((issue) => issue.project),
  issuetype: texts((issue, { types }) => byName(types, issue.type, 'issue type').name),
  status: texts((issue, { statuses }) => byId(statuses, issue.statusId, 'status').name),
  // The list of priorities begins with the most important one, which sorts highest.
  priority: {
    natural: 'DESC',
    value: (issue, { priorities }) =>
      issue.priority === null ? null : -priorities.findIndex(({ name }) => name === issue.priority),
  },
};
const OTHERS = new Set(['rank', 'assignee', 'reporter', 'fixversion', 'labels', 'component', 'sprint', 'resolution']);

/** How ORDER BY sorts, and what Jira says about fields it cannot sort by. Without it, the newest key comes first. */
export function compileOrder(
  orderBy: JqlQuery['orderBy'],
  store: JiraStore,
): { sort(issues: FakeIssue[]): FakeIssue[]; errors: string[] } {
  const errors: string[] = [];
  const parts = orderBy.flatMap(({ field, direction }) => {
    const name = field.toLowerCase();
    if (OTHERS.has(name)) throw new JqlNotSupported(`ORDER BY ${field}`);
    const known = FIELDS[name];
    if (!known) errors.push(`Not able to sort using field '${field}'.`);
    return known ? [{ value: known.value, sign: (direction ?? known.natural) === 'ASC' ? 1 : -1 }] : [];
  });
  if (parts.length === 0) parts.push({ value: key.value, sign: -1 });
  return { errors, sort: (issues) => sortBy(issues, parts, store) };
}

function sortBy(issues: FakeIssue[], parts: { value: SortField['value']; sign: number }[], store: JiraStore): FakeIssue[] {
  const rows = issues.map((issue) => ({ issue, values: parts.map(({ value }) => value(issue, store)) }));
  const signs = parts.map(({ sign }) => sign);
  rows.sort((a, b) => compareRows(a.values, b.values, signs));
  return rows.map(({ issue }) => issue);
}

function compareRows(a: readonly Sortable[], b: readonly Sortable[], signs: readonly number[]): number {
  for (const [index, sign] of signs.entries()) {
    const order = compare(a[index] ?? null, b[index] ?? null);
    if (order !== 0) return order * sign;
  }
  return 0;
}

function compare(a: Sortable, b: Sortable): number {
  if (a === b) return 0;
  if (a === null) return 1;
  if (b === null) return -1;
  return a < b ? -1 : 1;
}
