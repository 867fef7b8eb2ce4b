import type { GithubFake } from '../../../fakes/github/index.js';

export interface Reply {
  readonly status: number;
  readonly headers: Headers;
  // biome-ignore lint/suspicious/noExplicitAny: the tests look into answers of every shape
  readonly body: any;
}

interface Options {
  readonly method?: string;
  readonly body?: unknown;
  /** Null for none. */
  readonly token?: string | null;
}

/** One request with plain fetch; redirects are not followed. `path` may be a whole URL. */
export async function send(
  fake: GithubFake,
  path: string,
  { method = 'GET', body, token = 'test-token' }: Options = {},
): Promise<Reply> {
  const response = await fetch(path.startsWith('http') ? path : fake.url + path, {
    method,
    redirect: 'manual',
    headers: { ...(token !== null && { authorization: `Bearer ${token}` }), 'content-type': 'application/json' },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  const isJson = response.headers.get('content-type')?.includes('json');
  return { status: response.status, headers: response.headers, body: isJson && text ? JSON.parse(text) : text };
}

/** One GraphQL query. */
export function ask(
  fake: GithubFake,
  query: string,
  variables: object = {},
  token: string | null = 'test-token',
): Promise<Reply> {
  const url = fake.url.endsWith('/api/v3') ? fake.url.replace(/v3$/, 'graphql') : `${fake.url}/graphql`;
  return send(fake, url, { method: 'POST', body: { query, variables }, token });
}

/** The address of the next page, or null. */
export function nextPage({ headers }: Reply): string | null {
  return /<([^>]+)>; rel="next"/.exec(headers.get('link') ?? '')?.[1] ?? null;
}

/** All rows of a list, page by page, along the links; also how many pages there were. */
export async function allRows(fake: GithubFake, path: string) {
  const rows: Reply['body'][] = [];
  let pages = 0;
  for (let next: string | null = path; next !== null; pages++) {
    const reply: Reply = await send(fake, next);
    rows.push(...reply.body);
    next = nextPage(reply);
  }
  return { rows, pages };
}
