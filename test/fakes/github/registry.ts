import type { Who } from './fields.js';
import type { Account, Issue, Repository, TimelineEvent } from './records.js';

/** The one place where everything of a stand-in GitHub is kept, and found again. */
export interface Registry {
  /** The instant that counts as now. */
  now(): string;
  /** A number that nothing else has. */
  nextId(): number;
  /** The account, created when first mentioned. A name without a type is that of a person, `…[bot]` that of an app. */
  account(who: string | { readonly login: string; readonly id?: number; readonly type?: Account['type'] }): Account;
  /** The same for someone who may have been deleted. */
  someone(who: Who): Account | null;
  /** The names of an organization's issue types, by its lower-case login; where none are set, GitHub's own three. */
  readonly issueTypes: Map<string, readonly string[]>;
  /** By lower-case `owner/name`; a renamed repository stands under both names. */
  readonly repositories: Map<string, Repository>;
  readonly issuesByNode: Map<string, Issue>;
  /** Comments by their REST id. */
  readonly comments: Map<number, { readonly issue: Issue; readonly comment: TimelineEvent }>;
}

/** The wall clock in GitHub's form, to the second. */
export function wallClock(): string {
  return `${new Date().toISOString().slice(0, 19)}Z`;
}

export function newRegistry(now: () => string): Registry {
  const accounts = new Map<string, Account>();
  let lastId = 1000;
  const nextId = () => ++lastId;
  const account: Registry['account'] = (who) => {
    const { login, id, type } = typeof who === 'string' ? { login: who, id: undefined, type: undefined } : who;
    const known = accounts.get(login.toLowerCase());
    if (known) return known;
    const created: Account = { login, id: id ?? nextId(), type: type ?? (login.endsWith('[bot]') ? 'Bot' : 'User') };
    accounts.set(login.toLowerCase(), created);
    return created;
  };
  return {
    now,
    nextId,
    account,
    someone: (who) => (who === null ? null : account(who)),
    issueTypes: new Map(),
    repositories: new Map(),
    issuesByNode: new Map(),
    comments: new Map(),
  };
}

/** An opaque id of GraphQL's: the kind of thing, then its number where nobody should look for it. */
export function nodeId(prefix: string, id: number): string {
  return `${prefix}_kwDO${Buffer.from(String(id)).toString('base64url')}`;
}
