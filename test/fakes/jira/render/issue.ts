import type { FakeIssue } from '../model.js';
import { type Session, self } from '../session.js';
import { historyJson } from './comments.js';
import { fieldsJson } from './fields.js';

export interface IssueParts {
  /** As asked for; undefined leaves `fields` out altogether. */
  readonly fields: readonly string[] | undefined;
  readonly changelog: boolean;
  /** Keys of issue properties; `*all` for all. */
  readonly properties: readonly string[];
  /** A row of a search has less of everything on Cloud. */
  readonly inSearch: boolean;
}

/** An issue with the parts that were asked for. */
export function issueJson(session: Session, issue: FakeIssue, parts: IssueParts): object {
  const { id, key } = issue;
  if (parts.fields === undefined && !parts.changelog && parts.properties.length === 0) return { id };
  return {
    expand: 'operations,versionedRepresentations,editmeta,changelog,renderedFields',
    id,
    self: self(session, `issue/${id}`),
    key,
    ...(parts.fields && { fields: fieldsJson(session, issue, parts.fields, parts.inSearch) }),
    ...(parts.changelog && { changelog: changelogJson(session, issue, parts.inSearch) }),
    ...(parts.properties.length > 0 && { properties: propertiesJson(issue, parts.properties) }),
  };
}

/** Cloud gives the newest 100, newest first (40 in a search); Data Center gives all, oldest first. */
function changelogJson(session: Session, { histories }: FakeIssue, inSearch: boolean): object {
  const shown = session.flavour === 'cloud' ? histories.toReversed().slice(0, inSearch ? 40 : 100) : histories;
  return {
    startAt: 0,
    maxResults: shown.length,
    total: histories.length,
    histories: shown.map((history) => historyJson(session, history)),
  };
}

function propertiesJson({ properties }: FakeIssue, keys: readonly string[]): object {
  const wanted = keys.includes('*all') ? [...properties.keys()] : keys.filter((key) => properties.has(key));
  return Object.fromEntries(wanted.map((key) => [key, properties.get(key)]));
}
