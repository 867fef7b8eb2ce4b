import type { Envelope } from './http.js';

/** How long to wait before a request is sent again, and why. */
export interface Pause {
  readonly seconds: number;
  readonly reason: string;
}

/** How often a request is sent at most. */
const ATTEMPTS = 4;

/** Whoever is to wait longer than this, in seconds, is better told so. */
const LONGEST = 900;

/** The request never left: whatever it was, it was not carried out. */
const NEVER_SENT = new Set(['ECONNREFUSED', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENETUNREACH']);

/**
 * Whether and when the same request may be sent again after `attempt` (1, 2, …) failed; null: not at all. A write only where it
 * was certainly not carried out: refused by the rate limit, or never sent. Source: Atlassian, "Rate limiting".
 */
export function pauseBefore(envelope: Envelope, repeatable: boolean, attempt: number): Pause | null {
  if (attempt >= ATTEMPTS) return null;
  const pause = pauseFor(envelope, repeatable, attempt);
  return pause && pause.seconds <= LONGEST ? pause : null;
}

function pauseFor(envelope: Envelope, repeatable: boolean, attempt: number): Pause | null {
  const { status, lost } = envelope;
  const backoff = 2 ** (attempt - 1);
  if (status === 429) {
    const why = envelope.headers['ratelimit-reason'];
    const reason = `Jira asked for a pause${why ? ` (${why.slice(0, 60)})` : ''}`;
    return { seconds: retryAfter(envelope) ?? 5 * backoff, reason };
  }
  if (status === 0 && (repeatable || NEVER_SENT.has(reasonCode(lost)))) {
    return isFinal(lost) ? null : { seconds: backoff, reason: 'Jira could not be reached' };
  }
  if (status >= 500 && status !== 501 && repeatable) {
    return { seconds: retryAfter(envelope) ?? backoff, reason: `Jira is in trouble (${status})` };
  }
  return null;
}

/** After how many seconds the server will listen again, where it said so: at least one, for Data Center may say 0. */
export function retryAfter({ headers }: Envelope): number | null {
  const after = headers['retry-after'];
  if (after !== undefined && /^\d+$/.test(after)) return Math.max(1, Number(after));
  // The server's own clock counts: ours may be wrong.
  const until = Date.parse(after ?? headers['x-ratelimit-reset'] ?? '');
  const seconds = Math.ceil((until - Date.parse(headers.date ?? '')) / 1000);
  return Number.isNaN(seconds) ? null : Math.max(1, seconds);
}

/** Names that do not exist and certificates that are not trusted stay so. */
function isFinal(lost: unknown): boolean {
  return /ENOTFOUND|CERT|SELF_SIGNED|ISSUER|ERR_TLS/.test(reasonCode(lost));
}

/** The code at the bottom of what fetch threw: `ECONNREFUSED`; empty where there is none. */
export function reasonCode(lost: unknown): string {
  let code = '';
  for (let cause = lost; cause instanceof Error; cause = cause.cause) {
    if ('code' in cause) code = String(cause.code);
    else if (cause instanceof AggregateError) code = reasonCode(cause.errors[0]) || code;
  }
  return code;
}
