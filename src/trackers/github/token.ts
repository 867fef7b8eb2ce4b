import { TrackerError } from '../../errors.js';
import { isLoopback } from '../../model/loopback.js';
import type { TrackerEnv } from '../tracker.js';
import { apiOf, hostOfApi, isGithubs } from './address.js';
import type { GithubSettings } from './settings.js';

/** A token, and in words where it came from. */
export interface Credential {
  readonly token: string;
  readonly source: string;
}

type Variables = TrackerEnv['variables'];

/** The variables that belong to one place, see {@link isHome}. */
const USUAL = ['GITHUB_TOKEN', 'GH_TOKEN'];
/** For every other server, as `gh` has it. Source: the manual of `gh`, "environment". */
const ENTERPRISE = ['GH_ENTERPRISE_TOKEN', 'GITHUB_ENTERPRISE_TOKEN'];

/**
 * The token for an API: from the variable the settings name, else from the usual ones, else from the `gh` program.
 * Announces it as a secret. Throws `auth` when there is none.
 */
export async function findToken(settings: Pick<GithubSettings, 'token'>, api: string, env: TrackerEnv): Promise<Credential> {
  const host = hostOfApi(api);
  const names = settings.token ? [settings.token.env] : usualVariables(api, env.variables);
  const found = fromVariables(names, env.variables) ?? (settings.token ? null : await fromGh(host, names, env));
  if (!found) throw settings.token ? noNamedToken(settings.token.env, host) : noToken(names, host, env.variables);
  env.secret(found.token);
  if (!/^[\x21-\x7e]+$/.test(found.token)) {
    throw new TrackerError('auth', `The token for ${host} from ${found.source} has characters that no token has.`, {
      hint: 'Was it copied whole, and without quotes?',
    });
  }
  return found;
}

/**
 * Which of the usual variables would be sent, and to which host; null where the settings name their own, or none is set: what
 * `gh` has stored, it has for each host.
 */
export function usualCredentials(
  { url, token }: Pick<GithubSettings, 'url' | 'token'>,
  variables: Variables,
): { from: string; host: string } | null {
  const api = apiOf(url, variables);
  if (token || !URL.canParse(api)) return null;
  const found = fromVariables(usualVariables(api, variables), variables);
  return found && { from: found.source, host: hostOfApi(api) };
}

/** The variables that may hold a token for this API: one site's token never goes to another. */
function usualVariables(api: string, variables: Variables): readonly string[] {
  if (isHome(api, variables)) return USUAL;
  return isGithubs(hostOfApi(api)) ? [] : ENTERPRISE;
}

/**
 * Whether GITHUB_TOKEN and GH_TOKEN belong to an API: where GITHUB_API_URL is set, as in every workflow, they are for that server
 * alone, even if nobody can tell which it is.
 */
function isHome(api: string, { GITHUB_API_URL: own }: Variables): boolean {
  const host = hostOfApi(api);
  // What runs on this machine is trusted with what this machine knows.
  if (isLoopback(host)) return true;
  if (own) return URL.canParse(own) && hostOfApi(own) === host;
  return isGithubs(host);
}

function fromVariables(names: readonly string[], variables: Variables): Credential | null {
  for (const name of names) {
    const token = variables[name]?.trim();
    if (token) return { token, source: name };
  }
  return null;
}

/** `gh` prefers variables to what it has stored, so it may give the very token that belongs elsewhere. Source: its manual. */
async function fromGh(host: string, names: readonly string[], env: TrackerEnv): Promise<Credential | null> {
  const token = await env.run('gh', ['auth', 'token', '--hostname', host]);
  const foreign = [...USUAL, ...ENTERPRISE].filter((name) => !names.includes(name));
  if (!token || foreign.some((name) => env.variables[name]?.trim() === token)) return null;
  return { token, source: 'gh auth token' };
}

function noNamedToken(name: string, host: string): TrackerError {
  return new TrackerError('auth', `There is no token for ${host}.`, {
    hint: `Set ${name}, which the settings name (token.env).`,
  });
}

function noToken(names: readonly string[], host: string, variables: Variables): TrackerError {
  const set = names.length > 0 ? `Set ${names.join(' or ')}` : 'Name a variable in the settings, token: { env: ACME_TOKEN }';
  const unused = USUAL.filter((name) => !names.includes(name) && variables[name]?.trim());
  const login = `${set}, or log in with: gh auth login --hostname ${host}`;
  if (unused.length === 0) return new TrackerError('auth', `There is no token for ${host}.`, { hint: login });
  const left = `${unused.join(' and ')} ${unused.length === 1 ? 'was' : 'were'} not used: ${ownerOf(variables)}`;
  const unset = isGithubs(host) ? ` (without ${unused.join(' and ')}, which gh prefers)` : '';
  return new TrackerError('auth', `There is no token for ${host}. ${left}.`, { hint: login + unset });
}

/** Why the usual variables belong elsewhere. The URL itself is not shown: it may have a password in it. */
function ownerOf({ GITHUB_API_URL: own }: Variables): string {
  if (!own) return 'without GITHUB_API_URL, tokens there are for github.com';
  return URL.canParse(own) ? `with GITHUB_API_URL, tokens there are for ${hostOfApi(own)}` : 'GITHUB_API_URL is no URL';
}
