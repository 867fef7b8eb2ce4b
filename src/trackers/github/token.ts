import { TrackerError } from '../../errors.js';
import type { TrackerEnv } from '../tracker.js';
import { hostOfApi, isLoopback } from './address.js';
import type { GithubSettings } from './settings.js';

/** A token, and in words where it came from. */
export interface Credential {
  readonly token: string;
  readonly source: string;
}

/**
 * The token for an API: from the variable the settings name, else from the usual ones, else from the `gh` program.
 * Announces it as a secret. Throws `auth` when there is none.
 */
export async function findToken(settings: Pick<GithubSettings, 'token'>, api: string, env: TrackerEnv): Promise<Credential> {
  const host = hostOfApi(api);
  const names = settings.token ? [settings.token.env] : usualVariables(api, env.variables);
  const found = fromVariables(names, env.variables) ?? (settings.token ? null : await fromGh(host, env));
  if (!found) throw noToken(names, host, settings.token === undefined);
  env.secret(found.token);
  if (!/^[\x21-\x7e]+$/.test(found.token)) {
    throw new TrackerError('auth', `The token for ${host} from ${found.source} has characters that no token has.`, {
      hint: 'Was it copied whole, and without quotes?',
    });
  }
  return found;
}

/**
 * The variables that may hold a token for this host: one site's token never goes to another. GITHUB_TOKEN belongs to
 * github.com, or to the server that GITHUB_API_URL names; for other servers `gh` has variables of their own.
 * Source: the manual of `gh`, "environment".
 */
function usualVariables(api: string, variables: TrackerEnv['variables']): readonly string[] {
  const { hostname, origin } = new URL(api);
  const host = hostOfApi(api);
  const own = variables.GITHUB_API_URL && URL.canParse(variables.GITHUB_API_URL) ? new URL(variables.GITHUB_API_URL).origin : '';
  const isOwn = host === 'github.com' || host.endsWith('.ghe.com') || origin === own || isLoopback(hostname);
  return isOwn ? ['GITHUB_TOKEN', 'GH_TOKEN'] : ['GH_ENTERPRISE_TOKEN', 'GITHUB_ENTERPRISE_TOKEN'];
}

function fromVariables(names: readonly string[], variables: TrackerEnv['variables']): Credential | null {
  for (const name of names) {
    const token = variables[name]?.trim();
    if (token) return { token, source: name };
  }
  return null;
}

async function fromGh(host: string, env: TrackerEnv): Promise<Credential | null> {
  const token = await env.run('gh', ['auth', 'token', '--hostname', host]);
  return token ? { token, source: 'gh auth token' } : null;
}

function noToken(names: readonly string[], host: string, gh: boolean): TrackerError {
  const list = names.join(' or ');
  return new TrackerError('auth', `There is no token for ${host}.`, {
    hint: gh
      ? `Set ${list}, or log in with: gh auth login --hostname ${host}`
      : `Set ${list}, which the settings name (token.env).`,
  });
}
