import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { describe, expect, test } from 'vitest';
import { judge } from '../../../src/rules/judge.js';
import { aBug } from '../../../src/testing.js';
import { aFolder, FILE_TRACKER, failure, load } from './given.js';

const NOW = '2026-11-22T09:00:00Z';
const ZOD = JSON.stringify(pathToFileURL(join(process.cwd(), 'node_modules/zod/index.js')).href);
const trackers = { app: FILE_TRACKER };

/** A module with a tracker that reads nothing. */
const tracker = (type: string, settings = `z.strictObject({ type: z.literal('${type}'), room: z.string() })`) => `
  import { z } from ${ZOD};
  export default { type: '${type}', settings: ${settings}, recognize: () => null, open: () => { throw new Error(); } };`;

/** A module with a rule that matches titles. */
const rule = (id: string, kind: string, options = 'z.array(z.string())') => `
  import { z } from ${ZOD};
  export default { id: '${id}', kind: '${kind}', summary: 'Titles.', options: ${options},
    check: ({ title }, words) => ({ outcome: words.some((one) => title.includes(one)) ? 'match' : 'no-match', message: 'looked at it', data: {} }) };`;

const FORMAT = 'export default { extension: "tally", render: ({ summary }) => String(summary.close) };';

const named = async (files: Readonly<Record<string, unknown>>) => load(await aFolder(files), { file: 'my.yaml' });

describe('modules are refused unless --config names the file', () => {
  test.each([
    ['a tracker', { trackers: { app: { type: './mine.mjs', room: 'a' } } }],
    ['a tracker from a package', { trackers: { app: { type: '@acme/bugprune-tracker' } } }],
    ['a rule', { trackers, rules: ['./mine.mjs'] }],
    ['a format', { trackers, formats: { tally: './mine.mjs' } }],
    ['a format with a name that means something', '{"formats": {"__proto__": "./mine.mjs"}}'],
  ])('%s', async (_, content) => {
    const folder = await aFolder({ '.bugprunerc': content, 'mine.mjs': 'globalThis.ran = true; export default {};' });
    const { code, message, hint } = await failure(load(folder));
    expect(code).toBe('config');
    expect(message).toMatch(/\.bugprunerc names a module to run: (\.\/mine\.mjs|@acme)/);
    expect(hint).toContain(`--config ${folder}/.bugprunerc`);
    expect('ran' in globalThis).toBe(false);
  });
});

describe('a tracker of the user’s own', () => {
  const content = { trackers: { a: { type: './mine.mjs', room: 'x' }, b: { type: './mine.mjs', room: 'y' }, c: FILE_TRACKER } };

  test('is opened with settings that its own schema checked, as often as it is named', async () => {
    const config = await named({ 'my.yaml': content, 'mine.mjs': tracker('lobby') });
    expect(config.trackers.map(({ name, descriptor, settings }) => [name, descriptor.type, settings])).toEqual([
      ['a', 'lobby', { type: 'lobby', room: 'x' }],
      ['b', 'lobby', { type: 'lobby', room: 'y' }],
      ['c', 'file', FILE_TRACKER],
    ]);
  });

  test('may come from a package of any name', async () => {
    const config = await named({
      'my.yaml': { trackers: { a: { type: 'lobby-tracker', room: 'x' } } },
      'node_modules/lobby-tracker/package.json': { name: 'lobby-tracker', type: 'module', exports: './index.js' },
      'node_modules/lobby-tracker/index.js': tracker('lobby'),
    });
    expect(config.trackers[0]?.descriptor.type).toBe('lobby');
  });

  test('a mistake in its settings is told like any other', async () => {
    const wrong = { trackers: { a: { type: './mine.mjs', rooms: 'x' } } };
    const { message } = await failure(named({ 'my.yaml': wrong, 'mine.mjs': tracker('lobby') }));
    expect(message).toContain('trackers.a.room: is missing');
    expect(message).toContain('trackers.a: unknown key "rooms": did you mean "room"?');
  });

  test.each<[string, string, string | RegExp]>([
    ['nothing', '', 'is not a tracker descriptor: it lacks type (a text), settings'],
    ['a function', 'export default () => 1;', 'is not a tracker descriptor'],
    [
      'another word in its schema',
      tracker('lobby', "z.object({ type: z.literal('hall') })"),
      /lacks settings \(a zod 4 object whose/,
    ],
    ['no schema at all', tracker('lobby', '{}'), /lacks settings \(a zod 4 object whose/],
    ['a name that is taken', tracker('file'), 'There are two modules for the kind of tracker "file"'],
    [
      'a mistake',
      'throw new Error("first line\\nsecond line");',
      /\.\/mine\.mjs, named in .*my\.yaml, cannot be loaded: first line$/,
    ],
    ['broken syntax', 'export default {', 'cannot be loaded: '],
  ])('that has %s is explained', async (_, module, message) => {
    const error = await failure(named({ 'my.yaml': content, 'mine.mjs': module }));
    expect(error.code).toBe('config');
    expect(error.message).toMatch(message);
  });

  test('that is not there is explained', async () => {
    const { message } = await failure(named({ 'my.yaml': content }));
    expect(message).toContain('The module ./mine.mjs, named in ');
  });

  test('a misspelt type is not taken for a package', async () => {
    const { message } = await failure(named({ 'my.yaml': { trackers: { a: { type: 'gihub' } } } }));
    expect(message).toMatch(/trackers\.a\.type: expected "file" or "github".*found "gihub"/);
  });
});

describe('a rule of the user’s own', () => {
  const bug = aBug({ title: 'Crash in the lobby', createdAt: '2020-01-01T00:00:00Z' });

  test('is a key of keep, and protects', async () => {
    const content = { trackers, rules: ['./mine.mjs'], keep: { words: ['Crash'] } };
    const { rules } = await named({ 'my.yaml': content, 'mine.mjs': rule('words', 'guard') });
    const { verdict, reasons } = judge(bug, rules, NOW);
    expect(verdict).toBe('keep');
    expect(reasons[0]).toMatchObject({ rule: 'words', outcome: 'match', message: 'looked at it' });
  });

  test('is a key of when, and closes', async () => {
    const content = { trackers, rules: ['./mine.mjs'], policies: [{ name: 'words', when: { words: ['Crash'] } }] };
    const { rules } = await named({ 'my.yaml': content, 'mine.mjs': rule('words', 'criterion') });
    expect(judge(bug, rules, NOW)).toMatchObject({ verdict: 'close', policy: 'words' });
    expect(judge(aBug({ title: 'Typo', createdAt: '2020-01-01T00:00:00Z' }), rules, NOW).verdict).toBe('keep');
  });

  test('has its options checked', async () => {
    const content = { trackers, rules: ['./mine.mjs'], keep: { words: 'Crash' } };
    const { message } = await failure(named({ 'my.yaml': content, 'mine.mjs': rule('words', 'guard') }));
    expect(message).toContain('keep.words: expected a list, found "Crash"');
  });

  test('is not a key of the other kind', async () => {
    const content = { trackers, rules: ['./mine.mjs'], keep: { words: ['Crash'] } };
    const { message } = await failure(named({ 'my.yaml': content, 'mine.mjs': rule('words', 'criterion') }));
    expect(message).toContain('keep: unknown key "words"');
  });

  test.each([
    ['no schema for its options', rule('words', 'guard', '{}'), 'lacks options (a zod 4 schema)'],
    ['a kind that there is not', rule('words', 'filter'), 'lacks kind ("criterion" or "guard")'],
    ['a name that is taken', rule('labels', 'guard'), 'There are two modules for the guard "labels"'],
  ])('that has %s is explained', async (_, module, message) => {
    const content = { trackers, rules: ['./mine.mjs'] };
    expect((await failure(named({ 'my.yaml': content, 'mine.mjs': module }))).message).toContain(message);
  });

  test('may share its name with a rule of the other kind', async () => {
    const content = { trackers, rules: ['./mine.mjs'], keep: { title: ['Crash'] } };
    const { rules } = await named({ 'my.yaml': content, 'mine.mjs': rule('title', 'guard') });
    expect(judge(bug, rules, NOW).verdict).toBe('keep');
  });
});

describe('a format of the user’s own', () => {
  test('is known by the name it is given', async () => {
    const config = await named({ 'my.yaml': { trackers, formats: { tally: './mine.mjs' } }, 'mine.mjs': FORMAT });
    expect(Object.keys(config.formats)).toEqual(['tally']);
  });

  test('must have a name that can be typed', async () => {
    const { message } = await failure(
      named({ 'my.yaml': { trackers, formats: { 'My Tally': './mine.mjs' } }, 'mine.mjs': FORMAT }),
    );
    expect(message).toContain('formats.My Tally: expected a name');
  });

  test('that cannot render is explained', async () => {
    const files = { 'my.yaml': { trackers, formats: { tally: './mine.mjs' } }, 'mine.mjs': 'export default { extension: "x" };' };
    expect((await failure(named(files))).message).toContain('is not a report format: it lacks render (a function)');
  });
});
