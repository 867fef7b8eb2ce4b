import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';

/** A request as a server got it. */
export interface Received {
  readonly method: string;
  readonly url: string;
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
}

/** What a server does with a request: `null` breaks the connection. */
export type Reply =
  | null
  | { status?: number; headers?: Record<string, string>; body?: unknown }
  | ((response: ServerResponse) => void);

export interface Server extends AsyncDisposable {
  readonly url: string;
  readonly received: Received[];
  /** How many connections were made. */
  connections(): number;
}

/** A server on this machine that gives one reply after another, the last one for ever. */
export async function serve(...replies: Reply[]): Promise<Server> {
  const received: Received[] = [];
  let connections = 0;
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    received.push({
      method: request.method ?? '',
      url: request.url ?? '',
      headers: request.headers,
      body: Buffer.concat(chunks).toString(),
    });
    answer(replies[Math.min(received.length, replies.length) - 1] ?? null, response);
  });
  server.on('connection', () => connections++);
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  return {
    url: `http://127.0.0.1:${port}`,
    received,
    connections: () => connections,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((done) => server.close(done));
    },
  };
}

function answer(reply: Reply, response: ServerResponse): void {
  if (reply === null) response.socket?.destroy();
  else if (typeof reply === 'function') reply(response);
  else {
    const text = typeof reply.body === 'string' ? reply.body : reply.body === undefined ? '' : JSON.stringify(reply.body);
    response.writeHead(reply.status ?? 200, reply.headers).end(text);
  }
}
