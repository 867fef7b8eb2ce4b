import type { Actor } from '../../../model/bug.js';

/** An account as REST describes it. A deleted one is null, or the account `ghost`. */
export interface RestUser {
  readonly login: string;
  readonly type?: string | undefined;
}

/** An account as GraphQL describes it: one of User, Bot, Mannequin, Organization, EnterpriseUserAccount. */
export interface GraphqlActor {
  readonly __typename: string;
  readonly login: string;
}

/** The actor for an account of a REST answer; `viewer` is the login we run as. */
export function fromRest(user: RestUser | null | undefined, viewer: string): Actor | null {
  return user ? actor(user.login, user.type === 'Bot', viewer) : null;
}

/** The actor for an account of a GraphQL answer. */
export function fromGraphql(user: GraphqlActor | null, viewer: string): Actor | null {
  return user ? actor(user.login, user.__typename === 'Bot', viewer) : null;
}

/**
 * An app is `github-actions[bot]` to REST and to `viewer { login }`, but `github-actions` everywhere else in GraphQL: its
 * name is without the suffix, and its id with it, since a person may have the same login.
 */
function actor(login: string, isBot: boolean, viewer: string): Actor {
  const name = withoutSuffix(login);
  const bot = isBot || name !== login;
  const id = bot ? `${name}[bot]` : name;
  const known: Actor = { id, name, kind: bot ? 'bot' : 'human' };
  return id.toLowerCase() === viewer.toLowerCase() ? { ...known, self: true } : known;
}

/** A login without the `[bot]` that REST puts behind the names of apps. */
export function withoutSuffix(login: string): string {
  return login.replace(/\[bot\]$/, '');
}
