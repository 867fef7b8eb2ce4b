import type { Load } from './minute.js';
import type { Permission } from './records.js';
import type { FakeRequest } from './request.js';
import type { GithubStore } from './store.js';

/**
 * What goes wrong with a request: the connection dies before or after the request took effect, or another answer comes
 * instead of any effect (a text is sent as HTML, anything else as JSON), or the answer takes its time (milliseconds).
 */
export type Fault =
  | { readonly drop: 'before' | 'after' }
  | { readonly status: number; readonly headers?: Record<string, string>; readonly body?: unknown }
  | { readonly delay: number };

export interface GithubFakeOptions {
  readonly store: GithubStore;
  /** `test-token` unless said. */
  readonly token?: string;
  /** Whose token it is: the user `octocat` unless said. An app's login gets its `[bot]` where it lacks one. */
  readonly viewer?: { readonly login: string; readonly type: 'User' | 'Bot' };
  /** GitHub Enterprise Server: REST under `/api/v3`, GraphQL under `/api/graphql`, no rate limits. */
  readonly enterprise?: boolean;
  /** Fields that this server is too old to have: `Issue.closedByPullRequestsReferences`. */
  readonly lacks?: readonly string[];
  /** Called for each request, for the first one with count 1. */
  readonly fault?: (request: FakeRequest, count: number) => Fault | undefined;
  /** The clock of what comes in through the APIs: the store's unless said. */
  readonly now?: () => string;
  /** A clock in milliseconds. With it, the limits of a minute hold as well: 900 points of REST, 2,000 of GraphQL, 100 requests at once. */
  readonly elapsed?: () => number;
  /** What the token may do in every repository that does not say otherwise: WRITE unless said. */
  readonly permission?: Permission;
  /** The most rows of a REST page, whatever `per_page` says: 100 unless said. */
  readonly pageSize?: number;
  /** False on a server that counts the pages of issues instead of remembering where one ended: what moves up is skipped there. */
  readonly cursors?: boolean;
}

export interface GithubFake extends AsyncDisposable {
  /** The base URL of REST, without a slash at the end. */
  readonly url: string;
  /** Every request so far, the refused and faulted ones too. */
  readonly requests: readonly FakeRequest[];
  /** Where requests or answers break GitHub's own description, where a query is invalid, and what the stand-in does not serve. */
  readonly violations: readonly string[];
  readonly store: GithubStore;
  /** The most that was asked for at a time. */
  readonly load: Load;
  close(): Promise<void>;
}
