import { z } from 'zod';
import { TrackerError, type TrackerErrorKind } from '../../../errors.js';
import { cleanText } from '../../../model/text.js';
import { siteName } from '../site.js';
import { type Circumstances, type Envelope, TIMEOUT } from './http.js';
import { reasonCode, retryAfter } from './retry.js';
import { authProblem } from './session-check.js';

/** The error for an exchange that did not end as it should; null for one that did: 2xx, with JSON or nothing in it. */
export function refusal(envelope: Envelope, circumstances: Circumstances): TrackerError | null {
  const { status, body } = envelope;
  if (status === 0) return lostError(envelope, circumstances);
  const auth = authProblem(envelope, circumstances);
  if (auth) return auth;
  if (status >= 200 && status < 300) return typeof body === 'string' ? unreadable(envelope, circumstances) : null;
  if (status >= 300 && status < 400) return redirected(envelope, circumstances);
  return refused(envelope, circumstances);
}

const KINDS: Partial<Record<number, TrackerErrorKind>> = {
  401: 'auth',
  403: 'permission',
  404: 'not-found',
  409: 'conflict',
  410: 'gone',
  429: 'rate-limit',
};

function refused(envelope: Envelope, { site, what, delicate }: Circumstances): TrackerError {
  const { status } = envelope;
  const kind = KINDS[status] ?? (status >= 500 ? 'network' : 'validation');
  const after = status === 429 || status === 503 ? retryAfter(envelope) : null;
  const ambiguousWrite = delicate && status >= 500;
  const message = `${siteName(site)} answered ${what} with ${status}: ${words(envelope)}${ambiguousWrite ? PERHAPS : ''}`;
  return new TrackerError(kind, message, { hint: HINTS[kind], ambiguousWrite, ...(after === null ? {} : { retryAfter: after }) });
}

const HINTS: Partial<Record<TrackerErrorKind, string>> = {
  permission: 'Ask an administrator of the project for the permission, or use another account.',
  'not-found': 'It does not exist, or this account may not see it; Jira does not tell which.',
  'rate-limit': 'Too many requests from this site or account. Try again later.',
};

const PERHAPS = ' It may have been carried out all the same.';

/** A login page, or the page of a proxy, where an answer of Jira's should be. */
function unreadable({ body }: Envelope, { site, what, delicate }: Circumstances): TrackerError {
  const isPage = /^\s*</.test(String(body));
  return new TrackerError(
    isPage ? 'auth' : 'unexpected',
    `${siteName(site)} answered ${what} with ${isPage ? 'a web page' : 'something'} instead of JSON.`,
    { hint: 'A login page or a proxy in between? Is url the base URL of Jira, with its context path?', ambiguousWrite: delicate },
  );
}

function redirected({ status, headers }: Envelope, { site, what }: Circumstances): TrackerError {
  const location = headers.location ?? '';
  const target = URL.canParse(location, site) ? new URL(location, site) : null;
  const message = `${siteName(site)} answered ${what} with a redirect (${status}), which is not followed.`;
  if (!target) return new TrackerError('unexpected', message);
  if (/log-?in|sso|saml|oauth/i.test(target.pathname)) return new TrackerError('auth', `${message} It leads to a login.`);
  const base = target.origin + target.pathname.replace(/\/(rest|_edge)\/.*$/, '').replace(/\/+$/, '');
  return new TrackerError('unexpected', message, { hint: `Its base URL seems to be ${cleanText(base)}: set url to that.` });
}

function lostError({ lost }: Envelope, { site, what, delicate }: Circumstances): TrackerError {
  const code = reasonCode(lost);
  const timedOut = lost instanceof Error && lost.name === 'TimeoutError';
  const why = timedOut ? `no answer within ${TIMEOUT / 1000} s` : code || 'the connection was lost';
  const ambiguousWrite = delicate && !/ECONNREFUSED|ENOTFOUND|EAI_AGAIN|UNREACH|CERT/.test(code);
  const message = `${siteName(site)} could not be reached for ${what}: ${why}.${ambiguousWrite ? PERHAPS : ''}`;
  const hint = /CERT|SELF_SIGNED|ISSUER/.test(code)
    ? 'Name the certificate of your proxy or server in NODE_EXTRA_CA_CERTS.'
    : 'Is the network up, and url right? Behind a proxy, Node 24 and newer needs NODE_USE_ENV_PROXY=1.';
  return new TrackerError('network', message, { hint, cause: lost, ambiguousWrite });
}

const errorCollection = z.object({
  errorMessages: z.array(z.string()).catch([]).default([]),
  errors: z.record(z.string(), z.string()).catch({}).default({}),
  message: z.string().optional().catch(undefined),
});

/** What Jira complains about, apart: by field, and the rest. */
export interface Complaints {
  readonly fields: Readonly<Record<string, string>>;
  readonly messages: readonly string[];
}

/** The complaints of an answer `{errorMessages, errors}`; the gateway and unknown paths answer `{message}`. */
export function complaints({ body }: Envelope): Complaints {
  const { data } = errorCollection.safeParse(body);
  return { fields: data?.errors ?? {}, messages: [...(data?.errorMessages ?? []), ...(data?.message ? [data.message] : [])] };
}

/** Jira's own words on one line. */
export function words(envelope: Envelope): string {
  const { fields, messages } = complaints(envelope);
  const lines = [...messages, ...Object.entries(fields).map(([field, message]) => `${field}: ${message}`)];
  const said = cleanText(lines.join(' ')).slice(0, 500);
  return said || (typeof envelope.body === 'string' ? 'a web page, not JSON.' : 'no reason given.');
}
