import { isLoopback } from '../../model/loopback.js';

/** A context path of plain segments: jira-client decodes whatever is encoded in a URL, and so would corrupt anything else. */
const CONTEXT_PATH = /^(\/[\w.~-]+)*$/;

/**
 * The base URL of a Jira in one form, without a slash at its end: `https://jira.example.com/jira`. Null when credentials may
 * not be sent there: https only, http on this machine; no user name or password, query or fragment in it.
 */
export function normalizeSite(text: string): string | null {
  if (!URL.canParse(text)) return null;
  const { protocol, hostname, origin, pathname, username, password, search, hash } = new URL(text);
  if (protocol !== 'https:' && !(protocol === 'http:' && isLoopback(hostname))) return null;
  const path = pathname.replace(/\/+$/, '');
  if (username || password || search || hash || !CONTEXT_PATH.test(path)) return null;
  return origin + path;
}

/** The address people and logs know a site by: `jira.example.com/jira`. */
export function siteName(site: string): string {
  return site.replace(/^https?:\/\//, '');
}
