import { describe, expect, test } from 'vitest';
import { judge, type Ruleset } from '../../../src/rules/judge.js';
import { ago, bind, NOW, old, type Parts, policy, ROBOT, ruleset } from './given.js';

describe('attention', () => {
  const SEVERE = { guards: bind('guard', { priorities: ['Blocker'] }) };
  const treat = (parts: Partial<Ruleset['treat']>): Partial<Ruleset> => ({ ...SEVERE, treat: { ...ruleset().treat, ...parts } });
  const over = [{ name: 'v1', state: 'closed' as const }];
  const parked = [{ name: 'Backlog', state: 'open' as const }];

  test.each<[string, Parts, Partial<Ruleset>, boolean]>([
    ['severe and untargeted', { priority: 'Blocker' }, SEVERE, true],
    ['the same, young and talked about', { priority: 'Blocker', createdAt: ago(1) }, SEVERE, true],
    ['the same, unread', { priority: 'Blocker', history: 'unread' }, SEVERE, true],
    [
      "severe by a policy's own guard",
      { priority: 'Blocker' },
      { policies: [policy({ keep: { priorities: ['Blocker'] } })] },
      true,
    ],
    ['severe, but closed', { priority: 'Blocker', state: 'closed' }, SEVERE, false],
    ['severe and planned', { priority: 'Blocker', targets: [{ name: 'v2', state: 'open' }] }, SEVERE, false],
    ['severe, its targets unreadable', { priority: 'Blocker', targets: 'unreadable' }, SEVERE, false],
    ['kept for something else', { labels: ['pinned'] }, { guards: bind('guard', { labels: ['pinned'] }) }, false],
    ['about to be closed', {}, SEVERE, false],
    ['slipped', { targets: over }, {}, true],
    ['slipped, and closed since', { targets: over, state: 'closed' }, {}, false],
    ['slipped, treated as targeted', { targets: over, priority: 'Blocker' }, treat({ slipped: 'targeted' }), false],
    ['slipped, treated as untargeted, and young', { targets: over, createdAt: ago(1) }, treat({ slipped: 'untargeted' }), false],
    [
      'slipped, treated as untargeted, and severe',
      { targets: over, priority: 'Blocker' },
      treat({ slipped: 'untargeted' }),
      true,
    ],
    ['parked', { targets: parked }, {}, true],
    ['parked, treated as targeted', { targets: parked }, treat({ parked: 'targeted' }), false],
    [
      'parked, treated as untargeted, and severe',
      { targets: parked, priority: 'Blocker' },
      treat({ parked: 'untargeted' }),
      true,
    ],
    ['of a project without releases, and severe', { targets: 'unplanned', priority: 'Blocker' }, SEVERE, false],
    ['the same, treated as untargeted', { targets: 'unplanned', priority: 'Blocker' }, treat({ unplanned: 'untargeted' }), true],
    ['quiet since a robot opened it', { author: ROBOT }, SEVERE, false],
  ])('%s: %s', (_case, parts, rules, attention) => {
    expect(judge(old(parts), ruleset(rules), NOW).attention).toBe(attention);
  });
});
