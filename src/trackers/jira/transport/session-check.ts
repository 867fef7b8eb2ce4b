import { TrackerError } from '../../../errors.js';
import { cleanText } from '../../../model/text.js';
import { siteName } from '../site.js';
import type { Circumstances, Envelope } from './http.js';

/**
 * Whether Jira took us for nobody although credentials were sent, which it does not say by the status: many paths answer 200,
 * with nothing or with what is public. Sources: header `x-seraph-loginreason` (Cloud and Data Center), `x-ausername: anonymous`
 * (Data Center), `x-authentication-denied-reason` with a CAPTCHA (Data Center).
 */
export function authProblem({ status, headers }: Envelope, { site, source, delicate }: Circumstances): TrackerError | null {
  if (source === null) return null;
  const name = siteName(site);
  // What an anonymous session was allowed to write has been written.
  const ambiguousWrite = delicate && status >= 200 && status < 300;
  const captcha = headers['x-authentication-denied-reason'] ?? '';
  if (/captcha/i.test(captcha)) {
    const login = /login-url=(\S+)/i.exec(captcha)?.[1];
    return new TrackerError('auth', `${name} asks for a CAPTCHA after too many failed logins, so no program can log in.`, {
      hint: `Log in once with a browser${login ? `: ${cleanText(login)}` : ''}. A personal access token (JIRA_TOKEN) avoids this.`,
    });
  }
  const reason = headers['x-seraph-loginreason'] ?? '';
  const denied = /AUTHENTICATED_FAILED|AUTHENTICATION_DENIED|AUTHORISATION_FAILED/.exec(reason)?.[0];
  if (denied || headers['x-ausername']?.toLowerCase() === 'anonymous') {
    const message = `${name} does not accept the credentials from ${source}: it took us for nobody${denied ? ` (${denied})` : ''}.`;
    return new TrackerError('auth', message, { hint: EXPIRED, ambiguousWrite });
  }
  if (status === 401) {
    return new TrackerError('auth', `${name} does not accept the credentials from ${source}.`, { hint: EXPIRED });
  }
  return null;
}

const EXPIRED = 'They may be wrong, expired or revoked; API tokens of Jira Cloud live for a year at most.';
