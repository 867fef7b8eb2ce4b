import { TrackerError } from '../../../errors.js';
import type { TrackerEnv } from '../../tracker.js';
import type { JiraSettings } from '../settings.js';
import { siteName } from '../site.js';
import { basic } from './http.js';

/** Which of the two Jiras a site is. */
export type Flavour = 'cloud' | 'datacenter';

/** What goes along with a request, and in words where it came from. */
export type Credentials = { readonly source: string } & (
  | { readonly kind: 'basic'; readonly user: string; readonly password: string }
  | { readonly kind: 'bearer'; readonly token: string }
);

/**
 * The credentials for a site, from environment variables only. Cloud takes an e-mail address with an API token, Data Center a
 * personal access token, or user and password. Announces all of it as secrets. Throws `auth` when there are none.
 */
export function findCredentials(settings: Pick<JiraSettings, 'url' | 'token'>, flavour: Flavour, env: TrackerEnv): Credentials {
  const found = flavour === 'cloud' ? onCloud(settings, env) : onDataCenter(settings, env);
  if (!found) throw noCredentials(settings, flavour);
  return announced(found, settings.url, env);
}

function onCloud({ token }: Pick<JiraSettings, 'token'>, { variables }: TrackerEnv): Credentials | null {
  const name = token?.env ?? 'JIRA_API_TOKEN';
  const user = value(variables.JIRA_EMAIL);
  const password = value(variables[name]);
  return user && password ? { kind: 'basic', user, password, source: `JIRA_EMAIL and ${name}` } : null;
}

function onDataCenter({ token: setting }: Pick<JiraSettings, 'token'>, { variables }: TrackerEnv): Credentials | null {
  const name = setting?.env ?? 'JIRA_TOKEN';
  const token = value(variables[name]);
  if (token) return { kind: 'bearer', token, source: name };
  const user = value(variables.JIRA_USER);
  const password = variables.JIRA_PASSWORD;
  return !setting && user && password ? { kind: 'basic', user, password, source: 'JIRA_USER and JIRA_PASSWORD' } : null;
}

function value(text: string | undefined): string {
  return text?.trim() ?? '';
}

function announced(found: Credentials, site: string, env: TrackerEnv): Credentials {
  if (found.kind === 'basic') {
    env.secret(found.password);
    env.secret(basic(found.user, found.password));
    return found;
  }
  env.secret(found.token);
  if (!/^[\x21-\x7e]+$/.test(found.token)) {
    throw new TrackerError('auth', `The token for ${siteName(site)} from ${found.source} has characters that no token has.`, {
      hint: 'Was it copied whole, and without quotes?',
    });
  }
  return found;
}

function noCredentials({ url, token }: Pick<JiraSettings, 'url' | 'token'>, flavour: Flavour): TrackerError {
  const cloud = `Set JIRA_EMAIL, and ${token?.env ?? 'JIRA_API_TOKEN'} to an API token (id.atlassian.com, Security, API tokens).`;
  const dataCenter = token
    ? `Set ${token.env}, which the settings name, to a personal access token.`
    : 'Set JIRA_TOKEN to a personal access token, or JIRA_USER and JIRA_PASSWORD.';
  const kind = flavour === 'cloud' ? 'Jira Cloud' : 'Jira Data Center';
  return new TrackerError('auth', `There are no credentials for ${siteName(url)} (${kind}).`, {
    hint: flavour === 'cloud' ? cloud : dataCenter,
  });
}
