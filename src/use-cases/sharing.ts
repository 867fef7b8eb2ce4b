import type { TrackerEnv } from '../trackers/tracker.js';

/** What the trackers of one command share: see {@link TrackerEnv.shared}. */
export function sharing(): TrackerEnv['shared'] {
  const made = new Map<string, unknown>();
  return <Value>(key: string, make: () => Value): Value => {
    if (!made.has(key)) made.set(key, make());
    // A key stands for one kind of thing: whoever names it made it.
    return made.get(key) as Value;
  };
}
