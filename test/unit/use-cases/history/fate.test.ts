import { describe, expect, test } from 'vitest';
import type { Bug, BugEvent } from '../../../../src/model/bug.js';
import { type Fate, fateOf } from '../../../../src/use-cases/history/fate.js';
import { closedBug, closedBy, closedIn, FIRST, openBug, PERSON, reopenedBy, SECOND, SELF, said } from './given.js';

const ref = 'acme/app#1';
/** The run's own clock is an hour late. */
const BY = { run: FIRST, at: '2026-11-01T10:00:00Z' };
const BOT = { id: 'ci', name: 'ci', kind: 'bot' } as const;
const UNTOUCHED: Fate = { reopened: false, openNow: false, fixed: false, comments: 0, votes: 0, early: false };

const commented = (at: string, actor: BugEvent['actor'] = PERSON): BugEvent => ({ at, kind: 'commented', actor });
const closedAs = (value: string | null, at: string, actor: BugEvent['actor'] = PERSON): BugEvent => ({
  at,
  kind: 'closed',
  actor,
  value,
});

test.each<[string, Bug, Partial<Fate>]>([
  ['stayed as it was', closedBug(ref, closedIn(FIRST)), {}],
  ['has votes', closedBug(ref, closedIn(FIRST), { votes: 7 }), { votes: 7 }],
  ['does not tell its votes', closedBug(ref, closedIn(FIRST), { votes: null }), { votes: null }],
  [
    'was reopened',
    openBug(ref, [...closedIn(FIRST), reopenedBy(PERSON, '2026-11-05T00:00:00Z')]),
    { reopened: true, openNow: true, early: true },
  ],
  [
    'was reopened after more than 90 days',
    openBug(ref, [...closedIn(FIRST), reopenedBy(PERSON, '2027-01-30T09:00:00Z')]),
    { reopened: true, openNow: true },
  ],
  [
    'was reopened just within 90 days',
    openBug(ref, [...closedIn(FIRST), reopenedBy(PERSON, '2027-01-30T08:59:59Z')]),
    { reopened: true, openNow: true, early: true },
  ],
  [
    'is open, nobody knows since when',
    openBug(ref, closedIn(FIRST), { history: 'partial' }),
    { reopened: true, openNow: true, early: true },
  ],
  [
    'was reopened and fixed',
    closedBug(ref, [
      ...closedIn(FIRST),
      reopenedBy(PERSON, '2027-11-05T00:00:00Z'),
      closedAs('completed', '2027-11-06T00:00:00Z'),
    ]),
    { reopened: true, fixed: true },
  ],
  [
    'is closed as fixed by now, without having been open',
    closedBug(ref, [...closedIn(FIRST), closedAs('Fixed', '2026-12-01T00:00:00Z')]),
    { fixed: true, early: true },
  ],
  [
    'was closed once more, as a duplicate',
    closedBug(ref, [...closedIn(FIRST), closedAs('Duplicate', '2026-12-01T00:00:00Z')]),
    {},
  ],
  [
    'was closed once more, and nobody knows how',
    closedBug(ref, [...closedIn(FIRST), closedAs(null, '2026-12-01T00:00:00Z')]),
    {},
  ],
  [
    'was closed by us with a word that sounds like a fix, which the tracker tells twice',
    closedBug(ref, [
      said(FIRST, '2026-11-01T09:00:00Z'),
      closedAs('Done', '2026-11-01T09:00:00Z', SELF),
      closedAs('Done', '2026-11-01T09:00:01Z', SELF),
    ]),
    {},
  ],
  [
    'was fixed by the owner of our account',
    closedBug(ref, [
      ...closedIn(FIRST),
      reopenedBy({ ...SELF, kind: 'human' }, '2026-11-05T00:00:00Z'),
      closedAs('completed', '2026-11-06T00:00:00Z', { ...SELF, kind: 'human' }),
    ]),
    { reopened: true, fixed: true, early: true },
  ],
  [
    'was answered by people and machines',
    closedBug(ref, [
      commented('2026-10-31T00:00:00Z'),
      ...closedIn(FIRST),
      commented('2026-11-02T00:00:00Z', BOT),
      commented('2026-11-03T00:00:00Z'),
      commented('2027-11-03T00:00:00Z', null),
    ]),
    { comments: 2, early: true },
  ],
  ['was answered late', closedBug(ref, [...closedIn(FIRST), commented('2027-03-03T00:00:00Z')]), { comments: 1 }],
  [
    'lost our comment',
    closedBug(ref, [
      commented('2026-11-01T09:59:59Z'),
      closedBy(SELF, '2026-11-01T10:00:00Z'),
      commented('2026-11-02T00:00:00Z'),
    ]),
    { comments: 1, early: true },
  ],
  [
    'had a life before that run',
    closedBug(ref, [
      ...closedIn('20261001T090000Z-000000'),
      commented('2026-10-02T00:00:00Z'),
      reopenedBy(PERSON, '2026-10-05T00:00:00Z'),
      closedAs('completed', '2026-10-06T00:00:00Z'),
      reopenedBy(PERSON, '2026-10-07T00:00:00Z'),
      ...closedIn(FIRST),
    ]),
    {},
  ],
])('a bug that %s', (_case, bug, expected) => {
  expect(fateOf(bug, BY)).toEqual({ ...UNTOUCHED, ...expected });
});

describe('there is none', () => {
  test('of what we took back ourselves', () => {
    const events = [said(FIRST, '2026-11-01T09:00:00Z', 'undo'), reopenedBy(SELF, '2026-11-02T00:00:00Z')];
    expect(fateOf(openBug(ref, events), BY)).toBe('taken-back');
    expect(fateOf(openBug(ref, [...events, ...closedIn(SECOND)]), { ...BY, run: SECOND })).toMatchObject({ reopened: true });
  });

  test('where the history of a closed bug is not whole', () => {
    expect(fateOf(closedBug(ref, closedIn(FIRST), { history: 'partial' }), BY)).toBe('unknown');
  });
});
