import { TrackerError, type TrackerErrorKind } from '../../../errors.js';
import { cleanText } from '../../../model/text.js';
import { type Answer, type GraphqlProblem, header, isReadable, isWebPage } from './outcome.js';

/** What an error message says besides what went wrong. */
export interface Circumstances {
  /** The request: `GET /repos/acme/app/issues`. */
  readonly what: string;
  /** Where the token came from: `GITHUB_TOKEN`. */
  readonly source: string;
  /** A write that may have been carried out although we do not know. */
  readonly ambiguousWrite: boolean;
}

const NEEDED =
  'Reading takes Issues: read and Metadata: read, closing takes Issues: write (fine-grained tokens and apps), ' +
  '`permissions: issues: write` (workflows) or the scope repo (classic tokens), and at least the triage role.';

const MOVED = 'It was renamed or transferred: use its new name.';

/** The error for an answer that is none of success. */
export function answerError(answer: Answer, { what, source, ambiguousWrite }: Circumstances): TrackerError {
  const { status } = answer;
  if (status < 500 && !isReadable(answer)) return unreadable(answer, what, ambiguousWrite);
  const said = saying(answer);
  const failed = (kind: TrackerErrorKind, message: string, hint?: string) =>
    new TrackerError(kind, message, { hint, ambiguousWrite });
  switch (true) {
    case status === 401:
      return failed('auth', `GitHub does not accept the token from ${source}${said}.`, 'It may have expired or been revoked.');
    case status === 403 || status === 451:
      return failed('permission', `GitHub does not allow ${what}${said}.`, singleSignOn(answer) ?? NEEDED);
    case status === 404:
      return failed('not-found', `GitHub found nothing for ${what}, or does not show it to this token${said}.`, NEEDED);
    case status === 409:
      return failed('conflict', `GitHub could not carry out ${what} at this moment${said}.`);
    case status === 410:
      return failed('gone', `What ${what} is about is gone${said}.`);
    case status === 422:
      return failed('validation', `GitHub refuses ${what}${said}.`);
    case status >= 300 && status < 400:
      return failed('gone', `What ${what} is about has moved to ${answer.movedTo ?? 'another place'}${said}.`, MOVED);
    case status >= 500:
      return failed('network', `GitHub is in trouble: ${what} failed${said}${perhaps(ambiguousWrite)}.`);
    default:
      return failed('unexpected', `GitHub answered ${what} in a way that is not understood${said}.`);
  }
}

/** The error for an answer that is no JSON: a web page of something in between, or one that was cut off. */
function unreadable(answer: Answer, what: string, ambiguousWrite: boolean): TrackerError {
  if (!isWebPage(answer)) {
    const message = `The answer to ${what} was cut off or is no JSON (${answer.status})${perhaps(ambiguousWrite)}.`;
    return new TrackerError('network', message, { ambiguousWrite });
  }
  return new TrackerError('unexpected', `${what} was answered with a web page (${answer.status}), not by GitHub's API.`, {
    hint: 'Is a proxy or a login page in between? Is url the API (GitHub Enterprise Server: https://HOST/api/v3)?',
    ambiguousWrite,
  });
}

/** The error as one that can be expected and told. Throws on what cannot: an interruption, a defect. */
export function expectedError(error: unknown, signal: AbortSignal): TrackerError {
  if (signal.aborted || !(error instanceof TrackerError)) throw error;
  return error;
}

/** The error for a request that was never answered. */
export function lostError(cause: unknown, { what, ambiguousWrite }: Circumstances): TrackerError {
  const { code, message } = deepest(cause);
  const reason = cleanText(message).slice(0, 200) || code || 'no reason given';
  return new TrackerError('network', `GitHub could not be reached for ${what}: ${reason}${perhaps(ambiguousWrite)}.`, {
    hint: /CERT|SELF_SIGNED|ISSUER/.test(code)
      ? 'Name the certificate of your proxy or server in NODE_EXTRA_CA_CERTS.'
      : 'Is the network up? Behind a proxy, Node 24 and newer needs NODE_USE_ENV_PROXY=1.',
    cause,
    ambiguousWrite,
  });
}

/** The error for a pause of so many seconds that is too long to wait for, and why it is needed. */
export function limitError(seconds: number, reason: string, ambiguousWrite: boolean): TrackerError {
  const message = `No more requests for now: ${reason}${perhaps(ambiguousWrite)}. Try again in ${inWords(seconds)}.`;
  return new TrackerError('rate-limit', message, { retryAfter: Math.ceil(seconds), ambiguousWrite });
}

/** `61 min`, `25 h`. */
function inWords(seconds: number): string {
  const minutes = Math.ceil(seconds / 60);
  return minutes <= 120 ? `${minutes} min` : `${Math.ceil(minutes / 60)} h`;
}

/** The error for what GraphQL could not do. Its errors come with types instead of a status. */
export function graphqlError(problems: readonly GraphqlProblem[], what: string): TrackerError {
  const [first] = problems;
  const said = cleanText(first?.message ?? 'no data').slice(0, 300);
  const sso = first?.extensions?.saml_failure ? 'Authorize the token for single sign-on, in the settings of your tokens.' : null;
  switch (first?.type) {
    case 'NOT_FOUND':
      return new TrackerError('not-found', `GitHub does not know ${what}, or does not show it to this token: ${said}`, {
        hint: NEEDED,
      });
    case 'FORBIDDEN':
    case 'INSUFFICIENT_SCOPES':
      return new TrackerError('permission', `GitHub does not allow reading ${what}: ${said}`, { hint: sso ?? NEEDED });
    default:
      return new TrackerError('unexpected', `GitHub could not tell about ${what}: ${said}`);
  }
}

/** GitHub's own words, on one line, with the status: ` (404: Not Found)`. */
function saying(answer: Answer): string {
  const { status, data } = answer;
  if (!isReadable(answer) || typeof data !== 'object' || data === null || !('message' in data)) return ` (${status})`;
  const details = 'errors' in data && Array.isArray(data.errors) ? data.errors.map(detail).filter(Boolean) : [];
  const words = cleanText([String(data.message), ...details].join(': ')).slice(0, 300);
  return ` (${status}: ${words})`;
}

function detail(entry: unknown): string {
  if (typeof entry !== 'object' || entry === null) return typeof entry === 'string' ? entry : '';
  const { message, field, code } = entry as Record<string, unknown>;
  return String(message ?? [field, code].filter(Boolean).join(' '));
}

/** Organizations may demand that a token be authorized for them; the header says where. */
function singleSignOn(answer: Answer): string | null {
  const url = /url=(\S+)/.exec(header(answer, 'x-github-sso') ?? '')?.[1];
  return url ? `Authorize the token for single sign-on: ${url}` : null;
}

/** The reason at the bottom of a chain of causes: octokit wraps fetch's error, which wraps the socket's. */
function deepest(error: unknown): { code: string; message: string } {
  let found = { code: '', message: '' };
  for (let cause = error; cause instanceof Error; cause = cause.cause) {
    const code = 'code' in cause ? String(cause.code) : '';
    found = { code: code || found.code, message: cause.message || code || found.message };
  }
  return found;
}

function perhaps(ambiguousWrite: boolean): string {
  return ambiguousWrite ? '; it may have been carried out all the same' : '';
}
