import { beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { journalLineSchema } from '../../src/journal/document.js';
import { agendaSchema } from '../../src/report/agenda/json.js';
import { backtestsSchema } from '../../src/report/backtest/document.js';
import { type Report, reportSchema } from '../../src/report/document.js';
import { explanationSchema } from '../../src/report/explanation/document.js';
import { historySchema } from '../../src/report/history/document.js';
import { readReport } from '../../src/report/read.js';
import { undoSchema } from '../../src/report/undo/document.js';
import { aDesk, keepJournals, madeToday, stored, storedText } from './version-1.js';

// People's scripts read these documents. test/golden/v1 holds them as version 1 was made, and is never written again: what these tests
// refuse either stays as it was, or becomes a version 2 with a folder of its own.

const SCHEMAS: Readonly<Record<string, z.ZodType>> = {
  'report.json': reportSchema,
  'reviewed.json': reportSchema,
  'pruned.json': reportSchema,
  'agenda.json': agendaSchema,
  'explanation.json': explanationSchema,
  'backtest.json': backtestsSchema,
  'undo.json': undoSchema,
  'history.json': historySchema,
  'journal.json': z.array(z.intersection(journalLineSchema, z.object({ sum: z.string() }))),
};

test.each(Object.entries(SCHEMAS))('the schema still takes the stored %s, and drops nothing of it', (name, schema) => {
  const document = stored(name);
  expect(schema.parse(document)).toEqual(document);
});

/** What tells an entry of a list from the others, whatever else is added to them; its position where nothing does. */
function keyOf(entry: unknown, index: number): string {
  if (typeof entry !== 'object' || entry === null) return 'each';
  const known: Readonly<Record<string, unknown>> = { ...entry };
  const words = ['line', 'rule', 'policy', 'ref', 'name', 'threshold', 'owner', 'kind', 'month', 'at'].map((key) => known[key]);
  return words.filter((word) => typeof word === 'string').join(' ') || String(index);
}

/** Every field of a document, and the types of its values: `bugs[acme/app#1].title` is a `string`. */
function fieldsOf(value: unknown, path = '', fields = new Map<string, Set<string>>()): Map<string, Set<string>> {
  const type = value === null ? 'null' : Array.isArray(value) ? 'list' : typeof value;
  fields.set(path, new Set([...(fields.get(path) ?? []), type]));
  if (Array.isArray(value))
    for (const [index, entry] of value.entries()) fieldsOf(entry, `${path}[${keyOf(entry, index)}]`, fields);
  else if (typeof value === 'object' && value !== null) {
    for (const [key, one] of Object.entries(value)) fieldsOf(one, `${path}.${key}`, fields);
  }
  return fields;
}

/** `before` fields that are gone, or of another type, in words; nothing where scripts that know them go on working. */
function broken(before: unknown, now: unknown): string[] {
  const today = fieldsOf(now);
  return [...fieldsOf(before)].flatMap(([path, types]) => {
    const expected = [...types].toSorted().join(' or ');
    const found = [...(today.get(path) ?? ['nothing'])].toSorted().join(' or ');
    return found === expected ? [] : [`${path}: expected ${expected}, found ${found}`];
  });
}

describe('what is printed and written today', () => {
  let today: ReadonlyMap<string, unknown>;
  beforeAll(async () => {
    today = await madeToday();
  });

  test.each(Object.keys(SCHEMAS).filter((name) => name !== 'reviewed.json'))(
    'has every field of the stored %s, of the same type',
    (name) => {
      expect(broken(stored(name), today.get(name))).toEqual([]);
    },
  );

  test('says the same of every bug, in the same words for scripts', () => {
    const verdicts = (document: unknown) =>
      reportSchema.parse(document).bugs.map(({ ref, verdict, policy, attention, snooze, target, result, reasons }) => {
        const found = reasons.map(({ rule, outcome }) => `${rule}: ${outcome}`);
        return { ref, verdict, policy, attention, snooze, target, status: result?.status ?? null, found };
      });
    for (const name of ['report.json', 'pruned.json']) expect(verdicts(today.get(name))).toEqual(verdicts(stored(name)));
  });
});

describe('the comparison notices', () => {
  const report = stored('report.json') as Report;
  const [bug, ...others] = report.bugs;

  test.each<[what: string, now: unknown, told: RegExp]>([
    ['a field that is gone', { ...report, policyDigest: undefined }, /^\.policyDigest: expected string, found undefined$/],
    [
      'another type',
      { ...report, summary: { ...report.summary, close: '2' } },
      /^\.summary\.close: expected number, found string$/,
    ],
    [
      'a bug that is gone',
      { ...report, bugs: others },
      /^\.bugs\[untargeted acme\/app#373\]\.reasons.*: expected \w+, found nothing$/,
    ],
    [
      'a field of one bug only',
      { ...report, bugs: [{ ...bug, title: null }, ...others] },
      /\.title: expected string, found null$/,
    ],
  ])('%s', (_, now, told) => {
    expect(broken(report, now)).toContainEqual(expect.stringMatching(told));
  });

  test('nothing where a field is added', () => {
    expect(broken(report, { ...report, more: 1, bugs: [{ ...bug, more: [] }, ...others] })).toEqual([]);
  });
});

test('journals that were written long ago are read, and trusted', async () => {
  const { cwd, run } = aDesk();
  keepJournals(cwd);
  const { code, stdout, stderr } = await run(['history', '--json', '--config', 'config.yaml'], '2026-11-25T09:00:00Z');
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  expect(broken(JSON.parse(stdout), stored('history.json'))).toEqual([]);
  const counts = ({ runs }: z.output<typeof historySchema>) =>
    runs.map(({ run, kind, closed, warned, snoozed, takenBack }) => ({ run, kind, closed, warned, snoozed, takenBack }));
  expect(counts(historySchema.parse(JSON.parse(stdout)))).toEqual(counts(historySchema.parse(stored('history.json'))));
});

describe('a report that was reviewed long ago', () => {
  test('is read', () => {
    const { bugs, summary } = readReport(storedText('reviewed.json'), 'reviewed.json');
    expect(bugs).toHaveLength(9);
    expect(summary).toMatchObject({ open: 10, close: 2, warn: 1 });
  });

  test('is carried out as it says, comment by comment, and taken back', async () => {
    const { run } = aDesk();
    const pruned = await run(['prune', 'reviewed.json', '--yes', '--json', '--config', 'config.yaml']);
    expect(pruned.code).toBe(0);
    const done = reportSchema
      .parse(JSON.parse(pruned.stdout))
      .bugs.flatMap(({ ref, result }) => (result ? [[ref, result.status]] : []));
    expect(done).toEqual([
      ['acme/app#373', 'closed'],
      ['acme/app#1089', 'closed'],
      ['acme/app#1953', 'warned'],
      ['acme/app#4983', 'snoozed'],
    ]);
    const undone = await run(['undo', '--yes', '--json', '--config', 'config.yaml'], '2026-11-23T09:00:00Z');
    expect(undone.code).toBe(0);
    expect(undoSchema.parse(JSON.parse(undone.stdout)).summary).toEqual({ takenBack: 4, left: 0, failed: 0, notReached: 0 });
  });
});
