import { isLoopback } from '../../model/loopback.js';

/** The API of github.com. */
export const GITHUB_API = 'https://api.github.com';

/** The API that settings mean: their own, else the one that GITHUB_API_URL names, else that of github.com. May be no URL at all. */
export function apiOf(url: string | undefined, { GITHUB_API_URL }: Readonly<Record<string, string | undefined>>): string {
  return url ?? (GITHUB_API_URL || GITHUB_API);
}

/** Whether a host as of {@link hostOfApi} is run by GitHub: github.com, or one with data residency. */
export function isGithubs(host: string): boolean {
  return host === 'github.com' || host.endsWith('.ghe.com');
}

/** Whether an API is that of a GitHub Enterprise Server, which may be years old. Source: as for {@link apiOfHost}. */
export function isServer(api: string): boolean {
  return !isGithubs(hostOfApi(api)) && /\/api\/v3\/*$/.test(new URL(api).pathname);
}

/** Whether a token may be sent to a URL: https, or http on this machine; no user name or password in it. */
export function isSafeUrl(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const { protocol, hostname, username, password } = new URL(text);
  if (username || password) return false;
  return protocol === 'https:' || (protocol === 'http:' && isLoopback(hostname));
}

/**
 * The API that belongs to the host of a web address. GitHub Enterprise Server: `https://HOST/api/v3`; with data
 * residency: `https://api.NAME.ghe.com`. Source: GitHub's REST documentation, "Getting started".
 */
export function apiOfHost(origin: string): string {
  const { hostname } = new URL(origin);
  if (hostname === 'github.com') return GITHUB_API;
  return hostname.endsWith('.ghe.com') ? `https://api.${hostname}` : `${origin}/api/v3`;
}

/** The host that people and `gh` know an API by: `github.com` for `https://api.github.com`. */
export function hostOfApi(api: string): string {
  const { hostname, host } = new URL(api);
  return hostname === 'api.github.com' || hostname.endsWith('.ghe.com') ? hostname.replace(/^api\./, '') : host;
}
