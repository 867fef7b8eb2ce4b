import { describe, expect, test } from 'vitest';
import { drift } from '../../../src/apply/drift.js';
import type { Bug } from '../../../src/model/bug.js';
import { reportEntry } from '../../../src/report/entry.js';
import { judge, type Ruleset } from '../../../src/rules/judge.js';
import { aBug } from '../../../src/testing.js';
import { NOW, RULES } from './given.js';

const MONA = { id: 'mona', name: 'mona', kind: 'human' } as const;
const BEEP = { id: 'beep', name: 'beep', kind: 'bot' } as const;

/** What a report says about a bug, and what is said about the same bug as it is later. */
function since(before: Partial<Bug>, after: Partial<Bug>, later: Ruleset = RULES): string | null {
  const then = aBug(before);
  const now = aBug({ ...before, ...after });
  return drift(reportEntry(then, judge(then, RULES, NOW), RULES, NOW), now, () => judge(now, later, NOW));
}

const event = (kind: Bug['events'][number]['kind'], actor: Bug['events'][number]['actor'], value?: string) =>
  [{ at: '2026-11-22T08:00:00Z', kind, actor, ...(value === undefined ? {} : { value }) }] satisfies Bug['events'];

describe('what has happened since the report', () => {
  test.each<[string, Partial<Bug>, string | null]>([
    ['nothing', {}, null],
    ['a robot commented', { events: event('commented', BEEP) }, null],
    [
      'a person commented',
      { events: event('commented', MONA) },
      'a person has acted on it since the report, on 2026-11-22T08:00:00Z',
    ],
    [
      'a deleted account labelled it',
      { events: event('labeled', null, 'x') },
      'a person has acted on it since the report, on 2026-11-22T08:00:00Z',
    ],
    ['it was closed', { state: 'closed', status: 'Done' }, 'is Done already'],
    ['it got a target', { targets: [{ name: 'v2', state: 'open' }] }, 'it was untargeted in the report and is targeted now'],
    ['its targets cannot be read', { targets: 'unreadable' }, 'it was untargeted in the report and is unknown now'],
    ['a robot pinned it', { labels: ['bug', 'pinned'] }, 'label pinned protects it'],
    ['its history cannot be read', { history: 'partial' }, 'its history could not be read completely'],
    ['it cannot be closed any more', { obstacle: 'it is not a bug any more' }, 'it is not a bug any more'],
    ['it would be closed otherwise', { closing: 'Done → Done' }, 'it would be closed in another way now: Done → Done'],
    [
      'it is another bug of the same name',
      { url: 'https://other.example.com/1' },
      'the report is about another bug, https://tracker.example.com/acme%2Fapp%231',
    ],
    [
      'it was made anew',
      { createdAt: '2025-01-01T00:00:00Z' },
      'the report is about another bug, https://tracker.example.com/acme%2Fapp%231',
    ],
  ])('%s', (_case, after, expected) => {
    expect(since({}, after)).toBe(expected);
  });

  test('of a confidential bug nothing is told that somebody wrote into it', () => {
    expect(since({ confidential: true }, { confidential: true, labels: ['pinned'] })).toBe('the verdict is keep now');
  });

  test('another policy decides', () => {
    const renamed = { ...RULES, policies: RULES.policies.map((policy) => ({ ...policy, name: 'stricter' })) };
    expect(since({}, {}, renamed)).toBe('policy "stricter" decides about it now');
  });

  test('nobody is judged who need not be', () => {
    const bug = aBug({ state: 'closed', status: 'closed' });
    const never = () => {
      throw new Error('judged');
    };
    expect(drift(reportEntry(bug, judge(bug, RULES, NOW), RULES, NOW), bug, never)).toBe('is closed already');
  });
});
