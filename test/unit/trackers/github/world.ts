import type { Bug } from '../../../../src/model/bug.js';
import { githubDescriptor } from '../../../../src/trackers/github/index.js';
import type { Call, Selection, Tracker, TrackerEnv, TrackerEvent } from '../../../../src/trackers/tracker.js';

/** The token that stand-ins accept and that must never show up in a message. */
export const TOKEN = 'test-token';

/** An environment whose clock moves only when somebody waits. `slept` holds the waits in milliseconds. */
export function testEnv(
  changes: Partial<TrackerEnv> = {},
): TrackerEnv & { readonly slept: number[]; readonly secrets: string[] } {
  const slept: number[] = [];
  const secrets: string[] = [];
  let clock = 0;
  return {
    name: 'app',
    variables: { GITHUB_TOKEN: TOKEN },
    folder: '/',
    version: '1.2.3',
    now: () => '2026-11-22T09:00:00Z',
    elapsed: () => clock,
    shared: (_key, make) => make(),
    sleep(milliseconds, signal) {
      slept.push(milliseconds);
      clock += milliseconds;
      return signal.aborted ? Promise.reject(signal.reason) : Promise.resolve();
    },
    secret: (value) => secrets.push(value),
    run: () => Promise.resolve(null),
    slept,
    secrets,
    ...changes,
  };
}

/** A call that remembers what it was told. */
export function testCall(signal: AbortSignal = new AbortController().signal): Call & { readonly events: TrackerEvent[] } {
  const events: TrackerEvent[] = [];
  return { signal, on: (event) => events.push(event), events };
}

/** A tracker for a stand-in, on `acme/app` unless the settings say otherwise. */
export function openTracker(url: string, settings: Record<string, unknown> = {}, env: TrackerEnv = testEnv()): Promise<Tracker> {
  const place = settings.repos || settings.org ? {} : { repos: ['acme/app'] };
  return githubDescriptor.open(githubDescriptor.settings.parse({ type: 'github', url, ...place, ...settings }), env);
}

/** All that a search gives: the open bugs, unless others are wanted. */
export async function found(tracker: Tracker, call: Call = testCall(), what: Selection = { state: 'open' }): Promise<Bug[]> {
  const bugs: Bug[] = [];
  for await (const bug of tracker.search(what, call)) bugs.push(bug);
  return bugs;
}

/** What a promise is rejected with; fails when it is not. */
export async function rejection(promise: Promise<unknown>): Promise<unknown> {
  try {
    await promise;
  } catch (error) {
    return error;
  }
  throw new Error('expected a rejection');
}
