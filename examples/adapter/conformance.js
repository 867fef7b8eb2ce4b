// Runs the suite that every adapter has to pass. Any test runner will do, and none too.
import { trackerContract } from 'bugprune/testing';
import blotter from './index.js';
import { startBlotter } from './stand-in.js';

/** A clock that a second passes on at every look: no two things happen at once. */
function ticking(start) {
  let at = Date.parse(start);
  return () => `${new Date((at += 1000)).toISOString().slice(0, 19)}Z`;
}

/** A fresh Blotter that holds the given bugs and nothing else, our adapter opened on it, and a person who works there. */
async function make(seeds) {
  const server = await startBlotter({ now: ticking('2026-11-22T09:00:00Z') });
  const refs = seeds.map((seed) => server.add(seed));
  const settings = blotter.settings.parse({ type: 'blotter', url: server.url, product: 'app' });
  const tracker = await blotter.open(settings, {
    name: 'notes',
    variables: { BLOTTER_TOKEN: server.token },
    folder: '.',
    version: '0.0.0',
    now: () => '2026-11-22T09:00:00Z',
    elapsed: () => performance.now(),
    shared: (_key, first) => first(),
    sleep: async () => {},
    secret: () => {},
    run: async () => null,
  });
  return {
    tracker,
    refs,
    name: 'notes',
    personComments: async (ref, text) => void server.comments(ref, text),
    personReopens: async (ref) => server.reopens(ref),
    dispose: () => server.close(),
  };
}

for (const { name, run } of trackerContract(make)) {
  await run();
  console.log(`ok ${name}`);
}
