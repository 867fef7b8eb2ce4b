import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { BugpruneError } from '../../../src/errors.js';
import { type Report, type ReportBug, summarize } from '../../../src/report/document.js';
import { FORMATS } from '../../../src/report/formats.js';
import { readReport } from '../../../src/report/read.js';
import { BACKLOG, PRUNED } from './backlog.js';
import { aKept, anEntry, anUndecided, aReason, aReport, render } from './given.js';

const read = (report: unknown) => readReport(JSON.stringify(report), 'report.json');

/** What is wrong with a report, as people are told. */
function complaint(text: string): BugpruneError {
  try {
    readReport(text, 'report.json');
  } catch (error) {
    if (error instanceof BugpruneError) return error;
    throw error;
  }
  throw new Error('expected the report to be refused');
}

/** A report after somebody edited its first entry. */
const edited = (change: Partial<ReportBug>, before: ReportBug = anEntry()): string =>
  JSON.stringify(aReport([{ ...before, ...change }]));

describe('what was written is read', () => {
  test.each([
    ['a dry run', BACKLOG],
    ['a run', PRUNED],
    ['an empty one', aReport([])],
  ])('%s', (_, report) => {
    expect(readReport(render(FORMATS.json, report), 'report.json')).toEqual(report);
  });

  test('keys that are not ours are left out', () => {
    const [bug] = BACKLOG.bugs;
    expect(read({ ...aReport([]), note: 'mine', bugs: [{ ...bug, note: 'keep an eye on it' }] }).bugs).toEqual([bug]);
  });
});

describe('a reviewer may', () => {
  test('delete entries: the counts follow, the backlog stays as large as it was', () => {
    const report = { ...BACKLOG, bugs: BACKLOG.bugs.slice(0, 2) };
    expect(read(report).summary).toEqual({ ...summarize(report.bugs), open: 11 });
    expect(read(report).summary.close).toBe(2);
  });

  test('delete all of them', () => {
    expect(read({ ...BACKLOG, bugs: [] }).summary).toEqual({ open: 11, close: 0, warn: 0, keep: 0, undecided: 0, attention: 0 });
  });

  test('turn close into keep, and warn too', () => {
    const { bugs, summary } = read({ ...BACKLOG, bugs: BACKLOG.bugs.map((bug) => ({ ...bug, verdict: 'keep' })) });
    expect(bugs.every(({ verdict }) => verdict === 'keep')).toBe(true);
    expect(summary).toMatchObject({ open: 11, close: 0, warn: 0, keep: 11 });
  });

  test('reword a comment', () => {
    const comment = 'Wir machen das nicht mehr.\n\nSee `@deprecated` and mail@example.com for #12.';
    expect(readReport(edited({ comment }), 'report.json').bugs[0]?.comment).toBe(comment);
  });
});

describe('a reviewer may snooze a kept one', () => {
  test.each(['2026-11-22', '2027-03-01', 'forever'])('until %s', (snooze) => {
    expect(readReport(edited({ verdict: 'keep', snooze }), 'report.json').bugs[0]).toMatchObject({ verdict: 'keep', snooze });
  });

  test('whatever the rules had to say about it', () => {
    expect(readReport(edited({ snooze: 'forever' }, aKept('pinned')), 'report.json').bugs[0]?.snooze).toBe('forever');
  });
});

describe('a reviewer may not', () => {
  const proposed = { verdict: 'close', policy: 'untargeted', comment: 'Gone.' } as const;

  test.each<[string, string, string]>([
    ['turn keep into close', edited({ verdict: 'close' }, aKept('label pinned protects it')), 'label pinned protects it'],
    [
      'turn keep into warn',
      edited({ verdict: 'warn' }, aKept('label pinned protects it')),
      '"warn" is not what the rules proposed',
    ],
    ['turn undecided into close', edited({ verdict: 'close' }, anUndecided('history not read')), 'history not read'],
    ['forge the rest along with it', edited(proposed, aKept('label pinned protects it')), 'label pinned protects it'],
    ['forge an undecided one', edited(proposed, anUndecided('history not read')), 'history not read'],
    [
      'close what a warning still protects',
      edited(
        proposed,
        anEntry({ verdict: 'keep', reasons: [aReason('warned', 'no-match', 'warned on 2026-11-20, less than 1 week ago')] }),
      ),
      'less than 1 week ago',
    ],
    ['close without a word', edited({ comment: null }), 'a comment must explain; found none'],
    ['close with an empty word', edited({ comment: ' \n' }), 'a comment must explain; found none'],
    ['mention a person', edited({ comment: 'Sorry, @octocat.' }), 'comments never mention people; found @octocat'],
    ['mention a team', edited({ comment: 'cc @acme/all' }), 'comments never mention people; found @acme/all'],
    ['invent a verdict', edited({ verdict: 'delete' as 'close' }), 'acme/app#1: verdict: expected'],
    ['leave out what is compared', edited({ expect: {} as ReportBug['expect'] }), 'acme/app#1: expect.updatedAt: is missing'],
    [
      'write instants in another form',
      edited({ lastHumanActivityAt: '2026-01-01T09:00:00+01:00' }),
      'acme/app#1: lastHumanActivityAt: expected an instant',
    ],
    [
      'write a day that there is not',
      edited({ updatedAt: '2026-02-30T09:00:00Z' }),
      'acme/app#1: updatedAt: expected a day that there is',
    ],
    ['hide words in an instant', edited({ createdAt: '2026 (::error::x)' }), 'acme/app#1: createdAt: expected an instant'],
  ])('%s', (_, text, message) => {
    const { code, message: told, hint } = complaint(text);
    expect(code).toBe('usage');
    expect(told.split('\n')[0]).toBe('report.json cannot be applied:');
    expect(told).toContain(message);
    expect(hint).toContain('Entries may be deleted');
  });

  test('and is told of all mistakes at once, twenty at most', () => {
    const bugs = Array.from({ length: 30 }, (_, index) => aKept('pinned', { ref: `acme/app#${index}`, verdict: 'close' }));
    const lines = complaint(JSON.stringify(aReport(bugs))).message.split('\n');
    expect(lines).toHaveLength(22);
    expect(lines.at(-1)).toBe('  … and 10 more');
    expect(lines[3]).toContain('acme/app#2: "close" is not what the rules proposed');
  });

  test('a reason of another policy does not speak against a proposal', () => {
    const reasons = [...anEntry().reasons, { ...aReason('openFor', 'no-match', 'reported only 1 day ago'), policy: 'other' }];
    expect(readReport(edited({ reasons }), 'report.json').bugs).toHaveLength(1);
  });
});

describe('nonsense is told in words, and where it stands', () => {
  const whole = BACKLOG as unknown as Record<string, unknown>;
  const [first, second] = BACKLOG.bugs;
  /** The report with its first entry changed, or others in its place. */
  const entry = (change: object) => ({ ...whole, bugs: [{ ...first, ...change }] });
  const without = (key: string) => ({
    ...whole,
    bugs: [Object.fromEntries(Object.entries(first ?? {}).filter(([name]) => name !== key))],
  });
  const ref = first?.ref;

  test.each<[string, unknown, string]>([
    ['an entry that is null', { ...whole, bugs: [first, null] }, 'bugs[1]: expected {…}, found null'],
    ['an entry that is a word', { ...whole, bugs: ['acme/app#1'] }, 'bugs[0]: expected {…}, found "acme/app#1"'],
    ['an entry without a name', without('ref'), 'bugs[0].ref: is missing'],
    ['an entry without a verdict', without('verdict'), `${ref}: verdict: is missing, expected "close" or`],
    ['an entry without a reason', without('reasons'), `${ref}: reasons: is missing`],
    [
      'a verdict of another tongue',
      entry({ verdict: 'no' }),
      `${ref}: verdict: expected "close" or "warn" or "keep" or "undecided", found "no"`,
    ],
    ['a verdict in capitals', entry({ verdict: 'Keep' }), 'found "Keep"'],
    ['a verdict that is a switch', entry({ verdict: false }), 'found false'],
    ['"snooze" for a verdict', entry({ verdict: 'snooze' }), 'found "snooze"'],
    ['a comment that is a list', entry({ comment: ['Gone.'] }), `${ref}: comment: expected a text, found […]`],
    ['a comment that is a number', entry({ comment: 5 }), `${ref}: comment: expected a text, found 5`],
    ['a reason that is text', entry({ reasons: ['old'] }), `${ref}: reasons[0]: expected {…}, found "old"`],
    ['engagement with a fraction', entry({ engagement: 1.5 }), `${ref}: engagement: expected a whole number, found 1.5`],
    ['attention in words', entry({ attention: 'yes' }), `${ref}: attention: expected true or false, found "yes"`],
    ['bugs by name', { ...whole, bugs: { a: first } }, 'bugs: expected a list, found {…}'],
    ['no bugs at all', { ...whole, bugs: undefined }, 'bugs: is missing'],
    ['the same entry twice', { ...whole, bugs: [first, second, first] }, `${ref}: there are two entries of this bug`],
    [
      'a snooze of a bug that is closed all the same',
      entry({ snooze: 'forever' }),
      `${ref}: "snooze" goes with "verdict": "keep", found "close"`,
    ],
    [
      'a snooze in words',
      entry({ verdict: 'keep', snooze: 'soon' }),
      `${ref}: snooze: expected a day such as 2027-03-01, or "forever", found "soon"`,
    ],
    ['a snooze for a while', entry({ verdict: 'keep', snooze: '3mo' }), 'found "3mo"'],
    ['a snooze that is a switch', entry({ verdict: 'keep', snooze: true }), `${ref}: snooze: expected a text, found true`],
    [
      'a snooze until a day that there is not',
      entry({ verdict: 'keep', snooze: '2027-02-30' }),
      `${ref}: snooze: expected a day that there is, found "2027-02-30"`,
    ],
    [
      'a snooze that is over',
      entry({ verdict: 'keep', snooze: '2026-11-21' }),
      `${ref}: snooze: expected a day to come, found "2026-11-21"`,
    ],
    ['another run of it', { ...whole, mode: 'for real' }, 'mode: expected "dry-run" or "prune", found "for real"'],
  ])('%s', (_, report, expected) => {
    const { message, hint } = complaint(JSON.stringify(report));
    expect(message).toContain(expected);
    expect(message).not.toMatch(/invalid|received|undefined/i);
    expect(hint).toContain('"snooze"');
  });

  test.each<[string, string, number, number]>([
    ['a comma behind the last entry', '{\n  "bugs": [\n    {},\n  ]\n}', 4, 3],
    ['a comma before the first', '[\n,{}]', 2, 1],
    ['a comma that is missing', '[\n  {}\n  {}\n]', 3, 3],
    ['a comment', '{\n  // mine\n}', 2, 3],
    ['a word without quotes', '{"verdict": keep}', 1, 13],
    ['a text that goes on below', '{"comment": "a\n', 1, 15],
    ['something behind the end', '{}\n}', 2, 1],
    ['an end that is missing', '{"bugs": [\n', 2, 1],
    ['nothing', '', 1, 1],
  ])('%s: the line and the column', (_, text, line, column) => {
    const { message, hint } = complaint(text);
    expect(message).toBe(`report.json is not JSON: look at line ${line}, column ${column}.`);
    expect(hint).toContain('a comma too many');
  });

  test('a byte order mark, as some editors write it, is none', () => {
    expect(readReport(`\uFEFF${JSON.stringify(BACKLOG)}`, 'report.json').bugs).toHaveLength(BACKLOG.bugs.length);
  });

  test('what looks like a secret is not repeated', () => {
    expect(complaint(JSON.stringify(entry({ verdict: 'ghp_abcdef' }))).message).not.toContain('ghp_');
  });
});

describe('what is no report', () => {
  test.each([
    ['', 'report.json is not JSON'],
    ['{"version": 1,', 'report.json is not JSON'],
    ['null', 'is not a report: expected "kind": "report", found none'],
    ['[]', 'is not a report'],
    ['"report"', 'is not a report'],
    ['5', 'is not a report'],
    ['{"kind": "snapshot", "version": 1}', 'expected "kind": "report", found "snapshot"'],
    ['{"kind": "report"}', 'expected version 1, found none'],
    ['{"kind": "report", "version": 2}', 'expected version 1, found 2'],
    ['{"kind": "report", "version": "1"}', 'expected version 1, found "1"'],
    ['{"__proto__": {"kind": "report", "version": 1}}', 'found none'],
    ['{"kind": "report", "version": 1}', 'cannot be applied'],
  ])('%s', (text, message) => {
    const error = complaint(text);
    expect(error.code).toBe('usage');
    expect(error.message).toContain(message);
    expect(error.hint).toBeTruthy();
  });

  test('keys that mean something to JavaScript do no harm', () => {
    const text = JSON.stringify(BACKLOG)
      .replace('"data":{}', '"data":{"__proto__":"polluted","constructor":"x"}')
      .replace('"kind":"report"', '"kind":"report","__proto__":{"polluted":true}');
    const report = readReport(text, 'report.json');
    expect('polluted' in report).toBe(false);
    expect('polluted' in {}).toBe(false);
    expect(report.bugs[0]?.reasons[0]?.data.constructor).toBe('x');
  });
});

describe('any change to a report', () => {
  /** Every place in a document, as the keys that lead there. */
  function places(value: unknown, path: readonly string[] = []): (readonly string[])[] {
    if (typeof value !== 'object' || value === null) return [path];
    return [path, ...Object.entries(value).flatMap(([key, child]) => places(child, [...path, key]))];
  }

  function change(value: unknown, [key, ...rest]: readonly string[], to: unknown): unknown {
    if (key === undefined) return to;
    const copy: unknown = Array.isArray(value) ? [...value] : { ...(value as object) };
    const child = Reflect.get(value as object, key);
    if (rest.length === 0 && to === undefined) Reflect.deleteProperty(copy as object, key);
    else Reflect.set(copy as object, key, change(child, rest, to));
    return copy;
  }

  const all = places(BACKLOG).slice(1);
  const words = fc.constantFrom(
    'close',
    'warn',
    'keep',
    'undecided',
    'unknown',
    'match',
    'no-match',
    '2026-11-22T09:00:00Z',
    '@octocat',
    null,
    undefined,
  );

  test('is read or refused in words, and never proposes what the rules kept', () => {
    const kept = new Set(
      BACKLOG.bugs.filter(({ verdict }) => verdict === 'keep' || verdict === 'undecided').map(({ ref }) => ref),
    );
    const mutation = fc.tuple(fc.constantFrom(...all), fc.oneof(words, fc.jsonValue({ maxDepth: 2 })));
    fc.assert(
      fc.property(fc.array(mutation, { minLength: 1, maxLength: 3 }), (mutations) => {
        // Not the refs: by them we tell below which entry is which.
        const harmless = mutations.filter(([path]) => path.at(-1) !== 'ref' && !path.includes('reasons'));
        const text = JSON.stringify(
          harmless.reduce<unknown>((report, [path, to]) => safely(() => change(report, path, to), report), BACKLOG),
        );
        let report: Report;
        try {
          report = readReport(text, 'report.json');
        } catch (error) {
          expect(error).toBeInstanceOf(BugpruneError);
          expect(error).toHaveProperty('code', 'usage');
          return;
        }
        const proposed = report.bugs.filter(({ verdict }) => verdict === 'close' || verdict === 'warn');
        expect(proposed.filter(({ ref }) => kept.has(ref))).toEqual([]);
        expect(report.summary).toEqual({ ...summarize(report.bugs), open: report.summary.open });
      }),
      { numRuns: 500 },
    );
  });

  test('to its text, too', () => {
    const text = JSON.stringify(BACKLOG);
    const cut = fc.tuple(fc.nat(text.length), fc.nat(40), fc.string({ maxLength: 5 }));
    fc.assert(
      fc.property(cut, ([at, length, put]) => {
        try {
          readReport(text.slice(0, at) + put + text.slice(at + length), 'report.json');
        } catch (error) {
          expect(error).toBeInstanceOf(BugpruneError);
          expect(error).toHaveProperty('code', 'usage');
        }
      }),
      { numRuns: 500 },
    );
  });
});

/** A later mutation may have taken the place away that an earlier one changed. */
function safely<Value>(work: () => Value, otherwise: Value): Value {
  try {
    return work();
  } catch (error) {
    if (error instanceof TypeError) return otherwise;
    throw error;
  }
}
