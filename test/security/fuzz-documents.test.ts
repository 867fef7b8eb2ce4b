import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { LineError } from '../../src/journal/failure.js';
import { fold } from '../../src/journal/fold.js';
import { formatLine, readLines } from '../../src/journal/lines.js';
import { commentOf, isProposal } from '../../src/report/document.js';
import { FORMATS } from '../../src/report/formats.js';
import { readReport } from '../../src/report/read.js';
import { aBug } from '../../src/testing.js';
import { parseBug, parseHeader } from '../../src/trackers/file/format.js';
import { aJournal } from '../unit/journal/given.js';
import { aKept, anEntry, anUndecided, aReport, render } from '../unit/report/given.js';
import { CONTROL, HOSTILE, LOG_COMMAND, URLS } from '../unit/report/hostile.js';
import { HEADER } from '../unit/trackers/file/given.js';
import { damage, damaged } from './damage.js';
import { expectCleanPrototypes, mutated, outcome, PATIENCE, promptly, text, times } from './runs.js';

const damages = fc.array(damage, { minLength: 1, maxLength: 4 });

describe('a report that somebody has edited', () => {
  const REPORT = aReport([
    anEntry(),
    anEntry({ ref: 'acme/app#2', verdict: 'warn' }),
    aKept('protected', { ref: 'acme/app#3', snooze: '2027-03-01' }),
    anUndecided('not read', { ref: 'acme/app#4' }),
  ]);
  const TEXT = JSON.stringify(REPORT, null, 1);

  test('is refused in words, or read the same again; what it proposes has an explanation', { timeout: PATIENCE }, () => {
    const file = fc.oneof(
      damages.map((all) => damaged(REPORT, all)),
      mutated(fc.constant(TEXT)),
      text,
    );
    fc.assert(
      fc.property(file, (given) => {
        const found = outcome(given.length, () => readReport(given, 'report.json'));
        if (!('result' in found)) return;
        expect(readReport(JSON.stringify(found.result), 'report.json')).toEqual(found.result);
        expectCleanPrototypes(found.result);
        for (const bug of found.result.bugs.filter(isProposal)) expect(commentOf(bug).trim()).not.toBe('');
      }),
      times(600),
    );
  });

  test('does nothing in any format, whatever texts were put into it', { timeout: PATIENCE }, () => {
    const piece = fc.oneof(
      fc.constantFrom(...HOSTILE, ...URLS),
      text.map((one) => one.slice(0, 2000)),
    );
    const places = ['title', 'url', 'ref', 'tracker', 'priority', 'policy', 'comment'] as const;
    const edits = fc.array(fc.tuple(fc.nat({ max: 3 }), fc.constantFrom(...places), piece), { minLength: 1, maxLength: 5 });
    fc.assert(
      fc.property(edits, piece, (all, said) => {
        const bugs = REPORT.bugs.map((bug, index) => {
          const own = all.filter(([one]) => one === index).map(([, place, put]) => [place, put]);
          return { ...bug, ...Object.fromEntries(own), reasons: bug.reasons.map((reason) => ({ ...reason, message: said })) };
        });
        const report = { ...REPORT, bugs };
        const harmless = {
          ...REPORT,
          bugs: bugs.flatMap((bug) => [
            { ...bug, ...HARMLESS },
            { ...bug, ...HARMLESS, title: '' },
          ]),
        };
        const size = said.length + JSON.stringify(all).length;
        for (const [name, format] of Object.entries(FORMATS)) {
          const shown = promptly(size * 20, () => render(format, report)).replaceAll('\r\n', '\n');
          expect(shown, name).not.toMatch(CONTROL);
          expect(shown, name).not.toMatch(LOG_COMMAND);
          for (const link of LINKS[name] ? shown.matchAll(LINKS[name]) : []) expect(link[1], name).toMatch(/^(https?:|#)/);
          if (name === 'html') expect(tagsIn(render(format, harmless))).toEqual(expect.arrayContaining(tagsIn(shown)));
        }
      }),
      times(40),
    );
  });
});

const HARMLESS = { title: 'x', url: 'https://x.example/', ref: 'x', priority: 'x', comment: 'x' };

/** Where links lead, in the formats that have any. */
const LINKS: Readonly<Partial<Record<string, RegExp>>> = { html: /<a [^>]*href="([^"]*)"/g, markdown: /(?<!\\)\]\(([^)]*)\)/g };

/** The kinds of tags of a page: names, and the names of their attributes. */
function tagsIn(page: string): string[] {
  const tags = [...page.matchAll(/<[a-z!][^>]*>/gi)].map(([tag]) =>
    tag.replace(/"[^"]*"/g, '""').replace(/ data-(tracker|owner)=""/g, ''),
  );
  return [...new Set(tags)];
}

describe('a journal', () => {
  const LINES = aJournal();

  /** Lines with good sums, whoever wrote them. */
  const signed = (bodies: readonly string[]): string => {
    let sum = '';
    return bodies
      .map((body) => {
        sum = createHash('sha256').update(sum).update(body).digest('hex').slice(0, 16);
        return `${body.slice(0, -1)},"sum":"${sum}"}\n`;
      })
      .join('');
  };

  const isLineError = (error: unknown) => error instanceof LineError;

  /** What the lines add up to; an error names the line. */
  const read = (given: string) =>
    outcome(
      given.length,
      () => {
        const { lines } = readLines(given);
        return lines.length > 0 ? fold(lines) : null;
      },
      isLineError,
    );

  test('is signed here as it is written', () => {
    let sum = '';
    const written = LINES.map((line) => {
      const formatted = formatLine(line, sum);
      sum = formatted.sum;
      return `${formatted.text}\n`;
    });
    expect(signed(LINES.map((line) => JSON.stringify(line)))).toBe(written.join(''));
  });

  test('that was cut off anywhere adds up to a beginning of it', () => {
    const whole = signed(LINES.map((line) => JSON.stringify(line)));
    for (let end = 0; end <= whole.length; end += 7) expect(read(whole.slice(0, end))).toHaveProperty('result');
  });

  test('with a byte of it changed, or a line moved, is not trusted', { timeout: PATIENCE }, () => {
    const whole = signed(LINES.map((line) => JSON.stringify(line)));
    fc.assert(
      fc.property(mutated(fc.constant(whole)), (given) => {
        const found = read(given);
        if (whole.startsWith(given.slice(0, given.lastIndexOf('\n') + 1).replaceAll('\r\n', '\n'))) return;
        expect(found).toHaveProperty('refused');
      }),
      times(500),
    );
  });

  test('that somebody has written with good sums is refused by its line, or adds up', { timeout: PATIENCE }, () => {
    const edits = fc.array(fc.tuple(fc.nat({ max: LINES.length - 1 }), damages), { minLength: 1, maxLength: 3 });
    fc.assert(
      fc.property(edits, fc.boolean(), (all, shuffled) => {
        const bodies = LINES.map((line, index) =>
          damaged(
            line,
            all.filter(([one]) => one === index).flatMap(([, own]) => own),
          ),
        );
        const found = read(signed(shuffled ? bodies.toReversed() : bodies));
        expectCleanPrototypes('result' in found ? found.result : null);
      }),
      times(300),
    );
  });
});

describe('a snapshot', () => {
  const event = { at: '2026-01-02T00:00:00Z', actor: { id: '1', name: 'mona', kind: 'human' as const } };
  const BUG = aBug({
    labels: ['bug', 'ux'],
    targets: [{ name: 'v1', state: 'closed' }],
    linkedWork: [{ kind: 'child', name: 'acme/app#9' }],
    events: [
      { ...event, kind: 'labeled', value: 'bug' },
      { ...event, kind: 'commented', id: 'c1', mark: { run: 'r', action: 'close', policy: 'p' } },
    ],
  });

  test('has a bug in a line, whole and clean, or a reason', { timeout: PATIENCE }, () => {
    const line = fc.oneof(
      damages.map((all) => damaged(BUG, all)),
      mutated(fc.constant(JSON.stringify(BUG))),
      text,
    );
    fc.assert(
      fc.property(line, (given) => {
        const found = promptly(given.length, () => parseBug(given));
        if (!('value' in found)) return;
        expect(found.value.title).not.toMatch(CONTROL);
        expect(parseBug(JSON.stringify(found.value))).toEqual(found);
        expectCleanPrototypes(found.value);
      }),
      times(1000),
    );
  });

  test('has a header in its first line, or a reason', { timeout: PATIENCE }, () => {
    const line = fc.oneof(
      damages.map((all) => damaged(HEADER, all)),
      mutated(fc.constant(JSON.stringify(HEADER))),
    );
    fc.assert(
      fc.property(line, (given) => {
        const found = promptly(given.length, () => parseHeader(given));
        if ('value' in found) expect(found.value.source).not.toMatch(CONTROL);
        else expect(found.problem).not.toBe('');
      }),
      times(500),
    );
  });
});
