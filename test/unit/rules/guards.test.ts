import { describe, expect, test } from 'vitest';
import { guards } from '../../../src/rules/guards.js';
import { ago, check, MONA, NOW, type Parts, ROBOT, US } from './given.js';

type Row = [
  name: string,
  options: unknown,
  bug: Parts,
  outcome: 'match' | 'no-match' | 'unknown',
  message: string,
  data?: object,
];

/** One table for a guard; `data` is compared where a row has it. */
function table(id: keyof typeof guards, rows: Row[]): void {
  describe(id, () => {
    test.each(rows)('%s', (_name, options, bug, outcome, message, data) => {
      const finding = check('guard', id, options, bug);
      expect(finding).toMatchObject({ outcome, message });
      if (data) expect(finding.data).toEqual(data);
    });
  });
}

table('labels', [
  [
    'one of them',
    ['pinned', 'security'],
    { labels: ['bug', 'Security'] },
    'match',
    'label Security protects it',
    { found: ['Security'] },
  ],
  ['two of them', ['p*', 'security'], { labels: ['pinned', 'security'] }, 'match', 'label pinned, security protects it'],
  ['none of them', ['pinned'], { labels: ['bug', 'unpinned'] }, 'no-match', 'no protecting label', { found: [] }],
  ['no labels', ['*'], { labels: [] }, 'no-match', 'no protecting label'],
]);

table('priorities', [
  [
    'severe',
    ['Blocker', 'Critical'],
    { priority: 'critical' },
    'match',
    'priority critical protects it',
    { priority: 'critical' },
  ],
  ['not severe', ['Blocker'], { priority: 'Minor' }, 'no-match', 'priority Minor protects nothing', { priority: 'Minor' }],
  ['none', ['*'], { priority: null }, 'no-match', 'priority not set protects nothing', { priority: null }],
]);

table('inProgress', [
  [
    'being worked on',
    true,
    { inProgress: true, status: 'In Review' },
    'match',
    'in progress (In Review)',
    { status: 'In Review' },
  ],
  ['not', true, { inProgress: false }, 'no-match', 'not in progress'],
]);

table('linkedWork', [
  [
    'a change',
    true,
    { linkedWork: [{ kind: 'change', name: 'acme/app#7' }] },
    'match',
    'has a change that will close it (acme/app#7)',
    { found: ['acme/app#7'] },
  ],
  [
    'a child and something blocked',
    true,
    {
      linkedWork: [
        { kind: 'child', name: 'ERP-2' },
        { kind: 'blocks', name: 'ERP-3' },
      ],
    },
    'match',
    'has an unfinished child (ERP-2), something that it blocks (ERP-3)',
  ],
  ['none', true, { linkedWork: [] }, 'no-match', 'no unfinished linked work', { found: [] }],
  ['not read', true, { linkedWork: null }, 'unknown', 'linked work was not read', {}],
]);

const closing = (days: number) => ({
  at: ago(days),
  kind: 'commented' as const,
  actor: US,
  mark: { run: 'r', action: 'close' as const, policy: 'p' },
});
const reopening = (days: number, actor = MONA) => ({ at: ago(days), kind: 'reopened' as const, actor });
const once = [closing(60), reopening(50)];
const twice = [closing(90), reopening(80), closing(60), reopening(50)];
const thrice = [closing(99), reopening(98), ...twice];
const NEVER = 'never reopened after being closed by bugprune';
const BACK = 'a person reopened it after bugprune had closed it';

table('reopened', [
  ['never', 'forever', {}, 'no-match', NEVER],
  ['never closed by us', 'forever', { events: [reopening(50)] }, 'no-match', NEVER],
  ['by a robot', 'forever', { events: [closing(60), reopening(50, ROBOT)] }, 'no-match', NEVER],
  ['by a person, forever', 'forever', { events: once }, 'match', BACK, { reopenings: 1, last: ago(50) }],
  ['twice, forever', 'forever', { events: twice }, 'match', `${BACK} (2 times)`, { reopenings: 2, last: ago(50) }],
  [
    'for a time that lasts',
    '51d',
    { events: once },
    'match',
    `${BACK}: kept until ${ago(-1).slice(0, 10)}`,
    { reopenings: 1, last: ago(50), until: ago(-1) },
  ],
  ['for a time that ends this second', '50d', { events: once }, 'no-match', `${BACK}, more than 50 days ago`],
  ['for a time that is over', '1mo', { events: once }, 'no-match', `${BACK}, more than 1 month ago`],
  ['twice: for twice the time', '26d', { events: twice }, 'match', `${BACK} (2 times): kept until ${ago(-2).slice(0, 10)}`],
  ['twice: also that ends', '25d', { events: twice }, 'no-match', `${BACK} (2 times), more than 50 days ago`],
  [
    'three times: for four times the time',
    '13d',
    { events: thrice },
    'match',
    `${BACK} (3 times): kept until ${ago(-2).slice(0, 10)}`,
  ],
  ['not read', 'forever', { history: 'unread' }, 'unknown', 'whether it was reopened was not read'],
  [
    'read in part, without a reopening',
    'forever',
    { history: 'partial', events: [closing(60)] },
    'unknown',
    'whether it was reopened was not read',
  ],
  ['read in part, with a reopening', 'forever', { history: 'partial', events: once }, 'match', BACK],
  [
    'read in part: there may have been more',
    '1mo',
    { history: 'partial', events: once },
    'unknown',
    'how often it was reopened was not read',
  ],
]);

const snooze = (days: number, until?: string, actor = US) => ({
  at: ago(days),
  kind: 'commented' as const,
  actor,
  mark: { run: 'r', action: 'snooze' as const, policy: 'p', ...(until === undefined ? {} : { until }) },
});
const TODAY = NOW.slice(0, 10);
const YESTERDAY = ago(1).slice(0, 10);
const TOMORROW = ago(-1).slice(0, 10);

table('snoozed', [
  ['never', true, {}, 'no-match', 'not snoozed', { until: null }],
  ['until tomorrow', true, { events: [snooze(9, TOMORROW)] }, 'match', `snoozed until ${TOMORROW}`, { until: TOMORROW }],
  ['until the end of today', true, { events: [snooze(9, TODAY)] }, 'match', `snoozed until ${TODAY}`],
  ['until yesterday', true, { events: [snooze(9, YESTERDAY)] }, 'no-match', `snoozed until ${YESTERDAY}, which is over`],
  ['for good', true, { events: [snooze(90, 'forever')] }, 'match', 'snoozed for good', { until: 'forever' }],
  [
    'no longer, and then again',
    true,
    { events: [snooze(9, YESTERDAY), snooze(1, TOMORROW)] },
    'match',
    `snoozed until ${TOMORROW}`,
  ],
  ['by another account', true, { events: [snooze(9, TOMORROW, MONA)] }, 'match', `snoozed until ${TOMORROW}`],
  ['not read', true, { history: 'unread' }, 'unknown', 'whether it was snoozed was not read', {}],
  [
    'read in part: it may have been snoozed for longer',
    true,
    { history: 'partial', events: [snooze(9, YESTERDAY)] },
    'unknown',
    'whether it was snoozed was not read',
  ],
  [
    'read in part, and snoozed',
    true,
    { history: 'partial', events: [snooze(9, TOMORROW)] },
    'match',
    `snoozed until ${TOMORROW}`,
  ],
]);

table('assigned', [
  [
    'to somebody',
    true,
    { assignees: [MONA, ROBOT] },
    'match',
    'assigned to mona, stale-robot',
    { found: ['mona', 'stale-robot'] },
  ],
  ['to nobody', true, { assignees: [] }, 'no-match', 'assigned to nobody', { found: [] }],
]);

table('votes', [
  ['enough', 10, { votes: 10 }, 'match', '10 votes', { votes: 10 }],
  ['one is enough', 1, { votes: 1 }, 'match', '1 vote'],
  ['too few', 10, { votes: 9 }, 'no-match', '9 votes, fewer than 10'],
  ['not read', 10, { votes: null }, 'unknown', 'the number of votes was not read'],
]);

const said = (count: number, actor = MONA) =>
  Array.from({ length: count }, (_, index) => ({ at: ago(50 - index), kind: 'commented' as const, actor }));
const UNREAD = 'the number of comments by people was not read';

table('comments', [
  ['enough', 3, { events: said(3) }, 'match', '3 comments by people', { comments: 3 }],
  ['one is enough', 1, { events: said(1) }, 'match', '1 comment by people'],
  ['too few', 3, { events: said(2) }, 'no-match', 'fewer than 3 comments by people', { comments: 2 }],
  [
    'many, but by robots',
    3,
    { events: [...said(2), ...said(9, ROBOT)] },
    'no-match',
    'fewer than 3 comments by people',
    { comments: 2 },
  ],
  [
    'not read, and too few by anyone',
    3,
    { history: 'unread', comments: 2 },
    'no-match',
    'fewer than 3 comments by people',
    { comments: 2 },
  ],
  ['not read, and enough by anyone', 3, { history: 'unread', comments: 3 }, 'unknown', UNREAD, {}],
  ['not read, not even how many', 3, { history: 'unread', comments: null }, 'unknown', UNREAD, {}],
  ['read in part, and enough', 3, { history: 'partial', events: said(3), comments: null }, 'match', '3 comments by people'],
  ['read in part, and too few so far', 3, { history: 'partial', events: said(2), comments: 5 }, 'unknown', UNREAD],
]);

describe('options', () => {
  test.each([
    ['labels', 'pinned'],
    ['priorities', true],
    ['inProgress', 'yes'],
    ['reopened', true],
    ['reopened', 'always'],
    ['votes', 0],
    ['votes', 1.5],
    ['votes', '10'],
    ['comments', -1],
    ['comments', true],
  ] as const)('%s: %j is refused', (id, options) => {
    expect(guards[id].options.safeParse(options).success).toBe(false);
  });

  test.each([
    ['labels', []],
    ['inProgress', false],
    ['reopened', false],
    ['reopened', 'forever'],
    ['reopened', '6mo'],
    ['comments', 1],
  ] as const)('%s: %j is taken', (id, options) => {
    expect(guards[id].options.safeParse(options).success).toBe(true);
  });
});

test('every guard stands under its id and says what it keeps', () => {
  for (const [id, rule] of Object.entries(guards)) {
    expect(rule).toMatchObject({ id, kind: 'guard', summary: expect.stringMatching(/^Bugs .+\.$/) });
  }
});
