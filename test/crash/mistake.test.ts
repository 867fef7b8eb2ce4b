import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { file } from './given/file.js';
import { github } from './given/github.js';
import { jira } from './given/jira.js';
import { type Kind, openPlace, PRUNE } from './given/place.js';
import { expectRefusal } from './given/refusal.js';
import { expectSuccess } from './given/story.js';

const KINDS = [github('ntbf'), jira('cloud'), jira('datacenter'), file].map((kind): [string, Kind] => [kind.name, kind]);

/** Everything that has been open for a day, and everything of any name. */
const MISTAKES: [string, object][] = [
  ['an age of a day', { when: { openFor: '1d' } }],
  ['any title at all', { when: { title: ['*'] } }],
];

const PRUNED = ['prune', '--yes', '--json'];

const TOO_MANY = /3 of 4 open bugs would be closed, more than limits\.share .*Nothing was changed[\s\S]*--limit 3/;

describe.each(KINDS)('on %s', (_, kind) => {
  test.each(MISTAKES)('a policy that matches everything by mistake closes nothing: %s', async (__, when) => {
    await using place = await openPlace(kind, { more: { policies: [{ name: 'oops', ...when }] } });
    await expectRefusal(place, 6, TOO_MANY, ...PRUNED);
    expect(place.state()).toEqual({});
    const report = join(place.folder, 'report.json');
    expectSuccess(await place.run('report', '--output', report));
    await expectRefusal(place, 6, TOO_MANY, 'prune', report, '--yes');
    expect(place.state()).toEqual({});
  });

  test('and the journals of earlier runs stay as they are', async () => {
    await using place = await openPlace(kind, { more: { policies: [{ name: 'oops', when: { openFor: '1d' } }] } });
    expectSuccess(await place.run(...PRUNE));
    const [run = ''] = place.runs();
    expectSuccess(await place.run('undo', run, '--yes'));
    expect(Object.keys(place.state())).toHaveLength(3);
    await expectRefusal(place, 6, TOO_MANY, ...PRUNED);
  });
});
