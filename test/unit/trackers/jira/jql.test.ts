import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { bugsJql, issuesJql, quote } from '../../../../src/trackers/jira/reading/jql.js';

const ours = (jql?: string): string => bugsJql({ projects: ['ERP'], types: ['Bug'], jql });

describe('the query for bugs', () => {
  test('asks for open bugs of the projects, oldest first', () => {
    expect(bugsJql({ projects: ['ERP', 'AND'], types: ['Bug', '缺陷'] })).toBe(
      'project in ("ERP", "AND") AND issuetype in ("Bug", "缺陷") AND statusCategory != Done ORDER BY created ASC, key ASC',
    );
  });

  test.each([
    ['2026-06-01T12:00:30Z', '2026-05-31 12:00'],
    ['2026-03-01T00:00:59Z', '2026-02-28 00:00'],
    ['1970-01-01T00:00:00Z', '1970-01-02 00:00'],
  ])('asks for done bugs that changed since %s, early enough in every time zone', (closedSince, minute) => {
    expect(bugsJql({ projects: ['ERP'], types: ['Bug'], jql: 'a = 1 OR b = 2', closedSince })).toBe(
      `project in ("ERP") AND issuetype in ("Bug") AND statusCategory = Done AND updated >= "${minute}" AND (a = 1 OR b = 2) ORDER BY created ASC, key ASC`,
    );
  });

  test.each([
    ['component != Legacy', '(component != Legacy)'],
    ['  component = A OR component = B ', '(component = A OR component = B)'],
    ['labels = x ORDER BY rank', '(labels = x)'],
    ['labels = x order  by rank, key DESC', '(labels = x)'],
    ['summary ~ "order by )" AND (a = 1)', '(summary ~ "order by )" AND (a = 1))'],
    [`summary ~ 'it\\'s (' `, `(summary ~ 'it\\'s (')`],
    ['labels in (a, b)\nAND votes > 1', '(labels in (a, b)\nAND votes > 1)'],
  ])('narrows by %j', (jql, wrapped) => {
    expect(ours(jql)).toContain(` AND statusCategory != Done AND ${wrapped} ORDER BY created`);
  });

  test('ignores a condition that is nothing but an order', () => {
    expect(ours('ORDER BY created DESC')).toBe(ours());
  });

  test.each([
    ['a = 1) OR (b = 2', 'closes a parenthesis that it does not open'],
    ['(a = 1', 'leaves a parenthesis open'],
    ['a = "x', 'leaves a quotation open'],
    ["a = 'x", 'leaves a quotation open'],
    ['a = "x\\" OR b = 1', 'leaves a quotation open'],
    ['a = \\" OR (b = 1', 'has a backslash outside of quotation marks'],
    ['a = "x") OR ("b" = "y"', 'closes a parenthesis that it does not open'],
  ])('refuses %j', (jql, why) => {
    expect(() => ours(jql)).toThrow(why);
  });

  test('never lets a condition out of its parentheses', () => {
    const pieces = fc.constantFrom('(', ')', '"', "'", '\\', ' OR ', ' AND ', 'a = 1', ' ORDER BY ', 'x', '\\"', "\\'");
    fc.assert(
      fc.property(
        fc.array(pieces, { maxLength: 14 }).map((parts) => parts.join('')),
        (jql) => {
          const query = accepted(jql);
          if (query === null || query === ours()) return;
          expect(depths(query).slice(query.indexOf('Done AND (') + 10, query.lastIndexOf(') ORDER BY'))).not.toContain(0);
          expect(depths(query).at(-1)).toBe(0);
        },
      ),
      { numRuns: 5000 },
    );
  });
});

describe('values', () => {
  test('are quoted', () => {
    expect(issuesJql(['A-1', 'x" OR "y'])).toBe('key in ("A-1", "x\\" OR \\"y") ORDER BY key ASC');
    expect(quote('back\\slash')).toBe('"back\\\\slash"');
  });

  test('come back as they were when they are read as JQL reads them', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (value) => {
        // biome-ignore lint/suspicious/noControlCharactersInRegex: these are refused, which has a test of its own
        fc.pre(!/[\u0000-\u001f\u007f]/.test(value));
        expect(JSON.parse(quote(value))).toBe(value);
      }),
    );
  });

  test('with control characters are refused', () => {
    expect(() => quote('a\nb')).toThrow('control characters');
  });
});

function accepted(jql: string): string | null {
  try {
    return ours(jql);
  } catch {
    return null;
  }
}

/** The depth of parentheses after each character, quotations skipped: written apart from the code under test. */
function depths(query: string): number[] {
  let depth = 0;
  let quoted = '';
  return Array.from(query, (character, index) => {
    const escaped = quoted !== '' && trailingBackslashes(query.slice(0, index)) % 2 === 1;
    if (quoted) {
      if (character === quoted && !escaped) quoted = '';
    } else if (character === '"' || character === "'") quoted = character;
    else if (character === '(') depth++;
    else if (character === ')') depth--;
    return depth;
  });
}

function trailingBackslashes(text: string): number {
  return (/\\*$/.exec(text)?.[0] ?? '').length;
}
