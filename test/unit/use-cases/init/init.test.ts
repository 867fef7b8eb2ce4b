import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { Bug } from '../../../../src/model/bug.js';
import { add, parseDuration } from '../../../../src/model/duration.js';
import { aBug } from '../../../../src/testing.js';
import { formatLine, snapshotHeader } from '../../../../src/trackers/file/format.js';
import { explore, look, type Outlook, type Place, THRESHOLDS } from '../../../../src/use-cases/init/init.js';
import { aFolder, failure } from '../../config/given.js';
import { aWorld, NOW } from '../given.js';

const WORLD = aWorld();

const SOURCE = { name: 'backlog', settings: { type: 'file', path: 'backlog.ndjson' } };

/** What there is to see in a folder with a snapshot of these bugs. */
async function outlookOn(bugs: readonly Bug[], found: Place['found'] = null): Promise<Outlook> {
  const folder = await aFolder();
  const header = snapshotHeader({ source: 'github:acme/app', takenAt: NOW, account: 'octocat' });
  await writeFile(join(folder, 'backlog.ndjson'), [header, ...bugs].map((line) => `${formatLine(line)}\n`).join(''));
  return await look({ ...(await explore(SOURCE, folder, WORLD)), found }, [], folder, WORLD);
}

let number = 0;

/** A bug that was reported just so long ago, and of which nobody has heard since. */
function bugOfAge(age: string, parts: Parameters<typeof aBug>[0] = {}): Bug {
  const duration = parseDuration(age);
  if (!duration) throw new Error(`no duration: ${age}`);
  const createdAt = add(NOW, { ...duration, count: -duration.count });
  return aBug({ ref: `acme/app#${++number}`, createdAt, ...parts });
}

const counts = ({ thresholds }: Outlook): number[] => thresholds.map(({ bugs }) => bugs);

describe('a look at the backlog', () => {
  test('counts what the first run would propose under each threshold, from one reading', async () => {
    const bugs = ['5w', '6w', '11w', '12w', '25w', '26w', '52w'].map((age) => bugOfAge(age));
    const outlook = await outlookOn(bugs);
    expect(outlook.thresholds.map(({ untargetedFor }) => untargetedFor)).toEqual([...THRESHOLDS]);
    expect({ ...outlook, counts: counts(outlook) }).toMatchObject({ open: 7, undecided: 0, counts: [6, 4, 2], failures: [] });
  });

  test('goes by the guards that will hold', async () => {
    const outlook = await outlookOn([
      bugOfAge('52w'),
      bugOfAge('52w', { labels: ['Pinned'] }),
      bugOfAge('52w', { priority: 'Critical' }),
      bugOfAge('52w', { targets: [{ name: '2.0', state: 'open' }] }),
      bugOfAge('52w', { targets: [{ name: '1.0', state: 'closed' }] }),
      bugOfAge('52w', { inProgress: true }),
      bugOfAge('52w', { history: 'partial' }),
    ]);
    expect({ ...outlook, counts: counts(outlook) }).toMatchObject({ open: 7, undecided: 1, counts: [1, 1, 1] });
  });

  test('finds targets that promise nothing, those with most bugs first; which are parked makes no difference to the counts', async () => {
    const inTarget = (name: string, state: 'open' | 'closed' = 'open') => ({ name, state });
    const outlook = await outlookOn(
      [
        bugOfAge('30w', { targets: [inTarget('Future')] }),
        bugOfAge('31w', { targets: [inTarget('Backlog', 'closed')] }),
        bugOfAge('32w', { targets: [inTarget('Backlog', 'closed'), inTarget('2.0')] }),
        bugOfAge('33w'),
      ],
      { signs: [], targets: ['2.0', 'Icebox', 'Future'], priorities: [], settings: {} },
    );
    expect(outlook.parked).toEqual([
      { name: 'Backlog', bugs: 2 },
      { name: 'Future', bugs: 1 },
      { name: 'Icebox', bugs: 0 },
    ]);
    expect(counts(outlook)).toEqual([1, 1, 1]);
  });

  test('says how many bugs are of projects that plan nothing', async () => {
    expect(await outlookOn([bugOfAge('30w', { targets: 'unplanned' }), bugOfAge('31w')])).toMatchObject({
      unplanned: 1,
      undecided: 1,
    });
  });

  test('of nothing is no failure', async () => {
    expect(await outlookOn([])).toMatchObject({ open: 0, parked: [], failures: [] });
  });

  test('throws what kept it from reading anything', async () => {
    const folder = await aFolder({
      'backlog.ndjson': `${formatLine(snapshotHeader({ source: 'x', takenAt: NOW, account: 'y' }))}\nno json\n`,
    });
    const place = await explore(SOURCE, folder, WORLD);
    expect((await failure(look(place, [], folder, WORLD))).message).toContain('backlog.ndjson:2: damaged');
  });
});

test('a source is opened where the configuration will lie, and what it lacks is no mistake', async () => {
  const folder = await aFolder({
    'backlog.ndjson': `${formatLine(snapshotHeader({ source: 'x', takenAt: NOW, account: 'y' }))}\n`,
  });
  expect(await explore(SOURCE, folder, WORLD)).toEqual({
    source: SOURCE,
    id: 'file:backlog.ndjson',
    as: 'bugprune',
    tokenFrom: null,
    found: null,
    failures: [],
  });
  expect((await failure(explore(SOURCE, await aFolder(), WORLD))).code).toBe('credentials');
});
