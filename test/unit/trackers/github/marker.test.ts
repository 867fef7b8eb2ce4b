import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Mark } from '../../../../src/model/bug.js';
import { formatMarker, parseMarker, remark, sameMark, withMarker } from '../../../../src/trackers/github/writing/marker.js';

const mark: Mark = { run: '2026-11-22-a1', action: 'close', policy: 'untargeted' };
const line = '<!-- bugprune v=1 action=close run=2026-11-22-a1 policy=untargeted -->';

const marks = fc.record({
  run: fc.string({ unit: 'binary' }),
  action: fc.constantFrom('close' as const, 'warn' as const, 'undo' as const),
  policy: fc.string({ unit: 'binary' }),
});

const snooze: Mark = { ...mark, action: 'snooze', until: '2027-03-01' };

test('is one line', () => {
  expect(formatMarker(mark)).toBe(line);
});

test.each(['2027-03-01', 'forever'])('of a snooze says until when: %s', (until) => {
  const text = formatMarker({ ...snooze, until });
  expect(text).toBe(`<!-- bugprune v=1 action=snooze run=2026-11-22-a1 policy=untargeted until=${until} -->`);
  expect(parseMarker(text)).toEqual({ ...snooze, until });
});

test.each(['soon', '2027-3-1', '2027-13-01', '%2027', ''])('of a snooze until "%s" keeps the bug for good', (until) => {
  expect(parseMarker(formatMarker(snooze).replace('2027-03-01', until))).toEqual({ ...snooze, until: 'forever' });
});

test('is the last line of a comment, apart from its text', () => {
  expect(withMarker('Closed.\n\nSorry.\n', mark)).toBe(`Closed.\n\nSorry.\n\n${line}`);
});

test('any mark comes back from any text', () => {
  fc.assert(
    fc.property(fc.string(), marks, (text, any) => {
      expect(parseMarker(withMarker(text, any))).toEqual(any);
    }),
  );
});

test('cannot end early or reach anybody', () => {
  fc.assert(
    fc.property(marks, (any) => {
      const text = formatMarker(any);
      expect(text.slice(4, -3)).not.toMatch(/--|[\n\r>@#]/);
    }),
  );
});

test.each(['a--b', '-->', '--!>', '---', '-'])('nor with %s in it', (run) => {
  const text = formatMarker({ ...mark, run });
  expect(text.slice(4, -3)).not.toContain('--');
  expect(parseMarker(text)?.run).toBe(run);
});

test('half a surrogate pair does not break it', () => {
  expect(parseMarker(formatMarker({ ...mark, run: 'a\ud800b' }))?.run).toBe('a\ufffdb');
});

describe('found', () => {
  test.each([
    ['behind Windows line ends', `Closed.\r\n\r\n${line}\r\n`],
    ['below which somebody wrote', `Closed.\n\n${line}\n\nEdit: see the forum.`],
    ['after another one, which a title smuggled in', `<!-- bugprune v=1 action=undo run=x policy=y -->\n${line}`],
  ])('%s', (_, body) => {
    expect(parseMarker(body)).toEqual(mark);
  });
});

describe('ignored', () => {
  test.each([
    ['a quotation', `> Closed.\n>\n> ${line}\n\nNo, please!`],
    ['within a line', `they wrote ${line}`],
    ['indented', `    ${line}`],
    ['with text behind it', `${line} and so on`],
    ['another version', line.replace('v=1', 'v=2')],
    ['an unknown action', line.replace('close', 'delete')],
    ['broken encoding', line.replace('untargeted', '%E0%A4%A')],
    ['a missing value', line.replace(' policy=untargeted', '')],
    ['a comment of others', '<!-- Sticky Pull Request Comment -->'],
    ['nothing', ''],
  ])('%s', (_, body) => {
    expect(parseMarker(body)).toBeNull();
  });

  test('whatever else people write', () => {
    fc.assert(
      fc.property(fc.string(), (body) => {
        fc.pre(!body.includes('bugprune v=1'));
        expect(parseMarker(body)).toBeNull();
      }),
    );
  });
});

test('another action takes the place of the old one, and all else stays', () => {
  const body = withMarker('Closed.', mark);
  expect(parseMarker(remark(body, 'undo'))).toEqual({ ...mark, action: 'undo' });
  expect(remark(body, 'undo')).toBe(body.replace('action=close', 'action=undo'));
  expect(remark('no marker', 'undo')).toBe('no marker');
});

test('marks are the same when all of them is', () => {
  expect(sameMark({ ...mark }, mark)).toBe(true);
  expect(sameMark({ ...mark, run: 'other' }, mark)).toBe(false);
  expect(sameMark({ ...mark, action: 'warn' }, mark)).toBe(false);
  expect(sameMark({ ...mark, policy: 'other' }, mark)).toBe(false);
  expect(sameMark(null, mark)).toBe(false);
});
