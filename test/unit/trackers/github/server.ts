import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { text } from 'node:stream/consumers';

/** A request as a test looks at it: `GET /repos/acme/app/issues?state=open`. */
export interface Seen {
  readonly line: string;
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
}

/** One answer: JSON unless it is text, which is HTML. `drop` closes the connection instead, `cut` in the middle of the body. */
export type Answer =
  | { readonly status?: number; readonly headers?: Record<string, string>; readonly body?: unknown }
  | 'drop'
  | 'cut'
  | 'silence';

/** A server that gives prepared answers, the last one for ever. */
export interface Scripted extends AsyncDisposable {
  readonly url: string;
  readonly seen: readonly Seen[];
}

/** Starts one on a free port of this machine. */
export async function scripted(...answers: readonly Answer[]): Promise<Scripted> {
  const seen: Seen[] = [];
  const server = createServer((request, response) => {
    void text(request).then((body) => {
      seen.push({ line: `${request.method} ${request.url}`, headers: request.headers, body });
      give(response, answers[Math.min(seen.length, answers.length) - 1] ?? {});
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  return {
    url: `http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}`,
    seen,
    async [Symbol.asyncDispose]() {
      const closed = new Promise((resolve) => server.close(resolve));
      server.closeAllConnections();
      await closed;
    },
  };
}

function give(response: ServerResponse, answer: Answer): void {
  if (answer === 'silence') return;
  if (answer === 'drop') return void response.destroy();
  if (answer === 'cut') {
    response.writeHead(200, { 'content-type': 'application/json', 'content-length': '1000' });
    response.write('[{"number":', () => response.destroy());
    return;
  }
  const { status = 200, headers, body = {} } = answer;
  const html = typeof body === 'string';
  response.writeHead(status, { 'content-type': html ? 'text/html' : 'application/json; charset=utf-8', ...headers });
  response.end(html ? body : JSON.stringify(body));
}
