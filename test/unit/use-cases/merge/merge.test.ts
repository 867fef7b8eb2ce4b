import { describe, expect, test } from 'vitest';
import type { Report } from '../../../../src/report/document.js';
import { aBug } from '../../../../src/testing.js';
import { merge } from '../../../../src/use-cases/merge/merge.js';
import type { Part } from '../../../../src/use-cases/merge/parts.js';
import { anEntry, aReport, aTracker } from '../../report/given.js';
import { configWith, partsOf } from './given.js';

/** What a merge takes of a configuration. */
const LIMITS = { limits: { closes: 25, warnings: 50, share: 20, surge: 3 } };

/** Twelve bugs to close, in four places. */
const aConfig = () =>
  configWith({
    app: ['acme/app', 'acme/lib', 'acme/web', 'acme/docs'].flatMap((place) =>
      [1, 2, 3].map((number) => aBug({ ref: `${place}#${number}`, tracker: 'app' })),
    ),
  });

const merged = (parts: readonly Part[]): Report => merge(parts, LIMITS, [], '1.2.3').report;
const part = (name: string, parts: Partial<Report>): Part => ({ name, report: aReport([], parts) });

describe('parts that are missing', () => {
  test('make every tracker incomplete, and are named', async () => {
    const all = await partsOf(await aConfig(), 4);
    const { report, failures } = merge(
      all.filter((_, index) => index !== 1 && index !== 3),
      LIMITS,
      [],
      '1.2.3',
    );
    expect(report.trackers).toMatchObject([{ complete: false, problems: ['parts 2 and 4 of 4 are missing'] }]);
    expect(failures.map(({ message, code }) => ({ message, code }))).toEqual([
      { message: 'app: parts 2 and 4 of 4 are missing', code: 'tracker' },
    ]);
    expect(report).not.toHaveProperty('shard');
  });

  test('the words for one', async () => {
    const [, second] = await partsOf(await aConfig(), 2);
    expect(merged(second ? [second] : []).trackers[0]?.problems).toEqual(['part 1 of 2 is missing']);
  });

  test('count only for what was read in parts', () => {
    const one = part('one.json', { shard: { index: 1, count: 2 }, trackers: [aTracker({ name: 'app' })] });
    const other = part('other.json', { trackers: [aTracker({ name: 'erp' })] });
    expect(merged([one, other]).trackers.map(({ name, complete }) => ({ name, complete }))).toEqual([
      { name: 'erp', complete: true },
      { name: 'app', complete: false },
    ]);
  });
});

describe('trackers of the same name are one', () => {
  test('with everything that was told of them, each once', () => {
    const tracker = (parts: Partial<Report['trackers'][number]>) => ({ trackers: [aTracker({ name: 'app', ...parts })] });
    const parts = [
      part('a.json', tracker({ as: 'octocat', open: 3, notes: ['x', 'y'] })),
      part('b.json', tracker({ as: '', open: 2, notes: ['y'], complete: false, problems: ['gone', 'lost'] })),
      part('c.json', tracker({ as: 'hubot', open: 1, complete: false, problems: ['lost'] })),
    ];
    expect(merged(parts).trackers).toEqual([
      {
        ...aTracker({ name: 'app' }),
        as: 'octocat, hubot',
        complete: false,
        open: 6,
        problems: ['gone', 'lost'],
        notes: ['x', 'y'],
      },
    ]);
  });

  test('unless they are of two types', () => {
    const parts = ['github', 'jira'].map((type) => part(`${type}.json`, { trackers: [aTracker({ name: 'app', type })] }));
    expect(() => merged(parts)).toThrow('app is a tracker of type github in github.json, of type jira in jira.json.');
  });
});

describe('what an incomplete tracker does not say', () => {
  test('is still told', () => {
    const silent = part('a.json', { trackers: [aTracker({ name: 'app', complete: false, problems: [] })] });
    expect(merge([silent], LIMITS, [], '1.2.3').failures.map(({ message }) => message)).toEqual([
      'app: not everything could be read',
    ]);
  });
});

describe('a bug in two reports', () => {
  const trackers = [aTracker({ name: 'app', open: 1 })];
  const withBug = (name: string, comment: string): Part => ({
    name,
    report: aReport([anEntry({ ref: 'acme/app#1', comment })], { trackers }),
  });

  test('is one when both say the same', () => {
    const report = merged([withBug('a.json', 'Because.'), withBug('b.json', 'Because.')]);
    expect(report.bugs).toHaveLength(1);
    expect(report.summary).toMatchObject({ open: 1, close: 1 });
    expect(report.trackers[0]?.open).toBe(1);
  });

  test('is refused when they do not, by its name', () => {
    expect(() => merged([withBug('a.json', 'Because.'), withBug('b.json', 'For another reason.')])).toThrow(
      'Two reports say different things about the same bug:\n  acme/app#1 of app: in a.json and in b.json',
    );
  });

  test('of many, some are named', () => {
    const many = (name: string, comment: string): Part => ({
      name,
      report: aReport(
        Array.from({ length: 23 }, (_, index) => anEntry({ ref: `acme/app#${index}`, comment })),
        { trackers },
      ),
    });
    expect(() => merged([many('a.json', 'Because.'), many('b.json', 'No.')])).toThrow('\n  … and 3 more');
  });

  test('is none when the trackers are two', () => {
    const other = {
      name: 'b.json',
      report: aReport([anEntry({ ref: 'acme/app#1', tracker: 'fork' })], { trackers: [aTracker({ name: 'fork', open: 1 })] }),
    };
    expect(merged([withBug('a.json', 'Because.'), other]).bugs).toHaveLength(2);
  });
});

describe('reports that do not go together', () => {
  const shard = (index: number, count: number) => ({ shard: { index, count } });
  test.each<[string, readonly Part[], string]>([
    ['no report at all', [], 'There is no report to merge.'],
    ['a run', [part('a.json', {}), part('b.json', { mode: 'prune', run: 'r1' })], 'b.json is of run r1, which has already'],
    ['a run alone', [part('a.json', { mode: 'prune', run: 'r1' })], 'a.json is of run r1'],
    [
      'other policies',
      [part('a.json', {}), part('b.json', { policyDigest: 'sha256:other' })],
      'b.json was made with other policies than a.json.',
    ],
    ['a part twice', [part('a.json', shard(2, 3)), part('b.json', shard(2, 3))], 'a.json and b.json are both part 2 of 3.'],
    [
      'two divisions',
      [part('a.json', shard(1, 2)), part('b.json', shard(2, 3))],
      'a.json is part 1 of 2, b.json is part 2 of 3: parts of two divisions overlap.',
    ],
  ])('%s', (_what, parts, message) => {
    expect(() => merged(parts)).toThrow(message);
  });
});

test('a merged report is as old as its oldest part, and has the limits of the configuration', async () => {
  const [first, second] = await partsOf(await aConfig(), 2);
  if (!first || !second) throw new Error('two parts');
  const older = { ...second, report: { ...second.report, generatedAt: '2026-11-22T08:00:00Z' } };
  const report = merge([first, older], LIMITS, [], '1.2.3').report;
  expect(report.generatedAt).toBe('2026-11-22T08:00:00Z');
  expect(report.run).toMatch(/^20261122T080000Z-[0-9a-f]{6}$/);
  expect(report.limits).toEqual({ closes: 3, warnings: 50, by: 'share' });
  expect(first.report.limits).toBeNull();
});

test('entries that a reviewer deleted still count as open bugs', () => {
  const [first, second] = [1, 2].map((index) =>
    part(`${index}.json`, { shard: { index, count: 2 }, summary: { ...aReport([]).summary, open: 10 } }),
  );
  if (!first || !second) throw new Error('two parts');
  expect(merged([first, second]).summary.open).toBe(20);
});
