const LOOPBACK = /^(localhost|127(\.\d{1,3}){3}|\[::1\])$/;

/** The API of github.com. */
export const GITHUB_API = 'https://api.github.com';

/** Whether a host is this very machine. */
export function isLoopback(hostname: string): boolean {
  return LOOPBACK.test(hostname.toLowerCase());
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
