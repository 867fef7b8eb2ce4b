import { describe, expect, test } from 'vitest';
import type { Report } from '../../../src/report/document.js';
import { FORMATS } from '../../../src/report/formats.js';
import { BACKLOG, CLEAN, PRUNED } from './backlog.js';
import { aReport, COLOURED, render } from './given.js';
import { REPORTS } from './hostile.js';

const ndjson = (report: Report): string => render(FORMATS.ndjson, report);
const linesOf = (report: Report): Record<string, unknown>[] =>
  ndjson(report)
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line));

describe('NDJSON', () => {
  test('looks like this', async () => {
    await expect(ndjson(BACKLOG)).toMatchFileSnapshot('../../golden/report/backlog.ndjson');
  });

  test('is the report without its bugs, and then each bug', () => {
    for (const report of [BACKLOG, PRUNED, CLEAN, aReport([]), ...REPORTS]) {
      const { bugs, ...head } = report;
      expect(linesOf(report)).toEqual([head, ...bugs.map((bug) => ({ kind: 'bug', ...bug }))]);
    }
  });

  test('says first of which kind a line is', () => {
    const [first, ...rest] = ndjson(BACKLOG).trimEnd().split('\n');
    expect(first).toMatch(/^\{"version":1,"kind":"report",/);
    for (const line of rest) expect(line).toMatch(/^\{"kind":"bug","ref":"/);
  });

  test('is selected from by verdict without stumbling over the first line', () => {
    const close = linesOf(BACKLOG).filter(({ verdict }) => verdict === 'close');
    expect(close.map(({ ref }) => ref)).toEqual(BACKLOG.bugs.filter(({ verdict }) => verdict === 'close').map(({ ref }) => ref));
  });

  test('comes in parts, one for each line, and is the same wherever it goes', () => {
    const parts = [...FORMATS.ndjson.render(BACKLOG)];
    expect(parts).toHaveLength(BACKLOG.bugs.length + 1);
    expect(render(FORMATS.ndjson, BACKLOG, { width: 60, palette: COLOURED, next: 'x', all: false })).toBe(parts.join(''));
  });
});
