import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { drained } from '../../../src/apply/order.js';
import type { ReportBug } from '../../../src/report/document.js';
import { aKept, anEntry, daysAgo } from '../report/given.js';

const TRACKERS = ['app', 'erp', 'lib'];

const refs = (bugs: readonly ReportBug[]) => bugs.map(({ ref }) => ref);
const some = (closes: number, warnings = 0) => ({ closes, warnings });

describe('as much as is allowed', () => {
  test('the least engaged come first; what nobody knows comes last', () => {
    const bugs = [7, null, 0, 12, 3].map((engagement) => anEntry({ ref: `app#${engagement}`, engagement }));
    expect(refs(drained(bugs, some(5), TRACKERS))).toEqual(['app#0', 'app#3', 'app#7', 'app#12', 'app#null']);
    expect(refs(drained(bugs, some(2), TRACKERS))).toEqual(['app#0', 'app#3']);
  });

  test('of those that people care about as little, the oldest, then by number', () => {
    const bug = (ref: string, age: number, engagement: number | null = 1) =>
      anEntry({ ref, createdAt: daysAgo(age), engagement });
    const bugs = [bug('app#10', 5), bug('app#2', 5), bug('app#3', 9), bug('app#9', 1, null), bug('app#8', 2, null)];
    expect(refs(drained(bugs, some(5), TRACKERS))).toEqual(['app#3', 'app#2', 'app#10', 'app#8', 'app#9']);
  });

  test('trackers take turns, in their order, and who has no more is left out', () => {
    const bugs = ['erp', 'app', 'app', 'app', 'app', 'erp', 'lib'].map((tracker, index) =>
      anEntry({ tracker, ref: `${tracker}#${index}`, engagement: index }),
    );
    const all = ['app#1', 'erp#0', 'lib#6', 'app#2', 'erp#5', 'app#3', 'app#4'];
    expect(refs(drained(bugs, some(9), TRACKERS))).toEqual(all);
    expect(refs(drained(bugs, some(4), TRACKERS))).toEqual(all.slice(0, 4));
    expect(refs(drained(bugs, some(4), ['lib', 'erp', 'app']))).toEqual(['lib#6', 'erp#0', 'app#1', 'erp#5']);
  });

  test('closings and warnings are counted apart; closings come first', () => {
    const bugs = [1, 2, 3].flatMap((number) => [
      anEntry({ ref: `warn#${number}`, verdict: 'warn', engagement: number }),
      anEntry({ ref: `close#${number}`, engagement: number + 10 }),
    ]);
    expect(refs(drained(bugs, some(2, 1), TRACKERS))).toEqual(['close#1', 'close#2', 'warn#1']);
    expect(drained(bugs, some(0, 0), TRACKERS)).toEqual([]);
  });

  test('snoozes close nothing, and are all done, in the end', () => {
    const snoozes = [1, 2].map((number) => aKept('reviewed', { ref: `app#${number}`, snooze: 'forever' }));
    expect(refs(drained([...snoozes, anEntry({ ref: 'app#3' })], some(1), TRACKERS))).toEqual(['app#3', 'app#1', 'app#2']);
  });

  test('nothing else is among them', () => {
    expect(drained([aKept('pinned'), anEntry({ tracker: 'gone' })], some(9, 9), TRACKERS)).toEqual([]);
  });
});

describe('whatever is proposed', () => {
  const proposal = fc.record({
    tracker: fc.constantFrom(...TRACKERS),
    verdict: fc.constantFrom('close' as const, 'warn' as const),
    engagement: fc.option(fc.nat(6)),
    createdAt: fc.nat(5).map(daysAgo),
  });
  const proposals = fc
    .array(proposal, { maxLength: 30 })
    .map((all) => all.map((parts, index) => anEntry({ ...parts, ref: `${parts.tracker}#${index}` })));
  const allowed = fc.record({ closes: fc.nat(12), warnings: fc.nat(12) });

  /** Holds for the closings and for the warnings of any plan; `left` is what was not taken. */
  function always(holds: (taken: ReportBug[], left: ReportBug[], most: number) => void, seed: number): void {
    fc.assert(
      fc.property(proposals, allowed, (bugs, most) => {
        const all = drained(bugs, most, TRACKERS);
        for (const [verdict, number] of [['close', most.closes] as const, ['warn', most.warnings] as const]) {
          const those = bugs.filter((bug) => bug.verdict === verdict);
          const taken = all.filter((bug) => bug.verdict === verdict);
          holds(
            taken,
            those.filter((bug) => !taken.includes(bug)),
            number,
          );
        }
      }),
      { seed, numRuns: 200 },
    );
  }

  const engagement = (bug: ReportBug) => bug.engagement ?? Number.POSITIVE_INFINITY;

  test('it is as much as is allowed, and each bug once', () => {
    always((taken, left, most) => {
      expect(taken).toHaveLength(Math.min(most, taken.length + left.length));
      expect(new Set(taken).size).toBe(taken.length);
    }, 31);
  });

  test('no bug is taken while one of the same tracker that fewer care about is left', () => {
    always((taken, left) => {
      for (const bug of left) {
        const rivals = taken.filter(({ tracker }) => tracker === bug.tracker).map(engagement);
        expect(Math.max(...rivals, 0)).toBeLessThanOrEqual(engagement(bug));
      }
    }, 32);
  });

  test('no tracker has two more than another, unless that has no more', () => {
    always((taken, left) => {
      const from = (name: string) => taken.filter(({ tracker }) => tracker === name).length;
      const hungry = TRACKERS.filter((name) => left.some(({ tracker }) => tracker === name)).map(from);
      for (const name of TRACKERS) expect(from(name) - Math.min(...hungry, from(name))).toBeLessThanOrEqual(1);
    }, 33);
  });

  test('those that come first in the order of the trackers have their turn first', () => {
    always((taken) => {
      for (const [index, bug] of taken.entries()) {
        const soFar = (name: string) => taken.slice(0, index).filter(({ tracker }) => tracker === name).length;
        const ahead = TRACKERS.slice(0, TRACKERS.indexOf(bug.tracker)).filter((name) =>
          taken.slice(index).some(({ tracker }) => tracker === name),
        );
        for (const name of ahead) expect(soFar(name)).toBeGreaterThan(soFar(bug.tracker));
      }
    }, 34);
  });
});
