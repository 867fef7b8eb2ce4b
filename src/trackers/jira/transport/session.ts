import { z } from 'zod';
import { TrackerError } from '../../../errors.js';
import { isLoopback } from '../../../model/loopback.js';
import type { Call, TrackerEnv } from '../../tracker.js';
import type { JiraSettings } from '../settings.js';
import { siteName } from '../site.js';
import { understand } from './answers.js';
import { type Api, openApi } from './api.js';
import { type Credentials, type Flavour, findCredentials } from './credentials.js';
import { type Once, once } from './once.js';
import { type WriteGate, writeGate } from './pace.js';

/** Who we are: `id` is the accountId on Cloud, the user name on Data Center. */
export interface Self {
  readonly id: string;
  readonly name: string;
}

/** A site that has told what it is and whom it takes us for. */
export interface Session {
  readonly flavour: Flavour;
  /** Null where a proxy tells it to nobody that it does not know. */
  readonly version: string | null;
  /** Whether requests go through Atlassian's gateway, because the token has scopes. */
  readonly isScoped: boolean;
  readonly self: Self;
  readonly api: Api;
}

/** Connects when first asked to. Its pace counts from now on: another tracker of the host may write before this one does. */
export function connection(settings: JiraSettings, env: TrackerEnv): Once<Session> {
  const gate = writeGate(Number.parseFloat(settings.pace) * 1000, new URL(settings.url).host, env);
  return once((call) => connect(settings, gate, env, call));
}

async function connect(settings: JiraSettings, gate: WriteGate, env: TrackerEnv, call: Call): Promise<Session> {
  const open = (base: string, apiVersion: '2' | '3', credentials: Credentials | null) =>
    openApi({ site: settings.url, base, apiVersion, credentials, gate, env });
  const nobody = open(settings.url, '2', null);
  const server = await askServer(nobody, settings, call);
  const { flavour } = server;
  const apiVersion = flavour === 'cloud' ? '3' : '2';
  const credentials = findCredentials(settings, flavour, env);
  const api = open(settings.url, apiVersion, credentials);
  try {
    return { ...server, isScoped: false, self: await askSelf(api, settings, call), api };
  } catch (error) {
    if (flavour !== 'cloud' || !(error instanceof TrackerError) || error.kind !== 'auth') throw error;
    const base = await gateway(nobody, settings, call);
    if (base === null) throw error;
    const scoped = open(base, apiVersion, credentials);
    // What the gateway says about a token that is simply wrong is no better than what the site said.
    const self = await askSelf(scoped, settings, call).catch((second: unknown) => {
      throw second instanceof TrackerError && second.kind === 'auth' ? error : second;
    });
    return { ...server, isScoped: true, self, api: scoped };
  }
}

const serverInfo = z.object({
  deploymentType: z.string().nullish(),
  version: z.string().nullish(),
  baseUrl: z.string().nullish(),
});

/**
 * Asked without credentials, which so go to nothing that is no Jira. Source: `GET serverInfo` may be called by anyone. A Data Center
 * behind a proxy may want credentials even for that, Cloud never does.
 */
async function askServer(nobody: Api, { url }: JiraSettings, call: Call): Promise<Pick<Session, 'flavour' | 'version'>> {
  const answer = await nobody.read({ path: '/serverInfo' }, call).catch((error: unknown) => {
    if (error instanceof TrackerError && (error.kind === 'auth' || error.kind === 'permission')) return null;
    throw error;
  });
  if (answer === null) return { flavour: 'datacenter', version: null };
  const info = understand(serverInfo, answer, 'itself');
  if (!info.deploymentType && !info.version) {
    const hint = 'Is url the base URL, with its context path?';
    throw new TrackerError('unexpected', `${siteName(url)} does not look like a Jira.`, { hint });
  }
  return { flavour: info.deploymentType?.toLowerCase() === 'cloud' ? 'cloud' : 'datacenter', version: info.version ?? null };
}

const myself = z.object({ accountId: z.string().nullish(), name: z.string().nullish(), displayName: z.string().nullish() });

async function askSelf(api: Api, { url }: JiraSettings, call: Call): Promise<Self> {
  const { accountId, name, displayName } = understand(myself, await api.read({ path: '/myself' }, call), 'this account');
  const id = accountId || name;
  if (!id || id === 'anonymous')
    throw new TrackerError('auth', `${siteName(url)} took us for nobody although credentials were sent.`);
  return { id, name: displayName || id };
}

const tenantInfo = z.object({ cloudId: z.string().regex(/^[\w-]{1,64}$/) });

/**
 * Where API tokens with scopes are accepted, which the site itself refuses with 401: Atlassian's gateway, under the site's cloud
 * id. A site on this machine is its own gateway. Null when the site does not tell its id.
 */
async function gateway(nobody: Api, { url }: JiraSettings, call: Call): Promise<string | null> {
  const envelope = await nobody.read({ path: '/tenant_info', root: '/_edge' }, call).catch((error: unknown) => {
    if (error instanceof TrackerError) return null;
    throw error;
  });
  const { data } = tenantInfo.safeParse(envelope?.body);
  const { origin, hostname } = new URL(url);
  return data ? `${isLoopback(hostname) ? origin : 'https://api.atlassian.com'}/ex/jira/${data.cloudId}` : null;
}
