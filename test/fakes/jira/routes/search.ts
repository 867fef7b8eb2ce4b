import { type Found, runJql } from '../jql/index.js';
import { JqlNotSupported, JqlSyntaxError } from '../jql/query.js';
import type { FakeIssue } from '../model.js';
import { type IssueParts, issueJson } from '../render/issue.js';
import { type Answer, ok, recordOf, refuse, textsOf } from '../request.js';
import { asker, pageLength, type Session } from '../session.js';

const REMOVED = 'The requested API has been removed. Please migrate to the /rest/api/3/search/jql API.';
const UNBOUNDED = 'Unbounded JQL queries are not allowed here. Please add a search restriction to your query.';

/** What used to be search on Cloud. */
export function removedSearch(): Answer {
  return refuse(
    410,
    `${REMOVED} A full migration guideline is available at https://developer.atlassian.com/changelog/#CHANGE-2046`,
  );
}

/** Cloud: pages by token. The rows hold nothing but ids unless fields are asked for. */
export function searchByToken(session: Session): Answer {
  const asked = parameters(session);
  const token = asked.text('nextPageToken');
  const start = token === undefined ? undefined : readToken(token);
  const snapshot = session.searches.snapshots.get(start?.search ?? '');
  if (start && snapshot) return cloudPage(session, snapshot, start);
  // An old token by GET begins again from the first page; by POST it is refused.
  if (token !== undefined && token !== startToken() && session.request.method === 'POST') {
    return refuse(400, 'The provided next page token is invalid or expired.');
  }
  const properties = textsOf(asked.value('properties'));
  if (properties.length > 5) return refuse(400, 'The number of properties must not be greater than 5.');
  return withFound(session, asked.text('jql') ?? '', (found) => {
    if (found.unbounded) return refuse(400, UNBOUNDED);
    if (found.sortFields > 7) return refuse(400, 'The query must not sort by more than 7 fields.');
    const search = String(session.searches.snapshots.size + 1);
    const ids = found.issues.map(({ id }) => id);
    session.searches.snapshots.set(search, ids);
    return cloudPage(session, ids, { search, offset: 0 });
  });
}

interface Place {
  readonly search: string;
  readonly offset: number;
}

/** A token that begins at the beginning, for faults that answer an empty first page. */
export function startToken(): string {
  return makeToken({ search: '', offset: 0 });
}

/** Tokens are opaque, and end in characters that a query string must escape. */
function makeToken({ search, offset }: Place): string {
  return `${Buffer.from(`${search}/${offset}`).toString('base64').replace(/=+$/, '')}+/==`;
}

/** Undefined for a token that did not survive the way here. */
function readToken(token: string): Place | undefined {
  if (!token.endsWith('+/==')) return undefined;
  const [search = '', offset = ''] = Buffer.from(token.slice(0, -4), 'base64').toString().split('/');
  return { search, offset: Number(offset) };
}

function cloudPage(session: Session, ids: readonly string[], { search, offset }: Place): Answer {
  const asked = parameters(session);
  const fields = asked.value('fields') === undefined ? undefined : textsOf(asked.value('fields'));
  const parts: IssueParts = {
    fields,
    changelog: textsOf(asked.value('expand')).includes('changelog'),
    properties: textsOf(asked.value('properties')),
    inSearch: true,
  };
  const idsOnly = (fields ?? []).every((field) => field === 'id' || field === 'key') && !parts.changelog;
  const length = pageLength(session, asked.value('maxResults'), 50, idsOnly ? 5000 : 100);
  const end = offset + length;
  const issues = ids.slice(offset, end).flatMap((id) => session.store.issues.get(id) ?? []);
  const isLast = end >= ids.length;
  const next = isLast ? {} : { nextPageToken: makeToken({ search, offset: end }) };
  return ok({ issues: issues.map((issue) => issueJson(session, issue, parts)), isLast, ...next });
}

/** Cloud: an estimate, which here is right. */
export function approximateCount(session: Session): Answer {
  return withFound(session, parameters(session).text('jql') ?? '', (found) => {
    return found.unbounded ? refuse(400, UNBOUNDED) : ok({ count: found.issues.length });
  });
}

const DC_PARAMETERS = ['jql', 'startAt', 'maxResults', 'fields', 'expand', 'validateQuery'];

/** Data Center: pages by offset. A query without restriction finds everything that the viewer may see. */
export function searchByOffset(session: Session): Answer {
  const asked = parameters(session);
  const unknown = asked.names.find((name) => !DC_PARAMETERS.includes(name));
  if (unknown && session.request.method === 'POST') {
    return refuse(
      400,
      `Unrecognized field "${unknown}" (Class com.atlassian.jira.rest.v2.search.SearchRequestBean), not marked as ignorable`,
    );
  }
  return withFound(session, asked.text('jql') ?? '', (found) => dcPage(session, found));
}

function dcPage(session: Session, { issues, errors }: Found): Answer {
  const asked = parameters(session);
  const startAt = Number(asked.value('startAt') ?? 0);
  const maxResults = Number(asked.value('maxResults')) === 0 ? 0 : pageLength(session, asked.value('maxResults'), 50, 1000);
  const fields = asked.value('fields');
  const parts: IssueParts = {
    fields: fields === undefined ? ['*navigable'] : textsOf(fields),
    changelog: textsOf(asked.value('expand')).includes('changelog'),
    properties: [],
    inSearch: true,
  };
  const row = (issue: FakeIssue): object => issueJson(session, issue, parts);
  const rows = issues.slice(startAt, startAt + maxResults).map(row);
  const warnings = errors.length > 0 ? { warningMessages: errors } : {};
  return ok({ expand: 'schema,names', startAt, maxResults, total: issues.length, issues: rows, ...warnings });
}

/**
 * Runs a query and goes on with what it found. Names that do not exist are a 400, except for anonymous visitors, for whom
 * most names do not exist, and where Data Center is told not to validate.
 */
function withFound(session: Session, jql: string, goOn: (found: Found) => Answer): Answer {
  try {
    const found = run(session, jql);
    const lenient = !session.viewer || String(parameters(session).value('validateQuery')) === 'false';
    if (found.errors.length === 0 || lenient) return goOn(found);
    if (session.flavour === 'datacenter') return refuse(400, found.errors);
    return { status: 400, body: { errorMessages: found.errors, warningMessages: [] } };
  } catch (error) {
    if (error instanceof JqlSyntaxError) return refuse(400, error.message);
    if (!(error instanceof JqlNotSupported)) throw error;
    session.violation(`the stand-in has not learnt ${error.message}: ${jql}`);
    return refuse(501, `The stand-in has not learnt ${error.message}.`);
  }
}

function run(session: Session, jql: string): Found {
  const { searches, store, viewer, now } = session;
  const key = `${store.revision}/${viewer?.name ?? ''}/${jql}`;
  const last = searches.last;
  if (last && (last.key === key || last.key === `${key}/${now}`)) return last.found;
  const found = runJql(jql, asker(session));
  searches.last = { key: found.relative ? `${key}/${now}` : key, found };
  return found;
}

/** What was asked for, by GET in the query or by POST in the body. */
function parameters({ request }: Session): {
  names: string[];
  value(name: string): unknown;
  text(name: string): string | undefined;
} {
  const given = request.method === 'POST' ? recordOf(request.body) : Object.fromEntries(request.query);
  return {
    names: Object.keys(given),
    value: (name) => given[name],
    text: (name) => {
      const value = given[name];
      return typeof value === 'string' ? value : undefined;
    },
  };
}
