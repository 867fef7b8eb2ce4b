import { describe, expect, test } from 'vitest';
import type { Report } from '../../../src/report/document.js';
import { nextSteps, tooMany, tooMuch } from '../../../src/report/next.js';
import { aKept, anEntry, aReport } from './given.js';

const warning = anEntry({ verdict: 'warn' });
const bugs = [anEntry(), anEntry(), anEntry(), warning, warning, aKept('label pinned protects it')];
const limited = (closes: number, warnings: number, parts: Partial<Report> = {}) =>
  aReport(bugs, { limits: { closes, warnings, by: 'closes' }, ...parts });

describe('what to type after a dry run', () => {
  test.each<[string, Report, string[]]>([
    ['within the limits', limited(3, 2), ['Next: prune']],
    ['too many closings', limited(2, 2), ['The 4 that people care about least: prune --drain', 'All of them: prune --limit 3']],
    ['too many warnings', limited(9, 1), ['The 4 that people care about least: prune --drain', 'All of them: prune --limit 3']],
    ['nothing is allowed', limited(0, 0), ['All of them: prune --limit 3']],
    ['a report that knows no limits', aReport(bugs), ['Next: prune']],
    ['a run, whatever its limits', limited(0, 0, { mode: 'prune' }), ['To take it back: prune']],
  ])('%s', (_, report, lines) => {
    expect(nextSteps(report, 'prune').map(({ label, command }) => `${label}: ${command}`)).toEqual(lines);
    expect(nextSteps(report, null)).toEqual([]);
  });
});

describe('what people are told of the limits', () => {
  test.each<[string, Report, string[]]>([
    ['within them', limited(3, 2), []],
    ['too many closings', limited(2, 2), ['That is more than limits.closes allows (2).']],
    [
      'too large a share',
      limited(9, 9, { limits: { closes: 1, warnings: 9, by: 'share' } }),
      ['That is more than limits.share allows (1).'],
    ],
    [
      'unlike the weeks before',
      limited(9, 9, { limits: { closes: 1, warnings: 9, by: 'surge' } }),
      ['That is more than limits.surge allows (1).'],
    ],
    ['too many warnings', limited(9, 1), ['That is more than limits.warnings allows (1).']],
    ['both', limited(1, 1), ['That is more than limits.closes allows (1), and more than limits.warnings allows (1).']],
    ['a report that knows no limits', aReport(bugs), []],
    ['a run, whatever its limits', limited(0, 0, { mode: 'prune' }), []],
  ])('%s', (_, report, sentences) => {
    expect(tooMuch(report)).toEqual(sentences);
  });
});

test.each([
  [3, 2, null],
  [2, 2, { closes: 3, warnings: null, possible: 4, needed: 3 }],
  [3, 1, { closes: null, warnings: 2, possible: 4, needed: 3 }],
  [0, 0, { closes: 3, warnings: 2, possible: 0, needed: 3 }],
])('three closings and two warnings where %i and %i are allowed', (closes, warnings, expected) => {
  expect(tooMany(bugs, { closes, warnings })).toEqual(expected);
});
