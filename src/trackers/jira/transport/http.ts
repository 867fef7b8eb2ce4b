import type { ClientRequest } from './jira-client.js';

/** What an error message says besides what went wrong. */
export interface Circumstances {
  /** The site as configured. */
  readonly site: string;
  /** The request: `GET /issue/ERP-12`. */
  readonly what: string;
  /** Where the credentials came from; null where none were sent. */
  readonly source: string | null;
  /** Not to be sent twice: a write that is not idempotent. */
  readonly delicate: boolean;
}

/** What came back for a request, or why nothing did. */
export interface Envelope {
  /** 0 where no answer came. */
  readonly status: number;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  /** JSON as it was understood, else the text; undefined where there is none. */
  readonly body: unknown;
  /** Why no answer came. */
  readonly lost?: unknown;
}

/** How long an answer may take, in milliseconds. */
export const TIMEOUT = 30_000;

/**
 * The transport under jira-client: one exchange with Node's fetch, which keeps connections alive. It follows no redirect, since
 * that would turn a write into a harmless-looking read, and never throws, since jira-client would lose the reason.
 */
export function transport(version: string): (request: ClientRequest) => Promise<Envelope> {
  return async ({ uri, method, body, auth, signal }) => {
    try {
      const response = await fetch(uri, {
        method,
        headers: headers(version, method, body, auth),
        redirect: 'manual',
        signal: AbortSignal.any([signal, AbortSignal.timeout(TIMEOUT)]),
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      });
      const text = await response.text();
      return { status: response.status, headers: Object.fromEntries(response.headers), body: understood(text) };
    } catch (lost) {
      return { status: 0, headers: {}, body: undefined, lost };
    }
  };
}

function headers(version: string, method: string, body: unknown, auth: ClientRequest['auth']): Record<string, string> {
  return {
    accept: 'application/json',
    'user-agent': `bugprune/${version}`,
    ...(body === undefined ? {} : { 'content-type': 'application/json' }),
    // Without it Jira takes some writes for forged ones of a browser.
    ...(method === 'GET' ? {} : { 'x-atlassian-token': 'no-check' }),
    ...(auth ? { authorization: authorization(auth) } : {}),
  };
}

/** The value of the header Authorization. */
function authorization({ bearer, user = '', pass = '' }: NonNullable<ClientRequest['auth']>): string {
  return bearer === undefined ? `Basic ${basic(user, pass)}` : `Bearer ${bearer}`;
}

/** User and password as they travel: as secret as they are. */
export function basic(user: string, password: string): string {
  return Buffer.from(`${user}:${password}`).toString('base64');
}

function understood(text: string): unknown {
  if (text === '') return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
