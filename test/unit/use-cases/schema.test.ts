import { readFile } from 'node:fs/promises';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { defaultLoaders } from 'cosmiconfig';
import { describe, expect, test } from 'vitest';
import { formatLine } from '../../../src/journal/lines.js';
import { backtestJsonSchema, configJsonSchema, journalJsonSchema, reportJsonSchema } from '../../../src/use-cases/schema.js';
import { aJournal, anUndo, aTakeBack, linesOf, resumed } from '../journal/given.js';
import { BACKLOG, CLEAN, PRUNED } from '../report/backlog.js';
import { aDocument, IDLE, VARIED } from '../report/backtest/given.js';
import { aReport } from '../report/given.js';

const ajv = new Ajv2020({ strict: true, allErrors: true, allowUnionTypes: true });
const isConfig = ajv.compile(configJsonSchema());
const isReport = ajv.compile(reportJsonSchema());
const isLine = ajv.compile(journalJsonSchema());
const isBacktest = ajv.compile(backtestJsonSchema());
const file = { type: 'file', path: 'app.ndjson' };
const policy = { name: 'a', when: { openFor: '1y' } };

test('all are JSON Schemas of draft 2020-12', () => {
  for (const schema of [configJsonSchema(), reportJsonSchema(), journalJsonSchema(), backtestJsonSchema()]) {
    expect(schema.$schema).toBe('https://json-schema.org/draft/2020-12/schema');
    expect(ajv.validateSchema(schema)).toBe(true);
  }
});

describe('the schema of the configuration', () => {
  test('takes an empty one, and the example', async () => {
    expect(isConfig({})).toBe(true);
    const example = defaultLoaders['.yaml']('.bugprunerc.example', await readFile('.bugprunerc.example', 'utf8'));
    isConfig(example);
    expect(isConfig.errors).toBeNull();
  });

  test.each([
    { trackers: { app: file } },
    { $schema: './node_modules/bugprune/schema/config.schema.json' },
    {
      trackers: {
        app: { type: 'github', org: 'acme', include: ['app-*'], token: { env: 'ACME_TOKEN' }, closeAs: { label: 'ntbf' } },
      },
    },
    { targets: { parked: ['Backlog', 'Future*'], treat: { parked: 'attention', slipped: 'targeted' } } },
    { keep: { labels: [], reopened: '3mo', votes: 10 } },
    { keep: { reopened: false } },
    { policies: [{ ...policy, warn: '1w', keep: { comments: 20 }, comment: 'Gone after {{openFor}}.' }] },
  ])('takes %j', (config) => {
    isConfig(config);
    expect(isConfig.errors).toBeNull();
  });

  test.each([
    'text',
    { polices: [policy] },
    { keep: { lables: [] } },
    { trackers: { app: { ...file, token: 'x' } } },
    { trackers: { app: { type: 'gihub' } } },
    { trackers: { app: { path: 'app.ndjson' } } },
    { targets: { treat: { parked: 'close' } } },
    { policies: [] },
    { policies: [{ when: { openFor: '1y' } }] },
    { policies: [{ ...policy, when: { openFor: '6 weeks' } }] },
    { policies: [{ ...policy, until: '1y' }] },
    { keep: { votes: 0 } },
    { trackers: { app: { type: 'github', repos: ['acme/app'], token: { env: 'ghp-not-a-name' } } } },
  ])('refuses %j', (config) => {
    expect(isConfig(config)).toBe(false);
  });
});

describe('the schema of the report', () => {
  test.each([
    ['a dry run', BACKLOG],
    ['a run', PRUNED],
    ['one in which there is nothing to do', CLEAN],
    ['an empty one', aReport([])],
  ])('takes %s', (_, report) => {
    isReport(JSON.parse(JSON.stringify(report)));
    expect(isReport.errors).toBeNull();
  });

  test.each<[string, object]>([
    ['a key that there is not', { ...BACKLOG, note: 'mine' }],
    ['a key that there is not, in an entry', { ...BACKLOG, bugs: [{ ...BACKLOG.bugs[0], note: 'mine' }] }],
    ['another version', { ...BACKLOG, version: 2 }],
    ['another kind', { ...BACKLOG, kind: 'snapshot' }],
    ['no run', { ...BACKLOG, run: undefined }],
    ['a verdict that there is not', { ...BACKLOG, bugs: [{ ...BACKLOG.bugs[0], verdict: 'delete' }] }],
    ['an instant in another form', { ...BACKLOG, generatedAt: '2026-11-22 09:00' }],
    ['half a bug', { ...BACKLOG, summary: { ...BACKLOG.summary, open: 1.5 } }],
  ])('refuses %s', (_, report) => {
    expect(isReport(JSON.parse(JSON.stringify(report)))).toBe(false);
  });
});

describe('the schema of the lines of a journal', () => {
  const { intent, done, result } = linesOf('acme/app#1');
  const undone = [anUndo(), aTakeBack('acme/app#1'), intent('reopen'), done('reopen'), result('taken-back'), resumed()];
  const stored = (line: Parameters<typeof formatLine>[0]) => JSON.parse(formatLine(line, '').text);

  test('takes every line as it is written', () => {
    for (const line of [...aJournal(), ...undone]) {
      isLine(stored(line));
      expect(isLine.errors).toBeNull();
    }
  });

  test.each<[string, object]>([
    ['a line without a sum', resumed()],
    ['a sum of another length', { ...resumed(), sum: 'abc' }],
    ['another version', { ...stored(anUndo()), version: 2 }],
    ['a line that there is not', { ...stored(resumed()), line: 'paused' }],
    ['a step that there is not', { ...stored(intent('close')), step: 'delete' }],
    ['a key that there is not', { ...stored(resumed()), note: 'mine' }],
  ])('refuses %s', (_, line) => {
    expect(isLine(line)).toBe(false);
  });
});

describe('the schema of a backtest', () => {
  test.each([
    ['one with thresholds', VARIED],
    ['one without', aDocument()],
    ['one of nothing', IDLE],
  ])('takes %s', (_, document) => {
    isBacktest(JSON.parse(JSON.stringify(document)));
    expect(isBacktest.errors).toBeNull();
  });

  test.each<[string, object]>([
    ['another kind', { ...VARIED, kind: 'backtest' }],
    ['a key that there is not', { ...VARIED, note: 'mine' }],
    ['half a closure', { ...VARIED, policy: { ...VARIED.policy, summary: { ...VARIED.policy.summary, closed: 0.5 } } }],
    [
      'a fate that there is not',
      { ...VARIED, policy: { ...VARIED.policy, closures: [{ ...VARIED.policy.closures[0], fate: 'lost' }] } },
    ],
  ])('refuses %s', (_, document) => {
    expect(isBacktest(JSON.parse(JSON.stringify(document)))).toBe(false);
  });
});
