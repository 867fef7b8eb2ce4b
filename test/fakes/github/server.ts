import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { setTimeout as wait } from 'node:timers/promises';
import { contractViolations } from './contract.js';
import { newDesk } from './desk.js';
import { answerGraphql } from './graphql.js';
import { readRequest, send } from './incoming.js';
import { type Answer, notFound } from './json.js';
import { newMinute } from './minute.js';
import type { GithubFake, GithubFakeOptions } from './options.js';
import type { FakeRequest } from './request.js';
import { answerRest } from './rest.js';
import type { Session } from './session.js';

/** Starts a stand-in for GitHub on a free port of 127.0.0.1. */
export async function startGithub(options: GithubFakeOptions): Promise<GithubFake> {
  const { store, fault, enterprise = false } = options;
  const requests: FakeRequest[] = [];
  const violations: string[] = [];
  const closing = new AbortController();

  const minute = newMinute(options.elapsed);
  let underWay = 0;

  const server = createServer((incoming, response) => {
    underWay++;
    handle(incoming, response)
      .catch((error: unknown) => {
        if (closing.signal.aborted || !incoming.complete) return;
        const message = `the stand-in failed: ${error instanceof Error ? error.stack : String(error)}`;
        violations.push(message);
        send(response, { status: 500, body: { message } });
      })
      .finally(() => underWay--);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const root = `http://127.0.0.1:${typeof address === 'object' && address ? address.port : ''}`;
  const desk = newDesk(options, root, (text) => violations.push(text));

  async function handle(incoming: IncomingMessage, response: ServerResponse): Promise<void> {
    const { request, outside } = await readRequest(incoming, enterprise);
    const count = requests.push(request);
    if (outside) {
      violations.push(`${request.method} ${request.path} is outside of the API`);
      return send(response, notFound);
    }
    const excess = minute.enter(request, underWay);
    if (excess) return send(response, excess);
    const trouble = fault?.(request, count);
    if (trouble && 'status' in trouble) return send(response, trouble);
    if (trouble && 'delay' in trouble) await wait(trouble.delay, undefined, { signal: closing.signal });
    const dropped = trouble && 'drop' in trouble ? trouble.drop : undefined;
    const answer = dropped === 'before' ? undefined : await answerOf(request);
    if (!answer || dropped) incoming.socket.destroy();
    else send(response, { ...answer, headers: { ...desk.headers(request), ...answer.headers } });
  }

  async function answerOf(request: FakeRequest): Promise<Answer> {
    const session = desk.admit(request);
    if ('status' in session) return session;
    if (request.kind === 'graphql') return await answerGraphql(session, request);
    const answer = answerRest(session, request);
    violations.push(...contractViolations(request, describedPath(session, request.path), answer));
    return answer;
  }

  async function close(): Promise<void> {
    closing.abort();
    if (!server.listening) return;
    const closed = new Promise((resolve) => server.close(resolve));
    server.closeAllConnections();
    await closed;
  }

  const url = enterprise ? `${root}/api/v3` : root;
  return { url, requests, violations, store, load: minute.load, close, [Symbol.asyncDispose]: close };
}

/** The description knows repositories by name only; page links and redirects name them by id. */
function describedPath({ store }: Session, path: string): string {
  const [, id, below = ''] = /^\/repositories\/(\d+)(.*)$/.exec(path) ?? [];
  const repository = [...store.repositories.values()].find((one) => String(one.id) === id);
  return repository ? `/repos/${repository.owner}/${repository.name}${below}` : path;
}
