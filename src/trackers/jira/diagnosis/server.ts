import type { Diagnosis } from '../../tracker.js';
import { siteName } from '../site.js';
import type { Envelope } from '../transport/http.js';
import type { Session } from '../transport/session.js';

/** Which Jira it is, and the way that requests take to it. */
export function serverKind({ flavour, version, isScoped }: Session, url: string): Diagnosis[] {
  const kind = flavour === 'cloud' ? 'Jira Cloud' : 'Jira Data Center';
  const is: Diagnosis = { severity: 'ok', message: `${siteName(url)} is ${kind}${version === null ? '' : ` ${version}`}.` };
  if (!isScoped) return [is];
  const message = 'The API token has scopes, so requests go through the gateway of Atlassian instead of to the site.';
  const hint =
    'Nothing to do, if it has the scopes read:jira-user, read:jira-work and, for closing, write:jira-work: permissions alone are not enough.';
  return [is, { severity: 'note', message, hint }];
}

/**
 * What is left of the rate limit, as the headers of an answer tell. Sources: Atlassian, "Rate limiting" (Cloud has no quota for API
 * tokens, only a limit for bursts) and "Adjusting your code for rate limiting" (Data Center has none unless an administrator sets one).
 */
export function rateLeft({ headers }: Pick<Envelope, 'headers'>, { flavour }: Pick<Session, 'flavour'>): Diagnosis {
  const limit = amount(headers['x-ratelimit-limit']);
  const remaining = amount(headers['x-ratelimit-remaining']);
  if (limit === null || remaining === null) {
    const who =
      flavour === 'cloud' ? 'Jira Cloud does not tell what is left of the rate limit for API tokens' : 'No rate limit is told of';
    return { severity: 'ok', message: `${who}; bugprune waits whenever it is asked to.` };
  }
  const message = `${remaining} of ${limit} requests of the rate limit are left.`;
  if (remaining * 5 >= limit && headers['x-ratelimit-nearlimit'] !== 'true') return { severity: 'ok', message };
  return {
    severity: 'note',
    message,
    hint: 'A large backlog may have to wait. Try again later, or when nothing else uses this account.',
  };
}

function amount(header: string | undefined): number | null {
  return header !== undefined && /^\d+$/.test(header) ? Number(header) : null;
}
