import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { BugpruneError } from '../../../src/errors.js';
import { type Report, type ReportBug, readReport, summarize } from '../../../src/report/document.js';
import { FORMATS } from '../../../src/report/formats.js';
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
    ['invent a verdict', edited({ verdict: 'delete' as 'close' }), 'bugs.0.verdict'],
    ['leave out what is compared', edited({ expect: {} as ReportBug['expect'] }), 'bugs.0.expect.updatedAt'],
    [
      'write instants in another form',
      edited({ lastHumanActivityAt: '2026-01-01T09:00:00+01:00' }),
      'bugs.0.lastHumanActivityAt: expected an instant',
    ],
    [
      'write a day that there is not',
      edited({ updatedAt: '2026-02-30T09:00:00Z' }),
      'bugs.0.updatedAt: expected a day that there is',
    ],
    ['hide words in an instant', edited({ createdAt: '2026 (::error::x)' }), 'bugs.0.createdAt: expected an instant'],
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
