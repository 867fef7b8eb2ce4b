import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { text } from 'node:stream/consumers';

/** What somebody in the middle lets through. */
export interface Passing {
  /** The request: `GET /repos/acme/app/issues?state=open`. */
  readonly line: string;
  /** The answer's body; empty where it has none. */
  readonly body: string;
  readonly headers: Readonly<Record<string, string>>;
  /** The credentials that came with the request: nobody can quote what was not sent. */
  readonly sent: string;
}

/** Somebody between the program and a stand-in, who reads all answers and may change them. */
export interface Middle extends AsyncDisposable {
  readonly url: string;
  /** How many answers have passed since {@link Middle.change}. */
  passed(): number;
  /** From now on answers become what this makes of them, or the connection breaks; `count` is 1 for the first. */
  change(how: (passing: Passing, count: number) => (Partial<Passing> & { readonly status?: number }) | 'break'): void;
}

/**
 * Puts somebody in front of a stand-in. `remembers`: the same question gets the answer that it got before, which is faster, and right
 * as long as nothing is written.
 */
export async function inTheMiddle(target: string, remembers: boolean): Promise<Middle> {
  const memory = new Map<string, Answered>();
  let count = 0;
  let change: Parameters<Middle['change']>[0] = () => ({});
  let own = '';

  async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = await text(request);
    const key = `${request.method} ${request.url} ${request.headers.authorization} ${body}`;
    const answer = memory.get(key) ?? (await ask(target, request, body));
    if (remembers) memory.set(key, answer);
    const passing = {
      line: `${request.method} ${request.url}`,
      sent: request.headers.authorization ?? '',
      body: answer.body.replaceAll(target, own),
      headers: Object.fromEntries(Object.entries(answer.headers).map(([name, value]) => [name, value.replaceAll(target, own)])),
    };
    const made = change(passing, ++count);
    if (made === 'break') return void response.destroy();
    const { status = answer.status, ...changed } = { ...passing, ...made };
    response.writeHead(status, changed.headers);
    response.end(status === 204 ? undefined : changed.body);
  }

  const server = createServer((request, response) => void handle(request, response).catch(() => response.destroy()));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  own = `http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}`;
  return {
    url: own,
    passed: () => count,
    change(how) {
      change = how;
      count = 0;
    },
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

interface Answered {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** What stands between two ends of a connection and not in the message. */
const HOP = ['connection', 'keep-alive', 'transfer-encoding', 'content-length', 'content-encoding', 'host'];

async function ask(target: string, { method = 'GET', url, headers }: IncomingMessage, body: string): Promise<Answered> {
  const sent = Object.entries(headers).filter(([name]) => !HOP.includes(name));
  const answer = await fetch(target + url, {
    method,
    headers: sent.map(([name, value]) => [name, String(value)] as [string, string]),
    redirect: 'manual',
    ...(body !== '' && { body }),
  });
  const kept = [...answer.headers].filter(([name]) => !HOP.includes(name));
  return { status: answer.status, headers: Object.fromEntries(kept), body: await answer.text() };
}
