import type { Instant } from '../../../model/instant.js';
import { type Answer, graphqlErrors, header } from './outcome.js';

/** How long to be silent, and why. */
export interface Limit {
  readonly seconds: number;
  readonly reason: string;
}

const FIRST_PAUSE = 60;

/**
 * The pause that an answer demands; null when it is no refusal for asking too much. The order of obedience is GitHub's own:
 * `retry-after`, else the reset of a used-up limit, else a minute, and twice as long each time after (`earlier` refusals).
 * GraphQL says it with status 200. Source: GitHub's documentation, "Rate limits for the REST API".
 */
export function rateLimit(answer: Answer, earlier: number, now: Instant): Limit | null {
  if (!isLimited(answer)) return null;
  const after = Number(header(answer, 'retry-after') ?? Number.NaN);
  if (after >= 0) return { seconds: Math.max(1, after), reason: 'GitHub asked for a pause' };
  const reset = Number(header(answer, 'x-ratelimit-reset') ?? Number.NaN);
  if (isUsedUp(answer) && reset > 0) {
    return { seconds: secondsUntil(reset, answer, now), reason: 'the hourly limit of requests to GitHub is used up' };
  }
  return { seconds: FIRST_PAUSE * 2 ** earlier, reason: "GitHub's limit of requests in a short time" };
}

function isLimited(answer: Answer): boolean {
  const { status, data } = answer;
  if (status === 429) return true;
  if (status === 403) return header(answer, 'retry-after') !== null || isUsedUp(answer) || isLimitMessage(messageIn(data));
  return status === 200 && graphqlErrors(data).some(({ type, message }) => isLimitType(type) || isLimitMessage(message));
}

function isUsedUp(answer: Answer): boolean {
  return header(answer, 'x-ratelimit-remaining') === '0';
}

function isLimitType(type: string | null | undefined): boolean {
  return type === 'RATE_LIMITED' || type === 'RATE_LIMIT';
}

function isLimitMessage(message: string): boolean {
  return /\brate limit|abuse detection/i.test(message);
}

/** The server's own clock counts: ours may be wrong, or set by `--now`. One second more, because both are rounded. */
function secondsUntil(reset: number, answer: Answer, now: Instant): number {
  const server = Date.parse(header(answer, 'date') ?? now);
  return Math.max(0, Math.ceil(reset - server / 1000)) + 1;
}

function messageIn(data: unknown): string {
  return typeof data === 'object' && data !== null && 'message' in data ? String(data.message) : '';
}
