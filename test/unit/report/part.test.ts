import { describe, expect, test } from 'vitest';
import { parsePart, partInWords, partLines } from '../../../src/report/part.js';
import { readReport } from '../../../src/report/read.js';
import { aReport } from './given.js';

test('a part is written with a slash, and counted from one', () => {
  expect(parsePart('2/8')).toEqual({ index: 2, count: 8 });
  expect(parsePart('256/256')).toEqual({ index: 256, count: 256 });
  expect(['0/1', '2/1', '1/257', '01/2', '1/ 2', ' 1/2', '1/2\n', '1000/1000', 'x'].map(parsePart)).toEqual(
    Array.from({ length: 9 }, () => null),
  );
});

test('in words', () => {
  expect(partInWords({ index: 2, count: 8 })).toBe('part 2 of 8');
  expect(partLines(aReport([]))).toEqual([]);
});

describe('a report in a file', () => {
  const read = (shard: unknown) => readReport(JSON.stringify({ ...aReport([]), shard }), 'report.json').shard;

  test('may say which part it is', () => {
    expect(read({ index: 1, count: 1 })).toEqual({ index: 1, count: 1 });
    expect(readReport(JSON.stringify(aReport([])), 'report.json')).not.toHaveProperty('shard');
  });

  test.each([
    [{ index: 0, count: 1 }],
    [{ index: 2, count: 1 }],
    [{ index: 1, count: 257 }],
    [{ index: 1.5, count: 2 }],
    [{ index: 1 }],
    ['1/2'],
    [null],
  ])('may not say %j', (shard) => {
    expect(() => read(shard)).toThrow('report.json cannot be applied:\n  shard');
  });
});
