import type { TrackerEnv } from '../../src/trackers/tracker.js';

/** A clock that a second passes on at every look: events of a test never fall into one second. */
export function tickingClock(start: string): () => string {
  let at = Date.parse(start);
  return () => {
    at += 1000;
    return `${new Date(at).toISOString().slice(0, 19)}Z`;
  };
}

/** What a tracker is opened with in a test: an empty environment in which waiting takes no time. */
export function surroundings(parts: Partial<TrackerEnv> & Pick<TrackerEnv, 'name' | 'now'>): TrackerEnv {
  return {
    variables: {},
    folder: '.',
    version: '0.0.0',
    elapsed: () => performance.now(),
    shared: (_key, make) => make(),
    sleep: () => Promise.resolve(),
    secret: () => undefined,
    run: () => Promise.resolve(null),
    ...parts,
  };
}
