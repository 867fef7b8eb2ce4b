import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Report, readReport } from '../../../src/report/document.js';
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
import { aKept, anEntry, anUndecided, aReport, aTracker, COLOURED, render } from './given.js';

const HOSTILE = [
  '\u001b[31mred\u001b[0m \u001b]0;title\u0007 \u001b]8;;http://evil.example\u001b\\click\u001b]8;;\u001b\\ \u009b2J \u0008\u0008',
  'right\u202Eto left\u2066 isolate\u2069 \u200Fmark \u061C',
  'line\nfeed\r\n::error::x\u2028::warning::y\u2029::stop-commands::z\u0085::notice::u',
  '::error::x',
  '  ::set-output name=a::b',
  ':::error file=a::x',
  '##[error]x ###[group]y ##[add-path]z',
  '##vso[task.setvariable variable=a]b ##VSO[x] ##teamcity[message]',
  '@everyone @octocat hi@here team@acme/all @\u0000channel',
  '#123 acme/app#123 GH-123 gh-7 (#9)',
  '<script>alert(1)</script> <img src=x onerror=alert(1)> <!-- --> &lt;b&gt; &#64;octocat <a href="javascript:x">',
  '[a](javascript:alert(1)) ![x](http://e.example/p.png) [r]: http://e.example <http://e.example>',
  '| pipe | \\| more \\\\| |',
  '`code` ``two`` ``` three \\`',
  '*b* _i_ ~~s~~ **B** __B__ ^t^ $m$ {x}',
  'https://e.example www.e.example HTTP://E.example ftp://e.example mailto:a@b.example',
  ':tada: :+1: a:b:c',
  '=cmd|x +1 -1 @sum',
  '# heading\n\n- list\n\n> quote\n---',
];

const URLS = [
  'javascript:alert(1)',
  'data:text/html,x',
  'https://e.example/a)b](c|d`e"f<g>\\h i',
  'https://e.example/##[error]x',
  'https://e.example/#a##vso[x]',
  'not a url ::error::x',
  'http://[::1]:8080/browse/A-1',
  '\u001b]8;;x',
];

/** A report in which every text is hostile: what a file that somebody edited, or a server that means harm, can bring. */
function poisoned(text: string, url: string): Report {
  const parts = { ref: text, tracker: text, url, title: text, priority: text, assignees: [text, text] };
  const doubt = anUndecided(text, parts);
  const bugs = [
    anEntry({ ...parts, policy: text, comment: text }),
    anEntry({ ...parts, verdict: 'warn', comment: text }),
    aKept(text, { ...parts, attention: true, target: { class: 'slipped', names: [text] } }),
    { ...doubt, reasons: doubt.reasons.map((reason) => ({ ...reason, rule: text, policy: text, data: { [text]: [text] } })) },
    anEntry({ ...parts, result: { status: 'failed', detail: text } }),
    anEntry({ ...parts, result: { status: 'closed', detail: text } }),
  ];
  const tracker = aTracker({ name: text, type: text, as: text, complete: false, problems: [text, text], notes: [text] });
  return aReport(bugs, { trackers: [tracker], run: text, tool: { name: 'bugprune', version: text }, policyDigest: text });
}

const REPORTS = HOSTILE.flatMap((text, index) =>
  (['dry-run', 'prune'] as const).map((mode) => ({ ...poisoned(text, URLS[index % URLS.length] ?? ''), mode })),
);

/** Control characters besides line ends, and what turns the reading direction. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is looked for
const CONTROL = /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]/u;
/** What CI systems obey: GitHub at the start of a line, Azure and TeamCity anywhere. */
const LOG_COMMAND = /^\s*::|##\[|##vso\[|##teamcity\[/im;

describe.each(Object.entries(FORMATS))('nothing hostile is live in %s', (_, format) => {
  const all = REPORTS.map((report) => render(format, report));

  test('no control characters', () => {
    for (const text of all) expect(text).not.toMatch(CONTROL);
  });

  test('no commands to a CI system', () => {
    for (const text of all) expect(text).not.toMatch(LOG_COMMAND);
  });

  test('no other escape sequences than those of the palette', () => {
    for (const report of REPORTS) {
      const text = render(format, report, { palette: COLOURED });
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
      expect(text.replaceAll('**Incomplete**', '').replaceAll('*confidential*', '')).not.toMatch(/(?<!\\)(?:\\\\)*[`*_~]/);
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
  const report = poisoned('::error::x \u001b[31m \u202e "quoted" \\ \u009b', 'javascript:x');
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
