import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { TrackerError } from '../../../../src/errors.js';
import type { Bug } from '../../../../src/model/bug.js';
import { aBug, memoryTracker } from '../../../../src/testing.js';
import type { Tracker } from '../../../../src/trackers/tracker.js';
import { merge } from '../../../../src/use-cases/merge/merge.js';
import { aRun, times } from '../../apply/runs.js';
import { NOW } from '../given.js';
import { configOf, partsOf, textOf, textOfReport } from './given.js';

const places = ['acme/app', 'acme/my-lib', 'Acme/Web', 'ERP', 'WEB', 'A_B'];

/** A bug of some place, some age and some fate. */
const bug = fc
  .record({
    place: fc.constantFrom(...places),
    number: fc.integer({ min: 1, max: 40 }),
    createdAt: fc.constantFrom('2024-01-01T00:00:00Z', '2025-06-01T00:00:00Z', '2026-11-20T00:00:00Z'),
    priority: fc.constantFrom('Blocker', null),
    history: fc.constantFrom('complete' as const, 'complete' as const, 'partial' as const),
    title: fc.string({ maxLength: 12 }),
    targets: fc.constantFrom<Bug['targets'][]>([], [{ name: '2.0', state: 'open' }], [{ name: '1.0', state: 'closed' }]),
  })
  .map(({ place, number, ...parts }) => ({ ...parts, ref: place.includes('/') ? `${place}#${number}` : `${place}-${number}` }));

const backlog = fc.uniqueArray(bug, { selector: ({ ref }) => ref, maxLength: 40 });

/** A tracker in memory; some do not know of parts, and some have something to tell. */
function trackerOf(bugs: readonly Bug[], { ignorant, troubled }: { ignorant: boolean; troubled: boolean }): Tracker {
  const tracker = memoryTracker(bugs, () => NOW);
  return {
    ...tracker,
    async *search({ within, ...what }, call) {
      if (troubled) {
        call.on({ type: 'note', message: 'acme/old is archived' });
        call.on({ type: 'problem', error: new TrackerError('unexpected', 'The list may not be whole.') });
      }
      yield* tracker.search(ignorant || !within ? what : { ...what, within }, call);
    },
  };
}

describe('all parts together', () => {
  test('are the whole report, byte by byte, in whatever order they come', async () => {
    const kind = fc.record({ ignorant: fc.boolean(), troubled: fc.boolean() });
    const given = fc.record({
      app: fc.tuple(backlog, kind),
      erp: fc.tuple(backlog, kind),
      count: fc.integer({ min: 1, max: 9 }),
      turns: fc.infiniteStream(fc.nat()),
      closed: fc.constantFrom(0, 4),
    });
    await fc.assert(
      fc.asyncProperty(given, async ({ app, erp, count, turns, closed }) => {
        const trackers = Object.entries({ app, erp }).map(([name, [bugs, how]]) => {
          const all = bugs.map((parts) => aBug({ ...parts, tracker: name }));
          return [name, trackerOf(all, how)] as const;
        });
        const config = await configOf(Object.fromEntries(trackers), { limits: { closes: 5 } });
        const earlier = times(closed, aRun('run', ['closed'], { trackers: ['app', 'erp'] }));
        const parts = await partsOf(config, count, earlier);
        const shuffled = parts
          .map((part) => ({ part, turn: turns.next().value ?? 0 }))
          .toSorted((a, b) => a.turn - b.turn)
          .map(({ part }) => part);
        const { report } = merge(shuffled, config, earlier, '1.2.3');
        // Where nothing at all could be read there is no report of the whole, and still one of each part.
        if (![app, erp].every(([bugs, { troubled }]) => bugs.length === 0 && troubled)) {
          expect(textOfReport(report)).toBe(await textOf(config, undefined, earlier));
        }
      }),
      { seed: 22, numRuns: 60 },
    );
  });
});
