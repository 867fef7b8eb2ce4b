import { describe, expect, test } from 'vitest';
import {
  addComment,
  addIssue,
  addVersion,
  aloyPresent,
  loadAloy,
  loadLocalised,
  localisedPresent,
} from '../../../fakes/jira/index.js';
import { FLAVOURS, type Flavour, report, site } from './harness.js';
import { prune, state } from './prune-steps.js';

describe.skipIf(!aloyPresent)('ALOY, a real project', () => {
  const aloy = async (flavour: Flavour) => {
    const store = loadAloy();
    await using here = await site(flavour, { store, settings: { projects: ['ALOY'] }, now: () => '2021-12-02T00:00:00Z' });
    const bugs = await report(here);
    expect(here.fake.violations).toEqual([]);
    return { bugs, requests: here.fake.requests };
  };

  test('is the same on both flavours: 52 open bugs, 50 untargeted, 2 slipped', async () => {
    const [cloud, server] = [await aloy('cloud'), await aloy('datacenter')];
    const neutral = ({ bugs }: typeof cloud) => JSON.parse(JSON.stringify(bugs).replace(/127\.0\.0\.1:\d+/g, 'site'));
    expect(neutral(cloud)).toEqual(neutral(server));
    expect(cloud.bugs).toHaveLength(52);
    expect(cloud.bugs.filter(({ targets }) => targets.length === 0)).toHaveLength(50);
    expect(cloud.bugs.flatMap(({ targets }) => (Array.isArray(targets) ? targets : []))).toEqual([
      { name: 'Alloy 1.5.0', state: 'closed' },
      { name: 'alloy 1.9.11', state: 'closed' },
    ]);
    expect(cloud.bugs.every(({ history, obstacle }) => history === 'complete' && obstacle === null)).toBe(true);
  });

  test('takes few requests', async () => {
    const kinds = 2;
    expect((await aloy('cloud')).requests.length).toBeLessThanOrEqual(1 + 1 + 8 + kinds);
    expect((await aloy('datacenter')).requests.length).toBeLessThanOrEqual(1 + 52 + 8 + kinds);
  });
});

describe.skipIf(!localisedPresent).each(FLAVOURS)('a Chinese site on %s', (flavour) => {
  test('needs no word but the name of its bugs', async () => {
    const store = loadLocalised();
    addVersion(store, 'EE', { name: '2.8' });
    addIssue(store, { project: 'EE', type: '缺陷', status: '打开', created: '2021-01-01T00:00:00Z', priority: null });
    addIssue(store, { project: 'EE', type: '缺陷', status: '开发中', created: '2021-02-01T00:00:00Z', priority: null });
    await using here = await site(flavour, {
      store,
      settings: { projects: ['EE'], bugs: { types: ['缺陷'] } },
      now: () => '2022-12-01T00:00:00Z',
    });
    const bugs = await report(here);
    expect(bugs.map(({ status, inProgress, targets, obstacle }) => ({ status, inProgress, targets, obstacle }))).toEqual([
      { status: '打开', inProgress: false, targets: [], obstacle: null },
      { status: '开发中', inProgress: true, targets: [], obstacle: null },
    ]);
    expect(here.fake.violations).toEqual([]);
  });
});

describe.skipIf(!localisedPresent).each(FLAVOURS)('pruning a Chinese site on %s', (flavour: Flavour) => {
  test('is pruned without a word about its workflow', async () => {
    const store = loadLocalised();
    const { key } = addIssue(store, {
      project: 'EE',
      type: '缺陷',
      status: '打开',
      created: '2021-01-01T00:00:00Z',
      priority: null,
    });
    addComment(store, key, { author: null, body: '还在发生', at: '2021-02-01T00:00:00Z' });
    await using here = await site(flavour, {
      store,
      settings: { projects: ['EE'], bugs: { types: ['缺陷'] } },
      now: () => '2022-12-01T00:00:00Z',
    });
    expect((await prune(here, key)).close.recorded).toBe("Closed, resolution Won't Do");
    expect(state(store, key)).toBe("Closed, Won't Do, 2 comments");
  });
});
