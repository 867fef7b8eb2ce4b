import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  forJson,
  forMarkdown,
  forTerminal,
  linesForTerminal,
  markdownCode,
  markdownLink,
  safeUrl,
} from '../../../src/report/escape.js';
import { FORMATS } from '../../../src/report/formats.js';
import { readReport } from '../../../src/report/read.js';
import { COLOURED, render } from './given.js';
import { CONTROL, HOSTILE, LOG_COMMAND, poisoned, REPORTS, URLS } from './hostile.js';

describe.each(Object.entries(FORMATS))('nothing hostile is live in %s', (_, format) => {
  /** The end of a line in CSV is a control character, and the only one. */
  const withoutEnds = (text: string) => (format === FORMATS.csv ? text.replaceAll('\r\n', '\n') : text);
  const all = REPORTS.map((report) => withoutEnds(render(format, report)));

  test('no control characters', () => {
    for (const text of all) expect(text).not.toMatch(CONTROL);
  });

  test('no commands to a CI system', () => {
    for (const text of all) expect(text).not.toMatch(LOG_COMMAND);
  });

  test('no other escape sequences than those of the palette', () => {
    for (const report of REPORTS) {
      const text = withoutEnds(render(format, report, { palette: COLOURED }));
      // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is looked for
      expect(text.replace(/\u001b\[\d+m/g, '')).not.toMatch(CONTROL);
    }
  });
});

describe('Markdown that is rendered', () => {
  const all = REPORTS.map((report) => render(FORMATS.markdown, report));
  /** Outside of links of ours, whose text and address are looked at separately. */
  const prose = all.map((text) => text.replace(/(?<=\| )\[(?:\\.|[^\]\\])*\]\((https?:[^)\s]*)\)(?= \|)/g, 'LINK'));

  test('has no HTML but our own', () => {
    for (const text of all) expect(text.replaceAll(/<\/?sub>/g, '').replace(/^>(?= |$)/gm, '')).not.toMatch(/[<>]/);
  });

  test('mentions nobody and refers to nothing', () => {
    for (const text of prose) {
      expect(text).not.toMatch(/@[\w\\]/);
      expect(text).not.toMatch(/#\d|\bGH-\d/i);
    }
  });

  test('has no links but to the bugs', () => {
    for (const text of prose) {
      expect(text).not.toMatch(/(?<!\\)\]\(|(?<!\\)!\[|(?<!\\)\[/);
      expect(text).not.toMatch(/\b(https?|ftp):|\bwww\./i);
    }
  });

  test('follows only addresses of the web, and they end where they should', () => {
    for (const text of all) {
      for (const [, url] of text.matchAll(/(?<!\\)\]\(([^)]*)\)/g)) expect(url).toMatch(/^https?:\/\/[^\s<>|"'`\\]*$/);
      expect(text).not.toMatch(/(?<!\\)\]\((?!https?:)/);
    }
  });

  test('has no markup but our own: no code, emphasis or further cells', () => {
    for (const [index, text] of prose.entries()) {
      const rows = text.split('\n').filter((line) => line.startsWith('|'));
      for (const row of rows) expect(row.match(/(?<!\\)(?:\\\\)*\|/g), `${index}: ${row}`).toHaveLength(6);
      expect(text.replaceAll(/\*\*(Incomplete|That is more than [\w ().,]+)\*\*|\*confidential\*/g, '')).not.toMatch(
        /(?<!\\)(?:\\\\)*[`*_~]/,
      );
    }
  });

  test('has no headings, lists or quotes but our own', () => {
    for (const text of all) {
      for (const line of text.split('\n')) expect(line).toMatch(/^($|## bugprune: |### |\| |>|<sub>|At least \d+ open)/);
    }
  });
});

test('JSON means the same after all escaping', () => {
  for (const report of REPORTS) expect(JSON.parse(render(FORMATS.json, report))).toEqual(report);
});

test('a report with hostile texts can be read back, and gives the same bytes', () => {
  const poison = poisoned('::error::x \u001b[31m \u202e "quoted" \\ \u009b', 'javascript:x');
  // A bug has one entry.
  const report = { ...poison, bugs: poison.bugs.map((bug, index) => ({ ...bug, ref: `${bug.ref}${index}` })) };
  const bytes = render(FORMATS.json, report);
  const read = readReport(bytes, 'report.json');
  expect(render(FORMATS.json, read)).toBe(bytes);
});

describe('each escaping function, for any text', () => {
  const pieces = fc.constantFrom(
    ...HOSTILE,
    ...URLS,
    ':',
    '::',
    '#',
    '##',
    '[',
    '|',
    '\\',
    '`',
    '\n',
    '@a',
    'vso[',
    '&',
    '<',
    ' ',
  );
  const text = fc.array(fc.oneof(pieces, fc.string({ unit: 'binary' })), { maxLength: 6 }).map((parts) => parts.join(''));

  test('a terminal gets one line, without control characters or commands, and keeps the columns', () => {
    fc.assert(
      fc.property(text, (given) => {
        const shown = forTerminal(given);
        expect(shown).not.toMatch(/\n/);
        expect(shown).not.toMatch(CONTROL);
        expect(shown).not.toMatch(/::|##(\[|vso\[|teamcity\[)/i);
        expect(shown.replaceAll('\u2060', '')).toHaveLength(given.replaceAll('\u2060', '').length);
      }),
    );
  });

  test('several lines stay several lines', () => {
    fc.assert(
      fc.property(text, (given) => {
        expect(linesForTerminal(given).split('\n')).toHaveLength(given.split('\n').length);
      }),
    );
  });

  test('harmless text stays as it is', () => {
    const harmless = fc.string({ unit: fc.constantFrom(...'abc XYZ 019 .,;!?äß漢字é-+='.split('')) });
    fc.assert(
      fc.property(harmless, (given) => {
        expect(forTerminal(given)).toBe(given);
      }),
    );
  });

  test('Markdown of it has no live character left', () => {
    fc.assert(
      fc.property(text, (given) => {
        const shown = forMarkdown(given);
        expect(shown).not.toMatch(/[<>\n]|@(?!\u2060)|#(?!\u2060)|::/);
        expect(shown).not.toMatch(/&(?!amp;|lt;|gt;)/);
        expect(shown).not.toMatch(/(?<!\\)(?:\\\\)*[`*_|~[\]]/);
        expect(shown).not.toMatch(CONTROL);
      }),
    );
  });

  test('a link leads to the web or is none', () => {
    fc.assert(
      fc.property(text, fc.oneof(text, fc.webUrl()), (given, url) => {
        const link = markdownLink(given, url);
        expect(link).not.toMatch(/[<>\n]|^::|##(\[|vso\[)/);
        if (safeUrl(url) === null) expect(link).toBe(forMarkdown(given));
        else expect(link).toMatch(/^\[(\\.|[^\]\\])*\]\(https?:\/\/[^\s()<>|]*\)$/);
      }),
    );
  });

  test('code in Markdown is copied as it was', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom('`', 'a', ' ', '|', '*', '\\'), minLength: 1 }), (given) => {
        const shown = markdownCode(given);
        const fence = /^`+/.exec(shown)?.[0] ?? '';
        expect(shown.endsWith(fence)).toBe(true);
        const inside = shown.slice(fence.length, -fence.length);
        expect(inside.match(/`+/g) ?? []).not.toContain(fence);
        expect([given, ` ${given} `]).toContain(inside);
      }),
    );
  });

  test('JSON keeps its value', () => {
    fc.assert(
      fc.property(fc.oneof(fc.jsonValue(), text), (value) => {
        const shown = forJson(JSON.stringify(value));
        expect(JSON.parse(shown)).toEqual(JSON.parse(JSON.stringify(value)));
        expect(shown).not.toMatch(/::|##(\[|vso\[|teamcity\[)/i);
        expect(shown).not.toMatch(CONTROL);
      }),
    );
  });
});
