import { Octokit } from '@octokit/rest';
import type { Call, TrackerEnv } from '../../tracker.js';
import type { Credential } from '../token.js';
import { accessOf, apiFor, exchange } from './exchange.js';
import { nameNewPlace } from './moved.js';
import { outcomeOf } from './outcome.js';
import { trafficTo } from './traffic.js';

export type { Octokit };

/** The way to one GitHub server with one token. */
export interface Client {
  /** The API without a slash at its end: `https://api.github.com`. */
  readonly api: string;
  /** Octokit for one call. All its requests go through {@link exchange}, and throw a TrackerError when they fail. */
  for(call: Call): Octokit;
}

/** Milliseconds after which an answer is no longer waited for; octokit itself would wait forever. */
const TIMEOUT = 30_000;

const noop = () => undefined;
const silent = { debug: noop, info: noop, warn: noop, error: noop };

/** Makes a client. `pace`: the least number of milliseconds between two writes. Sends nothing yet. */
export function createClient(url: string, { token, source }: Credential, pace: number, env: TrackerEnv): Client {
  const api = url.replace(/\/+$/, '');
  const traffic = trafficTo(api, token, pace, env);
  const userAgent = `bugprune/${env.version}`;
  const bare = () => new Octokit({ auth: token, baseUrl: api, userAgent, log: silent, request: { log: silent } });
  return {
    api,
    for(call) {
      const octokit = bare();
      const look = async (address: string) => {
        await traffic.reads.turn('rest', call);
        const request = limitsOf(call);
        return await bare().request({ method: 'GET', url: address, request }).then(came, outcomeOf);
      };
      octokit.hook.wrap('request', (request, options) => {
        const { method, url: target = '/' } = options;
        const what = `${method} ${pathOf(octokit.request.endpoint({ ...options, url: target }).url, api)}`;
        const send = async () => {
          // The hook that adds the token is bound to this very object: what is changed in a copy would not be sent.
          options.headers['x-github-api-version'] = '2022-11-28';
          options.request = { ...options.request, ...limitsOf(call) };
          const outcome = await Promise.resolve(request(options)).then(came, outcomeOf);
          if (method !== 'GET' || !('answer' in outcome) || outcome.answer.status < 300) return outcome;
          return came(await nameNewPlace(outcome.answer, api, look));
        };
        return exchange(send, accessOf(method, target), what, { call, env, traffic, api: apiFor(target), source });
      });
      return octokit;
    },
  };
}

function came<A>(answer: A): { answer: A } {
  return { answer };
}

/**
 * What bounds each single attempt. A redirect is taken as an answer: followed, a write would change another repository
 * than was asked for (PATCH) or read instead (POST), and the token could get to another host.
 */
function limitsOf({ signal }: Call) {
  return { redirect: 'manual' as const, signal: AbortSignal.any([signal, AbortSignal.timeout(TIMEOUT)]) };
}

/** The path below the API, without the query: `/repos/acme/app/issues`. */
function pathOf(url: string, api: string): string {
  const { pathname } = new URL(url);
  const base = new URL(api).pathname.replace(/\/$/, '');
  return base && pathname.startsWith(`${base}/`) ? pathname.slice(base.length) : pathname;
}
