import { type Answer, invalid } from './json.js';
import type { Issue, Repository } from './records.js';

/** GitHub refuses to count pages beyond this row. */
const LAST_COUNTED_ROW = 10_000;

type Keep = (issue: Issue) => boolean;

/** A page of the list of issues: the rows, and the query parameters of the next page. */
export interface IssuePage {
  readonly issues: readonly Issue[];
  readonly next: Readonly<Record<string, string>> | undefined;
}

/**
 * Selects and orders as `GET /repos/{owner}/{repo}/issues` does: labels are ANDed, pull requests are among the rows, and the
 * next page begins after the last row of this one, wherever that stands by then, or without `cursors` after so many rows. An impossible
 * parameter is a 422.
 */
export function listIssues(
  repository: Repository,
  query: URLSearchParams,
  rowsAtMost: number,
  cursors: boolean,
): IssuePage | Answer {
  const keep = conditions(repository, query);
  if ('status' in keep) return keep;
  const sort = oneOf(query, 'sort', ['created', 'updated', 'comments']);
  const direction = oneOf(query, 'direction', ['desc', 'asc']);
  if (!sort || !direction) return invalid({ resource: 'Issue', field: sort ? 'direction' : 'sort', code: 'invalid' });

  const size = Math.min(positive(query.get('per_page'), 30), 100, rowsAtMost);
  const page = positive(query.get('page'), 1);
  const after = query.get('after');
  if (after === null && page * size > LAST_COUNTED_ROW) return tooFar();
  const cursor = after === null ? undefined : readCursor(after);
  if (cursor === null) return invalid({ resource: 'Issue', field: 'after', code: 'invalid' });

  const key = sortKey(sort);
  const sign = direction === 'asc' ? 1 : -1;
  const rows = [...repository.issues.values()]
    .filter((issue) => !issue.gone && keep.every((condition) => condition(issue)))
    .filter((issue) => !cursor || sign * (compare(key(issue), cursor[0]) || issue.number - cursor[1]) > 0)
    .sort((a, b) => sign * (compare(key(a), key(b)) || a.number - b.number));
  const start = cursor ? 0 : (page - 1) * size;
  const issues = rows.slice(start, start + size);
  const last = issues.at(-1);
  if (last === undefined || start + size >= rows.length) return { issues, next: undefined };
  const place = cursors ? { after: writeCursor([key(last), last.number]) } : {};
  return { issues, next: { ...place, page: String(page + 1) } };
}

/** Where a row stands in the order: by the sorted field, then by number. */
type Position = readonly [string | number, number];

function conditions(repository: Repository, query: URLSearchParams): Keep[] | Answer {
  const state = oneOf(query, 'state', ['open', 'closed', 'all']);
  if (!state) return invalid({ resource: 'Issue', field: 'state', code: 'invalid', value: query.get('state') ?? '' });
  const keep: Keep[] = [];
  if (!repository.issuesEnabled) keep.push((issue) => issue.pullRequest !== null);
  if (state !== 'all') keep.push((issue) => issue.state === state);
  const labels = (query.get('labels') ?? '').split(',').filter((label) => label !== '');
  for (const label of labels) keep.push((issue) => issue.labels.some(({ name }) => same(name, label)));
  const since = query.get('since');
  if (since !== null) keep.push((issue) => Date.parse(issue.updatedAt) >= Date.parse(since));
  const type = query.get('type');
  if (type !== null) keep.push(({ type: own }) => matches(own, type, same));
  const creator = query.get('creator');
  if (creator !== null) keep.push(({ author }) => author !== null && same(author.login, creator));
  const assignee = query.get('assignee');
  if (assignee !== null)
    keep.push((issue) => matches(issue.assignees.map(({ login }) => login).join() || null, assignee, hasLogin));
  const milestone = query.get('milestone');
  if (milestone === null) return keep;
  const exists = repository.milestones.some(({ number }) => String(number) === milestone);
  if (!exists && milestone !== '*' && milestone !== 'none') {
    return invalid({ resource: 'Issue', field: 'milestone', code: 'invalid', value: milestone });
  }
  keep.push((issue) => matches(issue.milestone && String(issue.milestone.number), milestone, (a, b) => a === b));
  return keep;
}

/** `*` is any, `none` is none, everything else is a value. */
function matches(own: string | null, wanted: string, equal: (own: string, wanted: string) => boolean): boolean {
  if (wanted === 'none') return own === null;
  return own !== null && (wanted === '*' || equal(own, wanted));
}

function hasLogin(logins: string, wanted: string): boolean {
  return logins.split(',').some((login) => same(login, wanted));
}

function same(a: string, b: string): boolean {
  return a.toLowerCase() === b.toLowerCase();
}

/** The parameter's value where it is one of the given; the first of them where it is absent. */
function oneOf<Value extends string>(
  query: URLSearchParams,
  name: string,
  values: readonly [Value, ...Value[]],
): Value | undefined {
  const value = query.get(name);
  return value === null ? values[0] : values.find((one) => one === value);
}

function sortKey(sort: 'created' | 'updated' | 'comments'): (issue: Issue) => string | number {
  if (sort === 'created') return (issue) => issue.createdAt;
  if (sort === 'updated') return (issue) => issue.updatedAt;
  return (issue) => issue.events.filter(({ event }) => event === 'commented').length;
}

function compare(a: string | number, b: string | number): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function positive(value: string | null, otherwise: number): number {
  const number = Number(value ?? otherwise);
  return Number.isInteger(number) && number > 0 ? number : otherwise;
}

/** Opaque, with characters that must be encoded in a URL, as the real ones have. */
function writeCursor(position: Position): string {
  return Buffer.from(`cursor:v2:${JSON.stringify(position)}`).toString('base64');
}

function readCursor(cursor: string): Position | null {
  const [, json] = Buffer.from(cursor, 'base64').toString().split('cursor:v2:');
  try {
    const value: unknown = JSON.parse(json ?? '');
    if (!Array.isArray(value)) return null;
    const [key, number]: unknown[] = value;
    return (typeof key === 'string' || typeof key === 'number') && typeof number === 'number' ? [key, number] : null;
  } catch {
    return null;
  }
}

function tooFar(): Answer {
  const message =
    'Pagination with the page parameter is not supported for large datasets, please use cursor based pagination (after/before)';
  return { status: 422, body: { message, documentation_url: 'https://docs.github.com/rest', status: '422' } };
}
