import type { FakeUser } from './model.js';
import { type Answer, refuse } from './request.js';
import type { JiraFlavour } from './session.js';
import { findUser, type JiraStore } from './store.js';

export interface Credentials {
  /** Cloud. */
  readonly email: string;
  readonly apiToken: string;
  /** Data Center. */
  readonly user: string;
  readonly password: string;
  readonly personalToken: string;
}

export const DEFAULT_CREDENTIALS: Credentials = {
  email: 'lead@example.test',
  apiToken: 'test-token',
  user: 'lead',
  password: 'test-password',
  personalToken: 'test-token',
};

/** Who asks, and what the answer's headers say about that; or a refusal. */
export interface Login {
  readonly viewer: FakeUser | null;
  readonly headers: Readonly<Record<string, string>>;
  readonly refused?: Answer;
}

/** So many wrong passwords and Data Center asks for a CAPTCHA. */
const PATIENCE = 3;

/**
 * Credentials that are not accepted make an anonymous visitor, not an error; only a header tells. That is how both flavours
 * treat expired tokens on endpoints that anonymous visitors may use.
 */
export function login(flavour: JiraFlavour, store: JiraStore, credentials: Credentials, header: string | undefined): Login {
  const account = findUser(store, store.account);
  if (!account) throw new Error(`The Jira stand-in knows no user ${store.account}, whose credentials it is to accept`);
  return flavour === 'cloud' ? cloudLogin(account, credentials, header) : serverLogin(store, account, credentials, header);
}

function cloudLogin(account: FakeUser, { email, apiToken }: Credentials, header: string | undefined): Login {
  if (header === undefined) return { viewer: null, headers: {} };
  if (header === basic(email, apiToken))
    return { viewer: account, headers: { 'x-aaccountid': encodeURIComponent(account.accountId) } };
  return { viewer: null, headers: { 'x-seraph-loginreason': 'AUTHENTICATED_FAILED' } };
}

function basic(user: string, password: string): string {
  return `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`;
}

function serverLogin(store: JiraStore, account: FakeUser, credentials: Credentials, header: string | undefined): Login {
  if (header === `Bearer ${credentials.personalToken}`) return known(account);
  if (!header?.startsWith('Basic ')) return anonymous(header === undefined ? undefined : 'AUTHENTICATED_FAILED');
  const [name = ''] = Buffer.from(header.slice('Basic '.length), 'base64').toString().split(':');
  const tried = findUser(store, name === credentials.user ? account.name : name);
  if (tried?.locked) return lockedOut();
  if (header === basic(credentials.user, credentials.password)) {
    account.failedLogins = 0;
    return known(account);
  }
  if (tried) {
    tried.failedLogins += 1;
    tried.locked = tried.failedLogins >= PATIENCE;
  }
  return anonymous('AUTHENTICATED_FAILED');
}

function known(account: FakeUser): Login {
  return { viewer: account, headers: { 'x-ausername': account.name, 'x-seraph-loginreason': 'OK' } };
}

function anonymous(reason: string | undefined): Login {
  return { viewer: null, headers: { 'x-ausername': 'anonymous', ...(reason && { 'x-seraph-loginreason': reason }) } };
}

/** Nothing but a login in a browser helps now, not even the right password. */
function lockedOut(): Login {
  const headers = {
    'x-ausername': 'anonymous',
    'x-seraph-loginreason': 'AUTHENTICATION_DENIED',
    'x-authentication-denied-reason': 'CAPTCHA_CHALLENGE; login-url=http://127.0.0.1/login.jsp',
  };
  const page = '<html><body><h1>Forbidden (403)</h1><p>CAPTCHA_CHALLENGE</p></body></html>';
  return { viewer: null, headers, refused: { status: 403, body: page } };
}

/** Browsers may not write from other sites; a `User-Agent` like a browser's is enough to be taken for one. */
export function refuseBrowser(method: string, headers: Readonly<Record<string, string>>): Answer | undefined {
  const browser = /^Mozilla\//.test(headers['user-agent'] ?? '') && headers['x-atlassian-token'] !== 'no-check';
  return browser && method !== 'GET' ? { status: 403, body: 'XSRF check failed' } : undefined;
}

/** Bodies must say that they are JSON. */
export function refuseMediaType(hasBody: boolean, headers: Readonly<Record<string, string>>): Answer | undefined {
  const json = headers['content-type']?.startsWith('application/json');
  return hasBody && !json ? refuse(415, 'Unsupported Media Type') : undefined;
}
