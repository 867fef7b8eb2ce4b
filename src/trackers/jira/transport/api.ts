import { TrackerError } from '../../../errors.js';
import type { Call, TrackerEnv } from '../../tracker.js';
import { siteName } from '../site.js';
import type { Credentials } from './credentials.js';
import { type Envelope, transport } from './http.js';
import { type ClientOptions, jiraClient } from './jira-client.js';
import type { WriteGate } from './pace.js';
import { refusal } from './refusal.js';
import { pauseBefore } from './retry.js';

/** A request for information. Searches are POST, because their queries are too long and too delicate for URLs. */
export interface ReadRequest {
  readonly path: string;
  readonly query?: Readonly<Record<string, string>>;
  /** Makes it a POST. */
  readonly body?: unknown;
  /** Instead of `/rest/api/2`. */
  readonly root?: string;
}

/** A request that changes something. */
export interface WriteRequest {
  readonly method: 'POST' | 'PUT' | 'DELETE';
  readonly path: string;
  readonly body?: unknown;
  /** Carried out twice it does no more than once, so that it may be repeated. */
  readonly idempotent?: boolean;
  /** 400 comes back as an answer: the caller looks at what Jira complains about. */
  readonly complains?: boolean;
}

/** The REST API of one site, as one account. Whatever is not a success is thrown as a TrackerError, never retried blindly. */
export interface Api {
  read(request: ReadRequest, call: Call): Promise<Envelope>;
  write(request: WriteRequest, call: Call): Promise<Envelope>;
}

/** What an API is reached by. */
export interface ApiOptions {
  /** The site as configured, for messages. */
  readonly site: string;
  /** Where requests go: the site itself, or the gateway. */
  readonly base: string;
  readonly apiVersion: '2' | '3';
  /** null: as nobody. */
  readonly credentials: Credentials | null;
  readonly gate: WriteGate;
  readonly env: Pick<TrackerEnv, 'version' | 'sleep'>;
}

/** An API for a site. Nothing is sent yet. */
export function openApi({ site, base, apiVersion, credentials, gate, env }: ApiOptions): Api {
  const client = jiraClient({ ...address(base), apiVersion, ...login(credentials), request: transport(env.version) });
  return {
    read({ path, query, body, root }, call) {
      const uri = client.makeUri({ pathname: path, ...(root === undefined ? {} : { intermediatePath: root }) });
      const method = body === undefined ? 'GET' : 'POST';
      return send(
        { isWrite: false, what: `${method} ${path}`, method, uri: uri + queryString(query), body, repeatable: true },
        call,
      );
    },
    write({ method, path, body, idempotent = false, complains = false }, call) {
      const uri = client.makeUri({ pathname: path });
      return send({ isWrite: true, what: `${method} ${path}`, method, uri, body, repeatable: idempotent, complains }, call);
    },
  };

  async function send(request: Sending, call: Call): Promise<Envelope> {
    const { what, repeatable } = request;
    for (let attempt = 1; ; attempt++) {
      const envelope = request.isWrite ? await inTurn(request, call) : await exchange(request, call);
      const source = credentials?.source ?? null;
      const error = refusal(envelope, { site, what, source, delicate: !repeatable });
      if (!error || (request.complains && envelope.status === 400 && error.kind === 'validation')) return envelope;
      if (envelope.status === 0 && repeatable) call.signal.throwIfAborted();
      const pause = error.kind === 'auth' ? null : pauseBefore(envelope, repeatable, attempt);
      if (!pause || (request.isWrite && pause.seconds > LONGEST_BEFORE_WRITE)) throw error;
      call.on({ type: 'wait', ...pause });
      await env.sleep(pause.seconds * 1000, call.signal);
    }
  }

  /** Each attempt of a write keeps the pace. */
  async function inTurn(request: Sending, call: Call): Promise<Envelope> {
    await gate.turn(call);
    try {
      return await exchange(request, call);
    } finally {
      gate.done();
    }
  }

  async function exchange({ method, uri, body }: Sending, call: Call): Promise<Envelope> {
    call.signal.throwIfAborted();
    const result = await client.doRequest(client.makeRequestHeader(uri, { method, body, signal: call.signal }));
    if (isEnvelope(result)) return result;
    throw new TrackerError('unexpected', `The answer of ${siteName(site)} was lost on its way.`);
  }
}

/** Seconds. What was read before a longer pause is too old to write on: whoever calls reads it again. */
const LONGEST_BEFORE_WRITE = 60;

interface Sending {
  readonly isWrite: boolean;
  readonly what: string;
  readonly method: string;
  readonly uri: string;
  readonly body: unknown;
  readonly repeatable: boolean;
  readonly complains?: boolean;
}

function isEnvelope(value: unknown): value is Envelope {
  return typeof value === 'object' && value !== null && 'status' in value && 'headers' in value;
}

/** jira-client wants the parts of a URL; its `host` must not hold a path, and an IPv6 address no brackets. */
function address(base: string): Pick<ClientOptions, 'protocol' | 'host' | 'port' | 'base'> {
  const { protocol, hostname, port, pathname } = new URL(base);
  return { protocol, host: hostname.replace(/^\[|\]$/g, ''), port: port || null, base: pathname.replace(/\/+$/, '') };
}

function login(credentials: Credentials | null): Pick<ClientOptions, 'username' | 'password' | 'bearer'> {
  if (credentials === null) return {};
  if (credentials.kind === 'bearer') return { bearer: credentials.token };
  return { username: credentials.user, password: credentials.password };
}

/** Our own, because jira-client's makeUri decodes what it has encoded. */
function queryString(query: Readonly<Record<string, string>> | undefined): string {
  return query ? `?${new URLSearchParams(query)}` : '';
}
