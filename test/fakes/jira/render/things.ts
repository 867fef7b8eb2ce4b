import {
  CATEGORY_IDS,
  type FakeIssueType,
  type FakeProject,
  type FakeStatus,
  type FakeUser,
  type FakeVersion,
  type Named,
} from '../model.js';
import { type Session, self } from '../session.js';
import { byName, findUser, projectNamed } from '../store.js';

/** Each gives the JSON that Jira answers for a thing. */

const COLORS = { new: 'blue-gray', indeterminate: 'yellow', done: 'green' };

/** On Cloud, people have an account id and perhaps no account type; on Data Center a name and a key. */
export function userJson(session: Session, user: FakeUser): object {
  const { displayName, active, timeZone } = user;
  if (session.flavour === 'datacenter') {
    const { name } = user;
    return { self: self(session, `user?username=${name}`), name, key: name, displayName, active, timeZone };
  }
  const { accountId, accountType } = user;
  return {
    self: self(session, `user?accountId=${encodeURIComponent(accountId)}`),
    accountId,
    ...(accountType && { accountType }),
    displayName,
    active,
    timeZone,
  };
}

/** The person of that name, or undefined, which JSON leaves out: Jira has no author for what nobody did. */
export function authorJson(session: Session, name: string | null): object | undefined {
  const user = findUser(session.store, name);
  return user && userJson(session, user);
}

export function categoryJson(session: Session, key: FakeStatus['category']): object {
  const id = CATEGORY_IDS[key];
  return { self: self(session, `statuscategory/${id}`), id, key, colorName: COLORS[key], name: session.store.categoryNames[key] };
}

export function statusJson(session: Session, status: FakeStatus): object {
  const owner = session.flavour === 'cloud' && status.project ? projectNamed(session.store, status.project) : undefined;
  return {
    self: self(session, `status/${status.id}`),
    description: '',
    id: status.id,
    name: status.name,
    statusCategory: categoryJson(session, status.category),
    ...(owner && { scope: { type: 'PROJECT', project: { id: owner.id } } }),
  };
}

export function issueTypeJson(session: Session, type: FakeIssueType): object {
  const { id, name, subtask } = type;
  const level = session.flavour === 'cloud' ? { hierarchyLevel: subtask ? -1 : name === 'Epic' ? 1 : 0 } : {};
  return { self: self(session, `issuetype/${id}`), id, description: '', name, subtask, ...level };
}

/** Priorities, resolutions, components: `namedJson(session, 'priority', entry)`. */
export function namedJson(session: Session, kind: string, { id, name }: Named): object {
  return { self: self(session, `${kind}/${id}`), id, name };
}

/** The same, looked up by name; null stays null. */
export function namedOrNull(session: Session, kind: 'priority' | 'resolution', name: string | null): object | null {
  const list = kind === 'priority' ? session.store.priorities : session.store.resolutions;
  return name === null ? null : namedJson(session, kind, byName(list, name, kind));
}

export function versionJson(session: Session, version: FakeVersion): object {
  const { id, name, released, archived, releaseDate } = version;
  return { self: self(session, `version/${id}`), id, name, archived, released, ...(releaseDate && { releaseDate }) };
}

/** A project as issues show it. */
export function projectJson(session: Session, project: FakeProject): object {
  const { id, key, name, type } = project;
  return { self: self(session, `project/${id}`), id, key, name, projectTypeKey: type, ...style(session, project) };
}

/** A project as it shows itself. */
export function fullProjectJson(session: Session, project: FakeProject): object {
  const { store } = session;
  return {
    ...projectJson(session, project),
    archived: project.archived,
    issueTypes: project.issueTypes.map((name) => issueTypeJson(session, byName(store.types, name, 'issue type'))),
    versions: project.versions.map((version) => ({ ...versionJson(session, version), projectId: Number(project.id) })),
    components: project.components.map((component) => namedJson(session, 'component', component)),
    ...(session.flavour === 'cloud' && { style: project.style, isPrivate: false }),
  };
}

function style({ flavour }: Session, project: FakeProject): object {
  return flavour === 'cloud' ? { simplified: project.style === 'next-gen' } : {};
}
