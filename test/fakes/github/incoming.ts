import type { IncomingMessage, ServerResponse } from 'node:http';
import { text } from 'node:stream/consumers';
import { type Answer, isRecord, parseJson } from './json.js';
import type { FakeRequest } from './request.js';

/** Reads a request whole. `outside`: it is at no address of either API, and its path is told in full. */
export async function readRequest(
  incoming: IncomingMessage,
  enterprise: boolean,
): Promise<{ readonly request: FakeRequest; readonly outside: boolean }> {
  const body = parseJson(await text(incoming));
  const [pathname = '', query = ''] = (incoming.url ?? '').split('?', 2);
  const within = pathWithin(pathname, enterprise);
  const path = within ?? pathname;
  const method = incoming.method ?? 'GET';
  const kind = path === '/graphql' && method === 'POST' ? 'graphql' : 'rest';
  const write = kind === 'rest' ? method !== 'GET' && method !== 'HEAD' : isMutation(body);
  const headers = Object.fromEntries(
    Object.entries(incoming.headers).map(([name, value]) => [name, [value ?? ''].flat().join(', ')]),
  );
  const request: FakeRequest = { method, path, query: new URLSearchParams(query), body, headers, kind, write };
  return { request, outside: within === undefined };
}

function pathWithin(pathname: string, enterprise: boolean): string | undefined {
  if (!enterprise) return pathname;
  if (pathname === '/api/graphql') return '/graphql';
  return pathname.startsWith('/api/v3/') ? pathname.slice('/api/v3'.length) : undefined;
}

function isMutation(body: unknown): boolean {
  return isRecord(body) && typeof body.query === 'string' && /^\s*mutation\b/.test(body.query);
}

/** Sends an answer: a text as HTML, anything else as JSON. */
export function send(response: ServerResponse, { status, headers = {}, body }: Answer): void {
  const html = typeof body === 'string';
  response.writeHead(status, {
    'content-type': html ? 'text/html; charset=utf-8' : 'application/json; charset=utf-8',
    'x-github-media-type': 'github.v3; format=json',
    ...headers,
  });
  response.end(body === undefined ? undefined : html ? body : JSON.stringify(body));
}
