import type { World } from '../../../src/use-cases/collect.js';

/** When the tests of the use cases happen, unless they say otherwise. */
export const NOW = '2026-11-22T09:00:00Z';

/** A world in which nothing waits, nobody stops anything, and nobody listens; `parts` are what a test cares for. */
export function aWorld(parts: Partial<World> = {}): World {
  return {
    now: NOW,
    version: '1.2.3',
    variables: {},
    signal: new AbortController().signal,
    abort: new AbortController().signal,
    elapsed: () => 0,
    shared: (_key, make) => make(),
    sleep: () => Promise.resolve(),
    secret: () => undefined,
    run: () => Promise.resolve(null),
    random: () => 'c0ffee',
    clean: (text) => text,
    on: () => undefined,
    ...parts,
  };
}
