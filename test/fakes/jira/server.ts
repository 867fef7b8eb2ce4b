import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Credentials, DEFAULT_CREDENTIALS, type Login, login, refuseBrowser, refuseMediaType } from './auth.js';
import { contractOf } from './contract.js';
import type { Permission } from './model.js';
import { type Answer, type FakeRequest, type Fault, isWrite, refuse } from './request.js';
import { answerApi, apiPath, noSuchPath } from './routes/table.js';
import type { JiraFlavour, Searches, Session } from './session.js';
import type { JiraStore } from './store.js';

export interface JiraFakeOptions {
  flavour: JiraFlavour;
  store: JiraStore;
  /** What the server accepts as the store's account. Defaults: see `DEFAULT_CREDENTIALS`. */
  credentials?: Partial<Credentials>;
  /** Data Center below a folder: `/jira`. */
  contextPath?: string;
  /** Cloud: the token has scopes, so the site answers it with 401 and only the gateway `/ex/jira/CLOUDID` of this server takes it. */
  scopedToken?: boolean;
  /** What to do instead of answering properly; `count` is the number of requests so far, this one included. */
  fault?: (request: FakeRequest, count: number) => Fault | undefined;
  /** The server's clock, as ISO text; the store's unless given. */
  now?: () => string;
  /** The most rows of any page. */
  pageSize?: number;
  permissions?: Partial<Record<Permission, boolean>>;
}

export interface JiraFake extends AsyncDisposable {
  /** The site's address with the context path, without a slash at the end. */
  readonly url: string;
  readonly requests: readonly FakeRequest[];
  /** What did not fit Atlassian's description of the API, and what the stand-in could not answer truly. Should stay empty. */
  readonly violations: readonly string[];
  readonly store: JiraStore;
  close(): Promise<void>;
}

/** The id of the site at the gateway. */
export const CLOUD_ID = '11111111-2222-4333-8444-555555555555';
const GATEWAY = `/ex/jira/${CLOUD_ID}`;

/** Starts a Jira on a free port of this machine. */
export async function startJira(options: JiraFakeOptions): Promise<JiraFake> {
  const requests: FakeRequest[] = [];
  const violations: string[] = [];
  const stopped = new AbortController();
  const searches: Searches = { snapshots: new Map(), last: undefined };
  const server = createServer((incoming, response) => {
    const site = `http://${incoming.headers.host}${options.contextPath ?? ''}`;
    exchange({ options, requests, violations, searches, site, signal: stopped.signal }, incoming, response).catch(
      (error: unknown) => {
        violations.push(`the stand-in failed: ${error instanceof Error ? error.stack : String(error)}`);
        send(response, { status: 500, body: 'The stand-in failed.' }, {});
      },
    );
  });
  const port = await listen(server);
  const close = async (): Promise<void> => {
    stopped.abort();
    await new Promise<void>((done) => {
      server.close(() => done());
      server.closeAllConnections();
    });
  };
  const url = `http://127.0.0.1:${port}${options.contextPath ?? ''}`;
  return { url, requests, violations, store: options.store, close, [Symbol.asyncDispose]: close };
}

function listen(server: Server): Promise<number> {
  return new Promise((done) => {
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      done(typeof address === 'object' && address !== null ? address.port : 0);
    });
  });
}

interface Context {
  readonly options: JiraFakeOptions;
  readonly requests: FakeRequest[];
  readonly violations: string[];
  readonly searches: Searches;
  readonly site: string;
  readonly signal: AbortSignal;
}

async function exchange(context: Context, incoming: IncomingMessage, response: ServerResponse): Promise<void> {
  const { options, requests, signal } = context;
  const url = new URL(incoming.url ?? '/', context.site);
  const prefix = prefixOf(options, url.pathname);
  const request = await readRequest(incoming, url, prefix);
  requests.push(request);
  const fault = options.fault?.(request, requests.length);
  if (fault && 'status' in fault) return send(response, fault, fault.headers ?? {});
  if (fault && 'drop' in fault && fault.drop === 'before') return drop(response);
  if (fault && 'delay' in fault) await sleep(fault.delay, undefined, { signal }).catch(() => undefined);
  if (signal.aborted) return drop(response);
  const { answer, headers } = answerRequest(context, request, prefix);
  if (fault && 'drop' in fault) return drop(response);
  send(response, answer, headers);
}

function drop(response: ServerResponse): void {
  response.socket?.destroy();
}

/** What stands before `/rest`; null for a path outside the site. */
function prefixOf({ flavour, contextPath = '' }: JiraFakeOptions, path: string): string | null {
  if (flavour === 'cloud' && path.startsWith(`${GATEWAY}/`)) return GATEWAY;
  return path.startsWith(`${contextPath}/`) ? contextPath : null;
}

async function readRequest(incoming: IncomingMessage, url: URL, prefix: string | null): Promise<FakeRequest> {
  const chunks: Buffer[] = [];
  for await (const chunk of incoming) chunks.push(chunk);
  const method = incoming.method ?? 'GET';
  const path = url.pathname.slice(prefix?.length ?? 0);
  const headers = Object.fromEntries(Object.entries(incoming.headers).map(([name, value]) => [name, String(value)]));
  const body = parse(Buffer.concat(chunks).toString());
  return { method, path, query: url.searchParams, body, headers, write: isWrite(method, path) };
}

function parse(text: string): unknown {
  if (text === '') return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

function answerRequest(
  context: Context,
  request: FakeRequest,
  prefix: string | null,
): { answer: Answer; headers: Record<string, string> } {
  const { options, violations, site } = context;
  const { flavour, store } = options;
  const plain = (answer: Answer) => ({ answer, headers: {} });
  if (flavour === 'cloud' && request.path === '/_edge/tenant_info') return plain({ status: 200, body: { cloudId: CLOUD_ID } });
  const api = prefix === null ? null : apiPath(flavour, request.path);
  if (!api) return plain(noSuchPath(site + request.path));
  const who = login(flavour, store, { ...DEFAULT_CREDENTIALS, ...options.credentials }, request.headers.authorization);
  const barred = who.refused ?? refuseByToken(options, who, prefix === GATEWAY, request) ?? refuseRequest(request);
  const answer = barred ?? answerApi(sessionOf(context, request, who, api.version, prefix ?? ''), api.rest);
  violations.push(...contractOf(flavour)(request, api.rest, answer));
  return { answer, headers: { ...who.headers } };
}

/** Tokens with scopes work at the gateway only, tokens without at the site only. */
function refuseByToken(
  { scopedToken }: JiraFakeOptions,
  { viewer }: Login,
  gateway: boolean,
  { headers }: FakeRequest,
): Answer | undefined {
  if (gateway)
    return scopedToken && viewer
      ? undefined
      : { status: 401, body: { code: 401, message: 'Unauthorized; scope does not match' } };
  if (!scopedToken || headers.authorization === undefined) return undefined;
  return { status: 401, body: { message: 'Client must be authenticated to access this resource.', 'status-code': 401 } };
}

function refuseRequest({ method, body, headers }: FakeRequest): Answer | undefined {
  const unreadable =
    body === null ? refuse(400, 'Invalid request payload. Refer to the REST API documentation and try again.') : undefined;
  return refuseBrowser(method, headers) ?? refuseMediaType(body !== undefined, headers) ?? unreadable;
}

function sessionOf(context: Context, request: FakeRequest, { viewer }: Login, version: 2 | 3, prefix: string): Session {
  const { options, violations, searches, site } = context;
  const { store, flavour, pageSize, permissions = {} } = options;
  const now = options.now ? Date.parse(options.now()) : store.now();
  const base = prefix === GATEWAY ? site + GATEWAY : site;
  const violation = (text: string): void => void violations.push(text);
  return { store, flavour, version, request, viewer, permissions, now, base, site, pageSize, searches, violation };
}

function send(response: ServerResponse, { status, body }: Answer, headers: Readonly<Record<string, string>>): void {
  const html = typeof body === 'string';
  const type = html ? 'text/html;charset=UTF-8' : 'application/json;charset=UTF-8';
  response.writeHead(status, { ...(body !== undefined && { 'content-type': type }), ...headers });
  response.end(body === undefined ? undefined : html ? body : JSON.stringify(body));
}
