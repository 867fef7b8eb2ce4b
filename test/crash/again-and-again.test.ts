import fc from 'fast-check';
import { expect, test } from 'vitest';
import { frozenAtLine, frozenAtWrite } from './given/freeze.js';
import { github } from './given/github.js';
import { jira } from './given/jira.js';
import { openPlace, type Place, PRUNE } from './given/place.js';
import { expectAllsWell, expectBack, expectSuccess, uninterrupted } from './given/story.js';

/** Where a process ends: at a line of its journal, or at a write to the tracker. */
type Point =
  | { readonly line: number; readonly how: 'torn' | 'after' }
  | { readonly write: number; readonly drop: 'before' | 'after' };

const point: fc.Arbitrary<Point> = fc.oneof(
  fc.record({ line: fc.integer({ min: 1, max: 12 }), how: fc.constantFrom('torn' as const, 'after' as const) }),
  fc.record({ write: fc.integer({ min: 1, max: 6 }), drop: fc.constantFrom('before' as const, 'after' as const) }),
);

/** Gives a command to one process after another; each ends somewhere, and some come to an end before that. */
async function dyingAt(place: Place, points: readonly Point[], words: () => readonly string[]): Promise<void> {
  for (const at of points) {
    if ('line' in at) await frozenAtLine(place, at.line, at.how, words());
    else await frozenAtWrite(place, at.write, at.drop, words());
  }
}

const KINDS = [github('ntbf'), jira('cloud'), jira('datacenter')];

test.each(KINDS.map((kind) => ({ name: kind.name, kind })))(
  'on $name, a run and its undo that are cut short again and again end well',
  { timeout: 60_000 },
  async ({ kind }) => {
    const story = await uninterrupted(kind);
    const points = fc.array(point, { minLength: 2, maxLength: 3 });
    await fc.assert(
      fc.asyncProperty(points, points, async (closing, undoing) => {
        await using place = await openPlace(kind);
        const again = () => (place.runs().length > 0 ? ['prune', '--resume', place.runs()[0] ?? '', '--yes'] : PRUNE);
        await dyingAt(place, closing, again);
        expectSuccess(await place.run(...again()));
        expect(place.look()).toEqual(story.done);
        const [run = ''] = place.runs();
        await dyingAt(place, undoing, () => ['undo', run, '--yes']);
        await expectBack(place, story, run);
      }),
      { seed: 20261122, numRuns: 8 },
    );
  },
);

test('so does one that is resumed in vain: a resumed run that is taken back stays so', async () => {
  const kind = github('ntbf');
  const story = await uninterrupted(kind);
  await using place = await openPlace(kind);
  await dyingAt(place, [{ write: 2, drop: 'after' }], () => PRUNE);
  const [run = ''] = place.runs();
  await expectAllsWell(place, story, run);
  const { code, stderr } = await place.run('prune', '--resume', run, '--yes');
  expect({ code, stderr }).toEqual({ code: 2, stderr: expect.stringContaining('was taken back by') });
  expect(place.look()).toEqual(story.undone);
});
