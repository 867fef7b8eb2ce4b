import { describe, expect, test } from 'vitest';
import { type Life, lifeOf } from '../../../src/backtest/life.js';
import { settleRenames } from '../../../src/backtest/renames.js';
import type { Bug, BugEvent, EventKind } from '../../../src/model/bug.js';
import { NOT_FIXED } from '../../../src/model/fix.js';
import { asOf } from '../../../src/model/history.js';
import { aBug } from '../../../src/testing.js';
import { MONA } from '../rules/given.js';
import { WEEKLY, week } from './given.js';

type Parts = Parameters<typeof aBug>[0];
const lifeFrom = (parts: Parts): Life =>
  lifeOf(aBug({ createdAt: week(0), ...parts }), WEEKLY, { isParked: () => false, notFixed: NOT_FIXED });
const on = (number: number, kind: EventKind, value: string | null = null): BugEvent => ({
  at: week(number),
  kind,
  actor: MONA,
  value,
});
const targetsAt = (bug: Bug, number: number) => {
  const targets = asOf(bug, week(number))?.targets;
  return Array.isArray(targets) ? targets.map(({ name }) => name) : targets;
};

describe('what is uncertain about the past of a bug', () => {
  test('is nothing where the history is whole; then there is one way to tell it', () => {
    const { told, late, doubts } = lifeFrom({ events: [on(1, 'targeted', 'v1'), on(2, 'untargeted', 'v1')] });
    expect([...doubts]).toEqual([]);
    expect(late).toBe(told);
  });

  test('a history that was not read whole is taken for all there is', () => {
    for (const history of ['partial', 'unread'] as const) {
      const { told, doubts } = lifeFrom({ history });
      expect([...doubts]).toEqual(['history']);
      expect(told.bug.history).toBe('complete');
    }
  });

  test('what keeps it from being closed today need not have been there then', () => {
    const { told, doubts } = lifeFrom({ obstacle: 'the repository is archived' });
    expect([...doubts]).toEqual(['obstacle']);
    expect(told.bug.obstacle).toBeNull();
  });

  test('a closed bug without a closing was open until its last change, and that was perhaps a fix', () => {
    const { told, doubts } = lifeFrom({ state: 'closed', events: [on(3, 'commented')], updatedAt: week(5) });
    expect([...doubts]).toEqual(['closing']);
    expect(told.stretches.map(({ bug, first, end }) => [bug.state, first, end])).toEqual([
      ['open', 0, 3],
      ['open', 3, 5],
      ['closed', 5, WEEKLY.runs.length],
    ]);
    expect(told.fates).toEqual([{ kind: 'fixed', at: week(5), sure: false }]);
    const again = lifeFrom({ state: 'closed', events: [on(2, 'closed', 'Fixed'), on(3, 'reopened')] });
    expect(again.told.fates.map(({ at }) => at)).toEqual([week(2), week(3)]);
  });

  test('in doubt, a target that no event set was there from the beginning, or came at the last moment', () => {
    const { told, late } = lifeFrom({ history: 'partial', targets: [{ name: 'v1', state: 'open' }], updatedAt: week(9) });
    expect([targetsAt(told.bug, 1), targetsAt(late.bug, 8), targetsAt(late.bug, 9)]).toEqual([['v1'], [], ['v1']]);
    expect([told.fates.length, late.fates.length]).toEqual([0, 1]);
    const known = lifeFrom({ targets: [{ name: 'v1', state: 'open' }] });
    expect(known.late).toBe(known.told);
  });
});

describe('targets that were renamed', () => {
  const settled = (events: BugEvent[], targets: Bug['targets'] = []) => {
    const { renamed, traced, events: found } = settleRenames(aBug({ createdAt: week(0), events, targets }));
    return { renamed, traced, names: found.map(({ value }) => value) };
  };
  const v1 = [{ name: 'v1', state: 'open' as const }];

  test('are known by their later name, so that they were not there before they were set', () => {
    expect(settled([on(2, 'targeted', 'next')], v1)).toEqual({ renamed: true, traced: true, names: ['v1'] });
    expect(settled([on(2, 'targeted', 'next'), on(4, 'untargeted', 'v1')])).toEqual({
      renamed: true,
      traced: true,
      names: ['v1', 'v1'],
    });
    const { told, doubts } = lifeFrom({ events: [on(2, 'targeted', 'next')], targets: v1 });
    expect([...doubts]).toEqual(['renamed']);
    expect([targetsAt(told.bug, 1), targetsAt(told.bug, 2)]).toEqual([[], ['v1']]);
  });

  test('are not looked for where every target is accounted for, one from the beginning included', () => {
    for (const [events, targets] of [
      [[on(1, 'targeted', 'v1'), on(2, 'untargeted', 'v1')], []],
      [[on(1, 'untargeted', 'v0')], []],
      [[on(1, 'untargeted', 'v0'), on(1, 'targeted', 'v1')], v1],
      [[], v1],
    ] as const) {
      expect(settled([...events], [...targets])).toMatchObject({ renamed: false, traced: true });
    }
  });

  test('cannot be told where there are several, or none that it could be', () => {
    const gone = [on(1, 'targeted', 'a'), on(2, 'targeted', 'b')];
    expect(settled(gone, v1)).toEqual({ renamed: false, traced: false, names: ['a', 'b'] });
    expect(settled([on(1, 'targeted', 'a')])).toMatchObject({ renamed: false, traced: false });
    expect(settled([on(1, 'untargeted', 'z'), on(2, 'targeted', 'a')])).toMatchObject({ renamed: false, traced: false });
    expect(lifeFrom({ events: gone }).doubts.has('target')).toBe(true);
  });
});
