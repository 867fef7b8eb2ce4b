import { describe, expect, test } from 'vitest';
import {
  DEFAULT_COMMENT,
  DEFAULT_WARNING,
  findMention,
  PLACEHOLDERS,
  renderComment,
  templateProblems,
} from '../../../src/model/comment.js';
import { aBug } from '../../../src/testing.js';
import { APP, MONA, mark, on, ROBOT } from './given.js';

const bug = aBug({
  ref: 'acme/app#12',
  createdAt: '2025-12-01T10:00:00Z',
  votes: 3,
  events: [
    on(2, 'targeted', MONA),
    on(11, 'untargeted', MONA),
    on(21, 'commented', MONA),
    on(22, 'commented', ROBOT),
    on(23, 'commented', APP, { mark: mark('warn') }),
  ],
});
const facts = { bug, policy: 'old ones', warn: { count: 1, unit: 'w' }, now: '2026-02-01T09:00:00Z' } as const;

describe('placeholders', () => {
  test.each([
    ['ref', 'acme/app#12'],
    ['policy', 'old ones'],
    ['openFor', '61 days'],
    ['untargetedFor', '21 days'],
    ['untargetedSince', '2026-01-11'],
    ['idleFor', '11 days'],
    ['lastHumanActivity', '2026-01-21'],
    ['votes', '3'],
    ['comments', '1'],
    ['closesOn', '2026-02-08'],
  ])('{{%s}} is %s', (name, value) => {
    expect(renderComment(`{{${name}}}|{{ ${name}\t}}`, facts)).toBe(`${value}|${value}`);
    expect(templateProblems(`{{ ${name} }}`)).toEqual([]);
  });

  test('are all of them tried above', () => {
    expect(Object.keys(PLACEHOLDERS)).toHaveLength(10);
  });

  test('know one day, bugs that nobody opened, unread votes and no warning', () => {
    const quiet = aBug({ author: ROBOT, createdAt: '2026-01-31T09:00:00Z', votes: null });
    const text = '{{openFor}} {{idleFor}} {{lastHumanActivity}} {{votes}} {{closesOn}}';
    expect(renderComment(text, { ...facts, bug: quiet, warn: null })).toBe('1 day 1 day never 0 2026-02-01');
  });

  test('are filled in once: what they stand for is not looked at again', () => {
    expect(renderComment('{{ref}} $& $1', { ...facts, bug: aBug({ ref: '{{votes}} $&' }) })).toBe('{{votes}} $& $& $1');
  });

  test.each([
    ['{{title}}', 'unknown placeholder {{title}}; there are ref, policy,'],
    ['{{ Ref }}', 'unknown placeholder {{Ref}}'],
    ['{{}}', 'unknown placeholder {{}}'],
    ['{{constructor}}', 'unknown placeholder {{constructor}}'],
    ['{{__proto__}}', 'unknown placeholder {{__proto__}}'],
    ['{{ref', 'not closed'],
    ['{{ref} ', 'not closed'],
    ['', 'must explain'],
    [' \n', 'must explain'],
    ['Hello @mona!', 'take out @mona'],
  ])('%j is refused', (template, problem) => {
    expect(templateProblems(template)).toEqual([expect.stringContaining(problem)]);
  });

  test('all that is wrong is told at once', () => {
    expect(templateProblems('{{a}} {{b}} @c')).toHaveLength(3);
  });

  test.each(['{ref}', '{"a":{"b":1}}', 'mail@example.com and `@mona`'])('%j is a good template', (template) => {
    expect(templateProblems(template)).toEqual([]);
    expect(renderComment(template, facts)).toBe(template);
  });
});

describe('what would notify somebody', () => {
  test.each([
    ['@mona', '@mona'],
    ['see @Mona.', '@Mona'],
    ['(@acme/app-team)', '@acme/app-team'],
    ['two\n@lines', '@lines'],
    ['@@mona', '@mona'],
    ['_@mona_', '@mona_'],
    ['**@mona**', '@mona'],
    ['\\@mona', '@mona'],
    ['@{{policy}}', '@{{'],
    ['`a` @mona `b`', '@mona'],
    ['` @mona', '@mona'],
    ['```@mona`', '@mona'],
    ['\\`@mona`', '@mona'],
    ['`a\n@mona`', '@mona'],
    ['mona@example.com', null],
    ['a2@b', null],
    ['`@mona` and ``@x``', null],
    ['@ 5 o\u2019clock, @\u00e9, @-', null],
    ['', null],
  ])('%j: %j', (text, mention) => {
    expect(findMention(text)).toBe(mention);
  });

  test('long runs of backticks take no time', () => {
    const start = performance.now();
    expect(findMention('`a``'.repeat(20_000))).toBeNull();
    expect(findMention('`'.repeat(50_000))).toBeNull();
    expect(performance.now() - start).toBeLessThan(2000);
  });
});

describe('our own words', () => {
  test.each([
    ['comment', DEFAULT_COMMENT],
    ['warning', DEFAULT_WARNING],
  ])('the %s is a good template, states what was measured, and leaves nothing open', (_what, template) => {
    expect(templateProblems(template)).toEqual([]);
    const text = renderComment(template, facts);
    expect(text).not.toMatch(/[{}]/);
    expect(text).toContain('no target release for 21 days (since 2026-01-11), and no person has acted on it for 11 days');
    expect(text).toContain('"old ones"');
    expect(findMention(text)).toBeNull();
  });

  test('the comment calls it a planning decision and tells a way back for those who cannot reopen', () => {
    expect(DEFAULT_COMMENT).toMatch(/planning decision/);
    expect(DEFAULT_COMMENT).toMatch(/say so in a comment/);
  });

  test('the warning says when, and what prevents it', () => {
    expect(renderComment(DEFAULT_WARNING, facts)).toMatch(
      /on or after 2026-02-08, unless it gets a target release or somebody comments/,
    );
  });
});
