import { describe, expect, test } from 'vitest';
import { aBug } from '../../../../src/testing/bug.js';
import { formatLine, parseBug, parseHeader, snapshotHeader } from '../../../../src/trackers/file/format.js';
import { HEADER, MARK, NOW } from './given.js';

const header = (differences: object) => parseHeader(JSON.stringify({ ...HEADER, ...differences }));
const bug = (differences: object) => parseBug(JSON.stringify({ ...aBug(), ...differences }));

describe('the header', () => {
  test('survives writing and reading', () => {
    expect(parseHeader(formatLine(HEADER))).toEqual({ value: HEADER });
  });

  test('says so where closed bugs were asked for, and with what settings', () => {
    const parts = { source: 'github:acme/app', takenAt: NOW, account: 'octocat' };
    const whole = snapshotHeader({ ...parts, scope: 'all', settings: 'sha256:00' });
    expect(parseHeader(formatLine(whole))).toEqual({ value: { ...HEADER, scope: 'all', settings: 'sha256:00' } });
    expect(snapshotHeader({ ...parts, scope: 'open' })).toEqual(HEADER);
    expect(header({ scope: 'open' })).toMatchObject({ value: { scope: 'open' } });
    expect(header({ scope: 'some' })).toMatchObject({ problem: expect.stringContaining('scope') });
  });

  test('is cleaned', () => {
    expect(header({ account: 'octo\u001b[31mcat' })).toEqual({ value: { ...HEADER, account: 'octo [31mcat' } });
  });

  test.each([
    ['an empty line', ''],
    ['plain text', 'plain text'],
    ['a list', '[]'],
    ['an object', '{}'],
    ['half a header', '{"format":"bugprune-snap'],
    ['a bug', JSON.stringify(aBug())],
  ])('%s is none', (_what, line) => {
    expect(parseHeader(line)).toMatchObject({ problem: expect.stringMatching(/^expected the header of a snapshot/) });
  });

  test.each([
    ['another version', { version: 2 }, 'expected version 1, found 2'],
    ['another format', { format: 'x' }, 'expected the header of a snapshot ({"format":"bugprune-snapshot",…})'],
    ['no account', { account: undefined }, 'account: expected string, received undefined'],
    ['no instant', { takenAt: 'yesterday' }, 'takenAt: expected an instant such as 2026-11-22T09:00:00Z'],
    ['an unknown key', { extra: 1 }, 'Unrecognized key: "extra"'],
  ])('with %s is refused', (_what, differences, problem) => {
    expect(header(differences)).toEqual({ problem, hint: expect.stringContaining('bugprune snapshot <source> -o FILE') });
  });
});

describe('a bug', () => {
  test('survives writing and reading with its tracker and all its events', () => {
    const whole = aBug({
      tracker: 'somewhere',
      targets: [{ name: 'v1', state: 'closed' }],
      linkedWork: null,
      events: [
        { at: NOW, kind: 'commented', actor: { id: 'U_7', name: 'octocat', kind: 'human', self: true }, id: 'c1', mark: MARK },
        { at: NOW, kind: 'renamed', actor: null, value: 'new', from: 'old' },
      ],
    });
    expect(parseBug(formatLine(whole))).toEqual({ value: whole });
  });

  test('is cleaned', () => {
    expect(bug({ title: 'a\u202eb\nc' })).toMatchObject({ value: { title: 'a b c' } });
  });

  test('knows our own account, and the one we were when the snapshot was taken', () => {
    const by = (actor: object) => ({ at: NOW, kind: 'commented', actor });
    const events = [
      by({ id: 'bugprune', name: 'bugprune', kind: 'bot' }),
      by({ id: 'U_7', name: 'octocat', kind: 'human', self: true }),
      by({ id: 'U_8', name: 'bugprune', kind: 'human' }),
    ];
    const parsed = bug({ events });
    expect('value' in parsed && parsed.value.events.map(({ actor }) => actor?.self)).toEqual([true, true, undefined]);
  });

  test.each([
    ['a number for a title', { title: 5 }, 'not a bug: title: expected string, received number'],
    ['no labels', { labels: undefined }, 'not a bug: labels: expected array, received undefined'],
    ['a label that is none', { labels: ['bug', 1] }, 'not a bug: labels[1]: expected string, received number'],
    ['no instant', { createdAt: 'soon' }, 'not a bug: createdAt: expected an instant such as 2026-11-22T09:00:00Z'],
    ['an unknown state', { state: 'ajar' }, 'not a bug: state: expected one of "open"|"closed"'],
    ['an unknown key', { raw: {} }, 'not a bug: Unrecognized key: "raw"'],
    ['targets of the wrong kind', { targets: 'all' }, /^not a bug: targets: expected array, .* or expected one of "unplanned"/],
    ['a target of the wrong kind', { targets: [{ name: 'v1', state: 'x' }] }, /^not a bug: targets\[0\]\.state: expected one of/],
    [
      'much that is wrong',
      { id: 1, url: 2, title: 3, votes: 'x', comments: 'y' },
      'not a bug: id: expected string, received number; url: expected string, received number; ' +
        'title: expected string, received number; and 2 more',
    ],
  ])('with %s is none', (_what, differences, problem) => {
    expect(bug(differences)).toEqual({
      problem: typeof problem === 'string' ? problem : expect.stringMatching(problem),
      hint: expect.stringContaining('Take the snapshot again'),
    });
  });

  test('a hostile key does not reach the terminal', () => {
    const parsed = bug({ '\u001b[2Jx': 1 });
    expect('problem' in parsed && parsed.problem).toBe('not a bug: Unrecognized key: " [2Jx"');
  });

  test.each([
    ['half a line', '{"tracker":"ap', 'damaged: this is not JSON'],
    ['a list', '[]', 'not a bug: expected object, received array'],
    ['nothing at all', 'null', 'not a bug: expected object, received null'],
  ])('%s is none', (_what, line, problem) => {
    expect(parseBug(line)).toMatchObject({ problem });
  });
});
