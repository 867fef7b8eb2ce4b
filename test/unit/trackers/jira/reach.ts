import { expect } from 'vitest';
import type { TrackerError } from '../../../../src/errors.js';
import { type Api, openApi } from '../../../../src/trackers/jira/transport/api.js';
import type { Credentials } from '../../../../src/trackers/jira/transport/credentials.js';
import { writeGate } from '../../../../src/trackers/jira/transport/pace.js';
import { type World, world } from './harness.js';
import type { Reply, Server } from './server.js';

export const TOKEN: Credentials = { kind: 'bearer', token: 'secret-token', source: 'JIRA_TOKEN' };
export const READ = { path: '/issue/10001' };
export const POST = { method: 'POST', path: '/issue/10001/comment', body: { body: 'x' } } as const;
export const PUT = { method: 'PUT', path: '/issue/10001/properties/bugprune', body: [], idempotent: true } as const;
export const OK: Reply = { body: { ok: true } };

/** An API, and the world it lives in. */
export interface Reached extends World {
  readonly api: Api;
}

/** The API of a server on this machine. */
export function reach({ url }: Pick<Server, 'url'>, credentials: Credentials | null = TOKEN, base = url, pace = 0): Reached {
  const here = world({});
  const api = openApi({
    site: url,
    base,
    apiVersion: '2',
    credentials,
    gate: writeGate(pace, new URL(url).host, here.env),
    env: here.env,
  });
  return { ...here, api };
}

/** The error that something ends with. */
export function failure(work: Promise<unknown>): Promise<TrackerError> {
  return work.then(
    () => expect.fail('it should have failed'),
    (error) => error,
  );
}
