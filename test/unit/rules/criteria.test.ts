import { describe, expect, test } from 'vitest';
import { criteria } from '../../../src/rules/criteria.js';
import { ago, check, MONA, type Parts, ROBOT } from './given.js';

type Row = [name: string, options: unknown, bug: Parts, outcome: 'match' | 'no-match' | 'unknown', message: string, data: object];

const untargeted = (days: number, actor = MONA) => ({ at: ago(days), kind: 'untargeted' as const, actor });
const commented = (days: number, actor = MONA) => ({ at: ago(days), kind: 'commented' as const, actor });
const unread = (days: number): Parts => ({ history: 'unread', updatedAt: ago(days) });

describe('untargetedFor', () => {
  const least = 'whether there was no target release for 6 weeks takes a history that was not read whole';
  test.each<Row>([
    ['since its creation', '6w', {}, 'match', 'no target release for 100 days', { days: 100, since: ago(100) }],
    ['exactly so long', '6w', { createdAt: ago(42) }, 'match', 'no target release for 42 days', { days: 42, since: ago(42) }],
    [
      'a second less',
      '6w',
      { createdAt: ago(42, -1) },
      'no-match',
      'no target release for only 41 days, less than 6 weeks',
      { days: 41, since: ago(42, -1) },
    ],
    [
      'one day',
      '1w',
      { createdAt: ago(1) },
      'no-match',
      'no target release for only 1 day, less than 1 week',
      { days: 1, since: ago(1) },
    ],
    [
      'since it lost its target',
      '6w',
      { events: [untargeted(50)] },
      'match',
      'no target release for 50 days',
      { days: 50, since: ago(50) },
    ],
    [
      'lately untargeted, by a robot',
      '6w',
      { events: [untargeted(5, ROBOT)] },
      'no-match',
      'no target release for only 5 days, less than 6 weeks',
      { days: 5, since: ago(5) },
    ],
    [
      'talk does not make it young',
      '6w',
      { events: [commented(5)] },
      'match',
      'no target release for 100 days',
      { days: 100, since: ago(100) },
    ],
    ['unread, and unchanged for long enough', '6w', unread(60), 'match', 'no target release for at least 60 days', { days: 60 }],
    [
      'unread, and unchanged for exactly so long',
      '6w',
      unread(42),
      'match',
      'no target release for at least 42 days',
      { days: 42 },
    ],
    ['unread, and changed since', '6w', { history: 'unread', updatedAt: ago(42, -1) }, 'unknown', least, {}],
    [
      'unread, and too young in any case',
      '6w',
      { ...unread(1), createdAt: ago(10) },
      'no-match',
      'no target release for only 10 days, less than 6 weeks',
      { days: 10, since: ago(10) },
    ],
    ['read in part, and changed since', '6w', { history: 'partial', updatedAt: ago(2) }, 'unknown', least, {}],
    [
      'read in part, the loss of a target included',
      '6w',
      { history: 'partial', events: [untargeted(5)] },
      'no-match',
      'no target release for only 5 days, less than 6 weeks',
      { days: 5, since: ago(5) },
    ],
    [
      'read in part, and unchanged for long enough',
      '6w',
      { history: 'partial', updatedAt: ago(60) },
      'match',
      'no target release for at least 60 days',
      { days: 60 },
    ],
  ])('%s', (_name, options, bug, outcome, message, data) => {
    expect(check('criterion', 'untargetedFor', options, bug)).toEqual({ outcome, message, data });
  });
});

describe('idleFor', () => {
  test.each<Row>([
    [
      'since a person spoke',
      '2w',
      { events: [commented(20)] },
      'match',
      'no human activity for 20 days',
      { days: 20, since: ago(20) },
    ],
    [
      'exactly so long',
      '2w',
      { events: [commented(14)] },
      'match',
      'no human activity for 14 days',
      { days: 14, since: ago(14) },
    ],
    [
      'a person spoke lately',
      '2w',
      { events: [commented(3)] },
      'no-match',
      'no human activity for only 3 days, less than 2 weeks',
      { days: 3, since: ago(3) },
    ],
    [
      'a robot spoke lately',
      '2w',
      { events: [commented(3, ROBOT)] },
      'match',
      'no human activity for 100 days',
      { days: 100, since: ago(100) },
    ],
    [
      'no person ever acted: since its creation',
      '2w',
      { author: ROBOT },
      'match',
      'no human activity for 100 days',
      { days: 100, since: ago(100) },
    ],
    ['unread, and unchanged for long enough', '2w', unread(20), 'match', 'no human activity for at least 20 days', { days: 20 }],
    [
      'unread, and changed since',
      '2w',
      unread(3),
      'unknown',
      'whether there was no human activity for 2 weeks takes a history that was not read whole',
      {},
    ],
    [
      'read in part, a person included',
      '2w',
      { history: 'partial', events: [commented(3)] },
      'no-match',
      'no human activity for only 3 days, less than 2 weeks',
      { days: 3, since: ago(3) },
    ],
  ])('%s', (_name, options, bug, outcome, message, data) => {
    expect(check('criterion', 'idleFor', options, bug)).toEqual({ outcome, message, data });
  });
});

describe('openFor', () => {
  test.each<Row>([
    ['long ago', '3mo', {}, 'match', 'reported 100 days ago', { days: 100, since: ago(100) }],
    ['whatever happened, and read or not', '3mo', unread(0), 'match', 'reported 100 days ago', { days: 100, since: ago(100) }],
    [
      'lately',
      '36h',
      { createdAt: ago(1) },
      'no-match',
      'reported only 1 day ago, less than 36 hours',
      { days: 1, since: ago(1) },
    ],
  ])('%s', (_name, options, bug, outcome, message, data) => {
    expect(check('criterion', 'openFor', options, bug)).toEqual({ outcome, message, data });
  });
});

describe.each<['labels' | 'types' | 'priorities' | 'trackers' | 'title', string, (word: string) => Parts]>([
  ['labels', 'label', (word) => ({ labels: ['bug', word] })],
  ['types', 'type', (word) => ({ type: word })],
  ['priorities', 'priority', (word) => ({ priority: word })],
  ['trackers', 'tracker', (word) => ({ tracker: word })],
  ['title', 'title', (word) => ({ title: word })],
])('%s', (id, noun, bug) => {
  test.each<[unknown, string, boolean]>([
    [['Needs Info'], 'needs info', true],
    [['other', 'needs*'], 'Needs info', true],
    [['needs'], 'needs info', false],
    [['n.eds*'], 'needs info', false],
    [[], 'needs info', false],
  ])('%j and %j: %s', (patterns, word, found) => {
    const finding = check('criterion', id, patterns, bug(word));
    expect(finding.outcome).toBe(found ? 'match' : 'no-match');
    expect(finding.data).toEqual({ found: found ? [word] : [] });
    if (found) expect(finding.message).toBe(`${noun}: ${word}`);
    else expect(finding.message).toMatch(new RegExp(`^${noun} is none of`));
  });
});

test.each(['types', 'priorities'] as const)('%s: what a bug does not have is in no list', (id) => {
  expect(check('criterion', id, ['*'], { type: null, priority: null }).outcome).toBe('no-match');
});

describe('options', () => {
  test.each([
    ['untargetedFor', '6 weeks'],
    ['idleFor', 14],
    ['openFor', false],
    ['labels', 'bug'],
    ['labels', ['']],
    ['title', [' ']],
  ] as const)('%s: %j is refused', (id, options) => {
    expect(criteria[id].options.safeParse(options).success).toBe(false);
  });

  test('a duration tells what it should look like', () => {
    const { error } = criteria.idleFor.options.safeParse('a fortnight');
    expect(error?.issues[0]?.message).toBe('expected a duration such as 36h, 10d, 6w, 3mo or 1y');
  });
});

test('every criterion stands under its id and says what it checks', () => {
  for (const [id, rule] of Object.entries(criteria)) {
    expect(rule).toMatchObject({ id, kind: 'criterion', summary: expect.stringMatching(/^[A-Z`].+\.$/) });
  }
});
