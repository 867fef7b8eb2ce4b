import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { inShard, MOST_SHARDS, placeOf, shardOf } from '../../../src/model/shard.js';

describe('the part of a place', () => {
  // Computed by another program. They must stay as they are: jobs of two versions may share a run.
  test.each([
    ['acme/app', [1, 1, 2, 1, 185]],
    ['acme/lib', [1, 1, 1, 1, 9]],
    ['kubernetes/kubernetes', [1, 2, 2, 2, 226]],
    ['ERP', [1, 2, 1, 6, 30]],
    ['WEB', [1, 1, 3, 7, 215]],
    ['Füße/größe', [1, 1, 3, 1, 89]],
    ['日本/語', [1, 1, 2, 3, 115]],
    ['', [1, 2, 3, 4, 12]],
  ])('of %s is the one it always was', (place, parts) => {
    expect([1, 2, 3, 8, 256].map((count) => shardOf(place, count))).toEqual(parts);
  });

  test('does not depend on the case', () => {
    expect(shardOf('Acme/APP', 256)).toBe(shardOf('acme/app', 256));
    expect(shardOf('erp', 256)).toBe(shardOf('ERP', 256));
  });

  test('is exactly one', () => {
    fc.assert(
      fc.property(fc.string(), fc.integer({ min: 1, max: MOST_SHARDS }), (place, count) => {
        const parts = Array.from({ length: count }, (_, index) => inShard({ index: index + 1, count }));
        expect(parts.filter((holds) => holds(place))).toHaveLength(1);
      }),
      { seed: 1, numRuns: 200 },
    );
  });

  // Names of a kind differ in few bits, which is where a bad hash fails.
  test.each([
    ['repositories by number', (index: number) => `acme/service-${index}`],
    ['projects of two letters', (index: number) => String.fromCharCode(65 + Math.floor(index / 26), 65 + (index % 26))],
    ['names of even characters', (index: number) => `b/${index.toString(2).replaceAll('1', 'd').replaceAll('0', 'b')}`],
  ])('is as large as the others: %s', (_what, nameOf) => {
    const names = Array.from({ length: 26 * 26 }, (_, index) => nameOf(index));
    for (const count of [2, 3, 4, 8, 10]) {
      const sizes = Array.from({ length: count }, (_, index) => names.filter(inShard({ index: index + 1, count })).length);
      const even = names.length / count;
      // Five standard deviations of throwing dice.
      const tolerance = 5 * Math.sqrt(even * (1 - 1 / count));
      for (const size of sizes) expect(Math.abs(size - even)).toBeLessThan(tolerance);
    }
  });
});

test.each([
  ['acme/app#12', 'acme/app'],
  ['acme/my-app#12', 'acme/my-app'],
  ['ERP-12', 'ERP'],
  ['A_B2-7', 'A_B2'],
  ['a-b-12', 'a-b'],
  ['12', '12'],
  ['#12', '#12'],
  ['-12', '-12'],
  ['', ''],
])('the place of %s is %s', (ref, place) => {
  expect(placeOf(ref)).toBe(place);
});
