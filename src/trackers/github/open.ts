import { BugpruneError } from '../../errors.js';
import type { Tracker, TrackerEnv } from '../tracker.js';
import { apiOf, isSafeUrl } from './address.js';
import type { GithubSettings } from './settings.js';
import { findToken } from './token.js';
import { createTracker } from './tracker.js';
import { createClient } from './transport/client.js';

/** Opens a tracker on GitHub. Finds the token, and sends nothing yet. Throws `auth` without one, `config` for an unsafe URL. */
export async function openGithub(settings: GithubSettings, env: TrackerEnv): Promise<Tracker> {
  const url = apiOf(settings.url, env.variables);
  if (!isSafeUrl(url)) {
    throw new BugpruneError(
      'config',
      `A token may not be sent to ${URL.canParse(url) ? new URL(url).host : 'an address that is no URL'}.`,
      {
        hint: 'The API must be an https URL without user name or password; plain http is for this machine only.',
      },
    );
  }
  const credential = await findToken(settings, url, env);
  return createTracker(createClient(url, credential, milliseconds(settings.pace), env), settings, env);
}

/** `1.5s` is 1500. */
function milliseconds(pace: string): number {
  return Number(pace.slice(0, -1)) * 1000;
}
