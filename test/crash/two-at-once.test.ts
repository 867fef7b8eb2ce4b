import { expect, test } from 'vitest';
import { github } from './given/github.js';
import { openPlace, PRUNE } from './given/place.js';
import { start } from './given/process.js';
import { expectBack, uninterrupted } from './given/story.js';

const KIND = github('ntbf');
const story = await uninterrupted(KIND);

test('of two prunes at once the second is refused, and so is all else that would write', { timeout: 60_000 }, async () => {
  await using place = await openPlace(KIND);
  let isHeldUp = true;
  place.line.listen(() => (isHeldUp ? { delay: 1500 } : undefined));
  const first = start(place, PRUNE);
  await first.says('Run ');
  const [run = ''] = place.runs();
  const second = await start(place, PRUNE).ended;
  const others = [await place.run('prune', '--resume', run, '--yes'), await place.run('undo', run, '--yes')];
  expect(first.child.exitCode, 'the first is still at work').toBeNull();
  isHeldUp = false;

  for (const { code, stderr } of [second, ...others]) {
    expect({ code, stderr }).toEqual({ code: 6, stderr: expect.stringContaining(`Another run is at work: ${run} (process`) });
  }
  expect(second.stdout).toBe('');
  const { code, stderr } = await first.ended;
  expect({ code, stderr }).toEqual({ code: 0, stderr: expect.stringContaining(`Run ${run}: 2 bugs`) });
  expect(place.runs()).toEqual([run]);
  expect(place.line.writes).toEqual(story.closing);
  expect(place.look()).toEqual(story.done);
  await expectBack(place, story, run);
});

test('of two undos at once the second is refused, and so is a prune', { timeout: 60_000 }, async () => {
  await using place = await openPlace(KIND);
  await place.run(...PRUNE);
  const [run = ''] = place.runs();
  let isHeldUp = true;
  place.line.listen(() => (isHeldUp ? { delay: 1500 } : undefined));
  const first = start(place, ['undo', run, '--yes']);
  await first.says('Run ');
  const undo = place.runs()[1];
  const second = await start(place, ['undo', run, '--yes']).ended;
  const others = [await place.run('prune', '--resume', run, '--yes'), await place.run(...PRUNE)];
  expect(first.child.exitCode, 'the first is still at work').toBeNull();
  isHeldUp = false;

  expect({ code: second.code, stderr: second.stderr }).toEqual({
    code: 6,
    stderr: expect.stringContaining(`Another run is at work: ${undo} (`),
  });
  expect(others.map(({ code }) => code)).toEqual([6, 6]);
  expect((await first.ended).code).toBe(0);
  expect(place.runs()).toEqual([run, undo]);
  expect(place.line.writes).toEqual(story.undoing);
  expect(place.look()).toEqual(story.undone);
});
