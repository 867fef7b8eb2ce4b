import { type Account, type Issue, PERMISSIONS, type Permission, type Repository } from './records.js';
import type { GithubStore } from './store.js';

/** One request's view of GitHub: who asks, what they may do, and the addresses that answers are full of. */
export interface Session {
  readonly store: GithubStore;
  readonly now: () => string;
  /** Null for an anonymous request. */
  readonly viewer: Account | null;
  readonly permission: Permission;
  /** GitHub Enterprise Server. */
  readonly enterprise: boolean;
  /** Fields that GraphQL's schema is without here. */
  readonly lacks: readonly string[];
  /** REST base URL and web base URL, without a slash at the end. */
  readonly api: string;
  readonly web: string;
  /** The most rows of a REST list page. */
  readonly pageSize: number;
  /** Whether the links to the next page of issues have cursors. */
  readonly cursors: boolean;
  readonly rates: Rates;
  /** Where the stand-in says what it cannot answer truly. */
  violation(text: string): void;
}

/** Requests of this hour, by resource. */
export interface Rates {
  readonly core: Rate;
  readonly graphql: Rate;
}

export interface Rate {
  readonly limit: number;
  used: number;
  /** Epoch seconds. */
  readonly reset: number;
}

/** What the viewer may do in a repository; null is not even to see a private one. */
export function permissionIn({ viewer, permission }: Session, repository: Repository): Permission | null {
  const given = repository.permission === undefined ? permission : repository.permission;
  if (!viewer) return repository.private ? null : 'READ';
  return given ?? (repository.private ? null : 'READ');
}

/** Whether the viewer's permission is at least the given one. */
export function may(session: Session, repository: Repository, least: Permission): boolean {
  const permission = permissionIn(session, repository);
  return permission !== null && PERMISSIONS.indexOf(permission) <= PERMISSIONS.indexOf(least);
}

/** Authors may edit, close and reopen what they opened; others need the triage role. */
export function mayEdit(session: Session, issue: Issue): boolean {
  return may(session, issue.repository, 'TRIAGE') || (session.viewer !== null && issue.author === session.viewer);
}

/** The repository of that name, followed to its new name; undefined when the viewer cannot see it. `moved`: under another name. */
export function findRepository(session: Session, fullName: string): { repository: Repository; moved: boolean } | undefined {
  let repository = session.store.repositories.get(fullName.toLowerCase());
  let moved = false;
  while (repository?.renamedTo !== undefined) {
    repository = session.store.repositories.get(repository.renamedTo.toLowerCase());
    moved = true;
  }
  return repository && permissionIn(session, repository) !== null ? { repository, moved } : undefined;
}
