import type { Asker } from './jql/field-kinds.js';
import type { Found } from './jql/index.js';
import type { FakeIssue, FakeProject, FakeUser, Permission } from './model.js';
import type { FakeRequest } from './request.js';
import { findIssue, findProject, type JiraStore } from './store.js';

export type JiraFlavour = 'cloud' | 'datacenter';

/** One request's view of the site: who asks, what they may do, and how answers are written. */
export interface Session {
  readonly store: JiraStore;
  readonly flavour: JiraFlavour;
  /** 3 answers documents where 2 answers text. */
  readonly version: 2 | 3;
  readonly request: FakeRequest;
  /** Null for an anonymous request, or one whose credentials were not accepted. */
  readonly viewer: FakeUser | null;
  readonly permissions: Partial<Record<Permission, boolean>>;
  /** Epoch milliseconds. */
  readonly now: number;
  /** What the addresses of resources begin with: the site, or the gateway where the request came through it. */
  readonly base: string;
  /** The site's address, without a slash at the end. */
  readonly site: string;
  /** The most rows of a page, where the test wants fewer than Jira has. */
  readonly pageSize: number | undefined;
  readonly searches: Searches;
  /** Where the stand-in says what it cannot answer truly. */
  violation(text: string): void;
}

/** Searches that are being paged through. */
export interface Searches {
  /** Cloud: what a token goes on reading, ids by the search's number. Later changes do not shift its pages. */
  readonly snapshots: Map<string, readonly string[]>;
  /** The search that was run last, so that reading its next page costs nothing. */
  last: { readonly key: string; readonly found: Found } | undefined;
}

/** Whether the viewer may do that in a project. Anonymous visitors may at most browse public ones. */
export function may(session: Session, project: FakeProject, permission: Permission): boolean {
  if (!session.viewer) return permission === 'BROWSE_PROJECTS' && project.public;
  return project.permissions[permission] ?? session.permissions[permission] ?? true;
}

export function visibleProjects(session: Session): FakeProject[] {
  return session.store.projects.filter((project) => may(session, project, 'BROWSE_PROJECTS'));
}

export function visibleProject(session: Session, idOrKey: string): FakeProject | undefined {
  const project = findProject(session.store, idOrKey);
  return project && may(session, project, 'BROWSE_PROJECTS') ? project : undefined;
}

export function visibleIssue(session: Session, idOrKey: string): { issue: FakeIssue; project: FakeProject } | undefined {
  const issue = findIssue(session.store, idOrKey);
  const project = issue && visibleProject(session, issue.project);
  return issue && project ? { issue, project } : undefined;
}

/** The viewer as JQL sees them. */
export function asker(session: Session): Asker {
  const { store, viewer, now } = session;
  return { store, user: viewer, zone: viewer?.timeZone ?? store.timeZone, now, projects: visibleProjects(session) };
}

/** Cloud writes timestamps in the zone of whoever asks, Data Center in its own. */
export function answerZone({ flavour, viewer, store }: Session): string {
  return flavour === 'cloud' ? (viewer?.timeZone ?? store.timeZone) : store.timeZone;
}

/** The address of a resource: `self(session, 'status/1')`. */
export function self({ base, version }: Session, path: string): string {
  return `${base}/rest/api/${version}/${path}`;
}

/** The size of a page: what was asked for, within what the server gives. */
export function pageLength(session: Session, asked: unknown, standard: number, most: number): number {
  const wanted = asked === undefined || asked === null || asked === '' ? standard : Number(asked);
  return Math.max(1, Math.min(Number.isNaN(wanted) ? standard : wanted, most, session.pageSize ?? most));
}
