import { describe, expect, test } from 'vitest';
import type { Bug } from '../../../src/model/bug.js';
import { reportEntry } from '../../../src/report/entry.js';
import { judge } from '../../../src/rules/judge.js';
import { aBug } from '../../../src/testing.js';
import { NOW, RULES } from '../apply/given.js';

const entry = (bug: Bug) => reportEntry(bug, judge(bug, RULES, NOW), RULES, NOW);

const MONA = { id: 'mona', name: 'mona', kind: 'human' } as const;
const BEEP = { id: 'beep', name: 'beep', kind: 'bot' } as const;
const comment = (actor: Bug['events'][number]['actor']) => ({ at: '2024-02-01T00:00:00Z', kind: 'commented' as const, actor });

describe('how many people care about a bug', () => {
  test.each<[string, Partial<Bug>, number | null]>([
    ['nobody', {}, 0],
    ['those who voted', { votes: 7 }, 7],
    ['those who commented, too, each time', { votes: 7, events: [comment(MONA), comment(MONA), comment(null)] }, 10],
    ['not robots', { events: [comment(BEEP), comment(MONA)] }, 1],
    [
      'not bugprune',
      { events: [{ ...comment({ ...MONA, self: true }), mark: { run: 'r', action: 'warn', policy: 'untargeted' } }] },
      0,
    ],
    ['not who merely labelled it', { events: [{ ...comment(MONA), kind: 'labeled', value: 'ui' }] }, 0],
    ['also of a confidential one: it is no text', { confidential: true, votes: 2, events: [comment(MONA)] }, 3],
    ['not known without votes', { votes: null, events: [comment(MONA)] }, null],
    ['not known without its history', { votes: 7, history: 'unread' }, null],
    ['not known with half of its history', { votes: 7, history: 'partial' }, null],
  ])('%s', (_, parts, engagement) => {
    expect(entry(aBug(parts)).engagement).toBe(engagement);
  });
});
