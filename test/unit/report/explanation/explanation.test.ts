import { describe, expect, test } from 'vitest';
import { widthOf } from '../../../../src/report/columns.js';
import type { Explanation } from '../../../../src/report/explanation/document.js';
import { explainBug } from '../../../../src/report/explanation/explain-bug.js';
import { explanation } from '../../../../src/report/explanation/explanation.js';
import type { Ruleset } from '../../../../src/rules/judge.js';
import { ago, bind, MONA, NOW, old, type Parts, policy, ROBOT, ruleset, US, WEEK, warning } from '../../rules/given.js';
import { COLOURED, PLAIN } from '../given.js';
import { CONTROL, HOSTILE, LOG_COMMAND, URLS } from '../hostile.js';

const RULES: Ruleset = ruleset({
  guards: bind('guard', { labels: ['pinned', 'security'], priorities: ['Blocker', 'Critical', 'Highest'], reopened: 'forever' }),
  policies: [
    policy({ name: 'cosmetic', when: { untargetedFor: '2w', labels: ['cosmetic'] }, warn: WEEK }),
    policy({ keep: { assigned: true, votes: 10 } }),
  ],
});

const EVENTS: NonNullable<Parts['events']> = [
  { at: ago(90), kind: 'commented', actor: MONA },
  { at: ago(80), kind: 'targeted', actor: MONA, value: '2.0' },
  { at: ago(60), kind: 'labeled', actor: ROBOT, value: 'area/printing' },
  { at: ago(50), kind: 'untargeted', actor: null, value: '2.0' },
  { ...warning(40, 'cosmetic'), actor: US },
];

const told = (parts: Parts = {}, rules: Ruleset = RULES) => explainBug(old({ votes: 7, events: EVENTS, ...parts }), rules, NOW);
const shown = (one: Explanation, width = 80) => explanation(one, { palette: PLAIN, width });

const CASES: Readonly<Record<string, Explanation>> = {
  close: told(),
  warn: told({ labels: ['cosmetic'], votes: null }),
  keep: told({ labels: ['pinned'], assignees: [MONA], priority: 'Critical' }),
  undecided: told({ history: 'partial' }),
  young: told({ events: [{ at: ago(2), kind: 'commented', actor: MONA }] }),
  closed: told({ state: 'closed', status: 'closed' }),
  confidential: told({ confidential: true, labels: ['pinned'] }),
};

describe('what people see', () => {
  test.each(Object.entries(CASES))('of a bug: %s', async (name, one) => {
    await expect(shown(one)).toMatchFileSnapshot(`../../../golden/report/explain-${name}.txt`);
  });

  test.each([60, 120, 160])('in %i columns', async (width) => {
    const one = told({
      labels: ['pinned'],
      title: '保存時にアプリケーションがクラッシュする（日本語のファイル名を使う場合にだけ起こるようです） 👩‍👩‍👧‍👦',
    });
    await expect(shown(one, width)).toMatchFileSnapshot(`../../../golden/report/explain-${width}.txt`);
  });
});

test('it is never wider than asked, but for addresses and comments, which are to be copied', () => {
  const long = told({
    ref: `acme/${'long'.repeat(10)}#1`,
    title: '漢字 '.repeat(60),
    labels: ['pinned'],
    assignees: [{ ...MONA, name: 'm'.repeat(100) }],
    targets: [{ name: '漢'.repeat(80), state: 'open' }],
    remarks: ['remark '.repeat(40)],
  });
  for (const one of [...Object.values(CASES), long]) {
    for (let width = 60; width <= 200; width++) {
      const [body = ''] = explanation(one, { palette: PLAIN, width }).split('\n\nThe comment that');
      const tooWide = body.split('\n').filter((line) => widthOf(line) > width && !line.startsWith('https://'));
      expect(tooWide, `${one.bug.ref} at ${width}`).toEqual([]);
    }
  }
});

test('the second line of a reason stands below the first', () => {
  const lines = shown(CASES.close as Explanation, 60).split('\n');
  const first = lines.findIndex((line) => line.includes('never reopened'));
  const column = lines[first]?.indexOf('never reopened') ?? 0;
  expect(lines[first + 1]).toMatch(new RegExp(`^ {${column}}\\S`));
});

test('colours and links do not change where anything stands', () => {
  const linked = { ...COLOURED, link: (text: string, address = '') => `\u001b]8;;${address}\u001b\\${text}\u001b]8;;\u001b\\` };
  for (const one of Object.values(CASES)) {
    const coloured = explanation(one, { palette: linked, width: 80 });
    expect(coloured).toContain(`\u001b]8;;${one.bug.url}\u001b\\`);
    // biome-ignore lint/suspicious/noControlCharactersInRegex: taking them out is the point
    expect(coloured.replace(/\u001b\[\d+m|\u001b\]8;;.*?\u001b\\/g, '')).toBe(shown(one));
  }
});

test('of many events the newest are shown, and the others counted', () => {
  const events = Array.from({ length: 40 }, (_, index) => ({ at: ago(90 - index), kind: 'edited' as const, actor: MONA }));
  const text = shown(told({ events }));
  expect(text).toContain('What happened (25 earlier events are in --json)');
  expect(text.match(/mona: edited/g)).toHaveLength(15);
});

test('events line up, whoever acted', () => {
  const lines = shown(CASES.close as Explanation)
    .split('\n')
    .filter((line) => /^ {2}\d{4}-/.test(line));
  expect(lines.map((line) => line.slice(24, 38))).toEqual([
    'a person      ',
    'a person      ',
    'does not count',
    'a person      ',
    'bugprune      ',
  ]);
});

test('nothing in it is live in a terminal or a CI log', () => {
  const hostile = (text: string, url: string): Explanation => {
    const person = { id: text, name: text, kind: 'human' } as const;
    const given = told({
      ref: 'x',
      labels: ['pinned'],
      assignees: [person],
      events: [
        { at: ago(70), kind: 'targeted', actor: person, value: 'v' },
        { at: ago(60), kind: 'untargeted', actor: person, value: 'v' },
      ],
    });
    const poison = (value: unknown): unknown => {
      if (typeof value === 'string') return /^\d{4}-/.test(value) || KNOWN.has(value) ? value : text;
      if (Array.isArray(value)) return value.map(poison);
      if (typeof value !== 'object' || value === null) return value;
      return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, key === 'url' ? url : poison(inner)]));
    };
    return poison(given) as Explanation;
  };
  for (const [index, text] of HOSTILE.entries()) {
    const output = shown(hostile(text, URLS[index % URLS.length] ?? ''));
    expect(output).not.toMatch(CONTROL);
    expect(output).not.toMatch(LOG_COMMAND);
  }
});

/** What is chosen from a list of ours. */
const KNOWN = new Set([
  'close',
  'warn',
  'keep',
  'undecided',
  'criterion',
  'guard',
  'match',
  'no-match',
  'unknown',
  'open',
  'person',
  'no',
  'complete',
]);
