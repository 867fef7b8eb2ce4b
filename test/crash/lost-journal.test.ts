import { rmSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { frozenAtWrite } from './given/freeze.js';
import { jira } from './given/jira.js';
import { openPlace, PRUNE } from './given/place.js';
import { expectNothingLeft, expectSuccess, uninterrupted } from './given/story.js';

const KIND = jira('datacenter');
const story = await uninterrupted(KIND);

describe('without its journal', () => {
  const pointsAt = (writes: readonly string[]) =>
    writes.flatMap((write, index) => (['before', 'after'] as const).map((drop) => ({ write, nth: index + 1, drop })));

  test.each(pointsAt(story.closing))('a prune that was frozen $drop write $nth ($write) is taken back', async (point) => {
    await using place = await openPlace(KIND);
    expect(await frozenAtWrite(place, point.nth, point.drop, PRUNE)).toBe(true);
    const [run = ''] = place.runs();
    rmSync(place.journalPath(run));
    const outcome = await place.run('undo', run, '--from-tracker', '--yes');
    // A run that had said nothing yet has left no trace.
    if (outcome.code === 2) expect(outcome.stderr).toContain('No bug carries a mark of run');
    else expectSuccess(outcome);
    expectNothingLeft(place, story);
  });

  test.each(pointsAt(story.undoing))('an undo that was frozen $drop write $nth ($write) is finished', async (point) => {
    await using place = await openPlace(KIND);
    expectSuccess(await place.run(...PRUNE));
    const [run = ''] = place.runs();
    rmSync(place.journalPath(run));
    const undo = ['undo', run, '--from-tracker', '--yes'];
    expect(await frozenAtWrite(place, point.nth, point.drop, undo)).toBe(true);
    expectSuccess(await place.run(...undo));
    expect(place.look()).toEqual(story.undone);
  });
});
