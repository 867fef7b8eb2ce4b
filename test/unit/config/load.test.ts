import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { nameSources, understandRef } from '../../../src/config/source.js';
import { DESCRIPTORS } from '../../../src/trackers/index.js';
import { aFolder, FILE_TRACKER, failure, load, loadContent } from './given.js';

const two = { trackers: { one: { type: 'file', path: '1.ndjson' }, two: { type: 'file', path: '2.ndjson' } } };
const context = { variables: {}, isFile: () => false };
const namesOf = (config: Awaited<ReturnType<typeof load>>) => config.trackers.map(({ name }) => name);

describe('which trackers are looked at', () => {
  test('those of the configuration, in its order', async () => {
    expect(namesOf(await loadContent(two))).toEqual(['one', 'two']);
  });

  test('sources on the command line replace them', async () => {
    const config = await loadContent({ ...two, bots: ['ci'] }, { sources: ['https://github.com/acme/app', 'backlog.ndjson'] });
    expect(namesOf(config)).toEqual(['acme/app', 'backlog']);
    expect(config.isBot?.('CI')).toBe(true);
  });

  test('the git remote is used only where nothing else is named', async () => {
    const fallback = () => Promise.resolve('git@github.com:acme/lib.git');
    expect(namesOf(await load(await aFolder(), { fallback }))).toEqual(['acme/lib']);
    expect(namesOf(await loadContent({ bots: [] }, { fallback }))).toEqual(['acme/lib']);
    expect(namesOf(await loadContent(two, { fallback }))).toEqual(['one', 'two']);
    expect(namesOf(await loadContent(two, { fallback, sources: ['x.ndjson'] }))).toEqual(['x']);
  });

  test('nothing anywhere is a mistake in the command, and the hint shows a good one', async () => {
    const { code, hint } = await failure(load(await aFolder()));
    expect(code).toBe('usage');
    expect(hint).toContain('bugprune https://github.com/OWNER/REPO');
    expect(hint).toContain('bugprune init');
  });

  test('a source that nobody knows is a mistake in the command', async () => {
    const { code, message, hint } = await failure(load(await aFolder(), { sources: ['https://example.com/'] }));
    expect(code).toBe('usage');
    expect(message).toBe('"https://example.com/" is no source that bugprune knows.');
    expect(hint).toContain('owner/repo');
  });

  test.each([
    ['https://mona:hunter2@git.example.com/acme/team/app.git', '"https://git.example.com/acme/team/app.git" is no source'],
    ['https://hunter2@git.example.com/acme/team/app.git', '"https://git.example.com/acme/team/app.git" is no source'],
    ['https://mona:hunter2@hunter2@git.example.com/a/b/c', '"https://git.example.com/a/b/c" is no source'],
    ['ssh://mona:hunter2@git.example.com:2222/a/b/c', '"ssh://git.example.com:2222/a/b/c" is no source'],
  ])('nothing secret of %s is quoted, from the git remote or the command line', async (address, told) => {
    for (const request of [{ fallback: () => Promise.resolve(address) }, { sources: [address] }]) {
      const { code, message, hint } = await failure(load(await aFolder(), request));
      expect(code).toBe('usage');
      expect(message).toContain(told);
      expect(`${message}${hint}`).not.toContain('hunter2');
    }
  });

  test('a remote that holds credentials is still understood', async () => {
    const fallback = () => Promise.resolve('https://x-access-token:hunter2@github.com/acme/lib.git');
    expect(namesOf(await load(await aFolder(), { fallback }))).toEqual(['acme/lib']);
  });

  test('--tracker chooses, in the order of the configuration', async () => {
    expect(namesOf(await loadContent(two, { only: ['two'] }))).toEqual(['two']);
    expect(namesOf(await loadContent(two, { only: ['two', 'one', 'two'] }))).toEqual(['one', 'two']);
  });

  test('--tracker with a name that there is not tells which there are', async () => {
    const { code, message, hint } = await failure(loadContent(two, { only: ['one', 'three'] }));
    expect({ code, message, hint }).toEqual({
      code: 'usage',
      message: 'There is no tracker named three.',
      hint: 'There are one, two.',
    });
  });

  test('the same source twice gets two names', async () => {
    expect(namesOf(await load(await aFolder(), { sources: ['a/b.ndjson', 'c/b.ndjson', 'd.ndjson'] }))).toEqual([
      'b',
      'b (2)',
      'd',
    ]);
  });

  test('a configuration is checked even where its trackers are not used', async () => {
    const { code } = await failure(loadContent({ trackers: { app: { type: 'file' } } }, { sources: ['x.ndjson'] }));
    expect(code).toBe('config');
  });
});

describe('relative paths', () => {
  const isFile = () => true;

  test('in settings start at the folder of the configuration', async () => {
    const folder = await aFolder({ '.bugprunerc': { trackers: { app: FILE_TRACKER } }, 'src/x': '' });
    const config = await load(join(folder, 'src'));
    expect(config.trackers[0]?.settings).toEqual(FILE_TRACKER);
    expect(config.folder).toBe(folder);
  });

  test('on the command line start at the working folder, wherever the configuration lies', async () => {
    const folder = await aFolder({ '.bugprunerc': {}, 'src/x': '' });
    const cwd = join(folder, 'src');
    const config = await load(cwd, { sources: ['backlog.ndjson'], context: { variables: {}, isFile } });
    expect(config.trackers[0]).toMatchObject({ name: 'backlog', settings: { path: join(cwd, 'backlog.ndjson') } });
  });
});

describe('rules from the configuration', () => {
  test('a guard that is switched off is gone, a criterion cannot be', async () => {
    const { rules } = await loadContent({ ...two, keep: { labels: [], inProgress: false, reopened: false, snoozed: false } });
    expect(rules.guards.map(({ id }) => id)).toEqual(['priorities', 'linkedWork']);
    expect(rules.policies[0]?.criteria.map(({ id }) => id)).toEqual(['untargetedFor', 'idleFor']);
  });

  test('guards of a policy add to the common ones', async () => {
    const policies = [{ name: 'a', when: { openFor: '1w' }, keep: { votes: 10, labels: ['epic'] } }];
    const { rules } = await loadContent({ ...two, policies });
    expect(rules.guards.map(({ id }) => id)).toEqual(['labels', 'priorities', 'inProgress', 'linkedWork', 'reopened', 'snoozed']);
    expect(rules.policies[0]?.guards.map(({ id }) => id)).toEqual(['labels', 'votes']);
  });

  test('parked names may hold wildcards and compare without case', async () => {
    const { rules } = await loadContent({ ...two, targets: { parked: ['Backlog', 'Future*'] } });
    expect(['backlog', 'Future 2', 'FUTURE', 'Back', '2.0'].filter(rules.isParked)).toEqual(['backlog', 'Future 2', 'FUTURE']);
  });

  test('nobody is a bot unless named', async () => {
    expect((await loadContent(two)).isBot).toBeNull();
    expect((await loadContent({ ...two, bots: ['k8s-*'] })).isBot?.('K8s-ci-robot')).toBe(true);
  });
});

describe('limits from the configuration', () => {
  test.each([
    [{}, { closes: 25, warnings: 50, share: 20, surge: 3 }],
    [
      { closes: 0, warnings: 0 },
      { closes: 0, warnings: 0, share: 20, surge: 3 },
    ],
    [
      { share: '0%', surge: '1x' },
      { closes: 25, warnings: 50, share: 0, surge: 1 },
    ],
    [
      { share: '12.5%', surge: '1.5x' },
      { closes: 25, warnings: 50, share: 12.5, surge: 1.5 },
    ],
    [
      { share: '100%', surge: '100x' },
      { closes: 25, warnings: 50, share: 100, surge: 100 },
    ],
  ])('%j', async (limits, expected) => {
    expect((await loadContent({ ...two, limits })).limits).toEqual(expected);
  });
});

describe('what a person types to name a bug', () => {
  test.each([
    ['acme/app#12', { ref: 'acme/app#12', source: 'acme/app#12' }],
    ['https://github.com/acme/app/issues/12', { ref: 'acme/app#12', source: 'https://github.com/acme/app/issues/12' }],
    ['ERP-12', { ref: 'ERP-12', source: null }],
    ['  ERP-12 ', { ref: 'ERP-12', source: null }],
  ])('%s', (text, understood) => {
    expect(understandRef(text, DESCRIPTORS, context)).toEqual(understood);
  });

  test('names for sources are counted up', () => {
    const source = (name: string, index: number) => ({ name, settings: { type: 'file', path: `${index}/${name}` } });
    expect(nameSources(['a', 'b', 'a', 'a'].map(source)).map(([name]) => name)).toEqual(['a', 'b', 'a (2)', 'a (3)']);
  });

  test('the same source twice is one', async () => {
    expect(namesOf(await load(await aFolder(), { sources: ['acme/app', 'ACME/app', 'https://github.com/acme/app'] }))).toEqual([
      'acme/app',
    ]);
  });

  test('one bug is no source, and whoever names one is told what to do', async () => {
    for (const text of ['acme/app#12', 'https://github.com/acme/app/issues/12', 'https://acme.atlassian.net/browse/ERP-12']) {
      const { code, message, hint } = await failure(load(await aFolder(), { sources: [text] }));
      expect([code, message]).toEqual(['usage', expect.stringMatching(/^(acme\/app#12|ERP-12) is one bug, not a source\.$/)]);
      expect(hint).toContain('bugprune explain');
    }
    expect(namesOf(await load(await aFolder(), { sources: ['acme/app#12'], about: 'acme/app#12' }))).toEqual(['acme/app']);
  });

  test('a report is no source', async () => {
    const { message, hint } = await failure(load(await aFolder(), { sources: ['report.json'] }));
    expect([message, hint]).toEqual(['report.json is a report, not a source.', 'To carry it out: bugprune prune report.json']);
  });
});
