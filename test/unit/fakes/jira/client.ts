import type { JiraFake, JiraFlavour } from '../../../fakes/jira/index.js';

export interface Reply {
  readonly status: number;
  readonly headers: Headers;
  // biome-ignore lint/suspicious/noExplicitAny: the tests look into answers of every shape
  readonly body: any;
}

/** The credentials that the stand-in accepts unless told otherwise. */
export const RIGHT: Record<JiraFlavour, string> = {
  cloud: basic('lead@example.test', 'test-token'),
  datacenter: 'Bearer test-token',
};

export function basic(user: string, password: string): string {
  return `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`;
}

interface Options {
  readonly body?: unknown;
  /** Null for none. */
  readonly authorization?: string | null;
  readonly headers?: Record<string, string>;
}

/** One request with plain fetch. A path without `/rest` goes below version 3 on Cloud and version 2 on Data Center. */
async function send(fake: JiraFake, flavour: JiraFlavour, method: string, path: string, options: Options = {}): Promise<Reply> {
  const { body, authorization = RIGHT[flavour], headers = {} } = options;
  const api = flavour === 'cloud' ? '/rest/api/3' : '/rest/api/2';
  const url = path.startsWith('http') ? path : fake.url + (/^\/(rest|ex|_edge)\//.test(path) ? path : api + path);
  const response = await fetch(url, {
    method,
    redirect: 'manual',
    headers: {
      ...(authorization !== null && { authorization }),
      ...(body !== undefined && { 'content-type': 'application/json' }),
      ...headers,
    },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  const isJson = response.headers.get('content-type')?.includes('json');
  return { status: response.status, headers: response.headers, body: isJson && text ? JSON.parse(text) : text };
}

/** The client of a flavour: `const cloud = clientOf('cloud')`, then `cloud(fake, 'GET', '/myself')`. */
export function clientOf(flavour: JiraFlavour) {
  return (fake: JiraFake, method: string, path: string, options?: Options): Promise<Reply> =>
    send(fake, flavour, method, path, options);
}

export const cloud = clientOf('cloud');
export const dataCenter = clientOf('datacenter');

/** A document of one paragraph. */
export function adf(text: string): object {
  return { type: 'doc', version: 1, content: [{ type: 'paragraph', content: [{ type: 'text', text }] }] };
}
