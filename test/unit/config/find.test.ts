import { chmod } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import { findConfig } from '../../../src/config/find.js';
import { aFolder, FILE_TRACKER, failure, load } from './given.js';

const trackers = { app: FILE_TRACKER };
const YAML = 'trackers:\n  app: { type: file, path: backlog.ndjson } # mine\nkeep:\n  votes: 3\n';
const ran = globalThis as { ran?: string };

afterEach(() => {
  delete ran.ran;
});

describe('a configuration is found', () => {
  test.each([
    ['.bugprunerc', YAML],
    ['.bugprunerc', { trackers }],
    ['.bugprunerc', '{\n\t"trackers": {\n\t\t"app": {"type": "file", "path": "x"}\n\t}\n}'],
    ['.bugprunerc.yaml', YAML],
    ['.bugprunerc.yml', YAML],
    ['.bugprunerc.json', { trackers }],
    ['.bugprunerc.json', `\uFEFF${JSON.stringify({ trackers })}`],
    ['.config/bugprunerc', YAML],
    ['.config/bugprunerc.yaml', YAML],
    ['package.json', { name: 'app', bugprune: { trackers } }],
  ])('as %s', async (name, content) => {
    const folder = await aFolder({ [name]: content });
    const config = await load(folder);
    expect(config.file).toBe(join(folder, name));
    expect(config.trackers.map((entry) => entry.name)).toEqual(['app']);
  });

  test('in a folder above, and relative paths start there', async () => {
    const folder = await aFolder({ '.bugprunerc': { trackers }, 'src/deep/package.json': { name: 'no word about us' } });
    const config = await load(join(folder, 'src/deep'));
    expect(config).toMatchObject({ file: join(folder, '.bugprunerc'), folder });
  });

  test('the nearest counts, even when it is empty', async () => {
    const folder = await aFolder({ '.bugprunerc': { bots: ['x'], trackers }, 'src/.bugprunerc': '# all defaults\n' });
    expect(await findConfig(null, join(folder, 'src'))).toMatchObject({ file: join(folder, 'src/.bugprunerc'), content: {} });
  });

  test('package.json comes before the others', async () => {
    const folder = await aFolder({ 'package.json': { bugprune: { trackers } }, '.bugprunerc': 'bots: 5' });
    expect((await load(folder)).file).toBe(join(folder, 'package.json'));
  });

  test('a folder of that name is none', async () => {
    const folder = await aFolder({ '.bugprunerc/x': '' });
    expect((await findConfig(null, folder)).file).toBeNull();
  });
});

describe('a configuration that cannot be read stops everything: without its guards too much would be closed', () => {
  test.each([
    ['.bugprunerc', 'keep: [', /\.bugprunerc is not valid YAML: line 2, column 1/],
    ['.bugprunerc', 'bots: []\nbots: []', /line 2, column 1, duplicated mapping key/],
    ['.bugprunerc', 'keep: !!js/function "x"', /unknown tag/],
    ['.bugprunerc.json', '{\n  "bots": [],\n}', /\.bugprunerc\.json is not valid JSON: line 3, column 1/],
    ['package.json', '{', /package\.json is not valid JSON/],
  ])('%s: %j', async (name, text, message) => {
    const error = await failure(load(await aFolder({ [name]: text }), { sources: ['backlog.ndjson'] }));
    expect(error.code).toBe('config');
    expect(error.message).toMatch(message);
  });

  test.skipIf(process.getuid?.() === 0)('one that may not be read', async () => {
    const folder = await aFolder({ '.bugprunerc': { trackers } });
    await chmod(join(folder, '.bugprunerc'), 0);
    expect((await failure(load(folder))).message).toContain('cannot be read: EACCES');
  });
});

describe('--config', () => {
  test('names a file, from the working folder', async () => {
    const folder = await aFolder({ 'ci/prune.yaml': YAML, '.bugprunerc': 'bots: 5' });
    const config = await load(folder, { file: 'ci/prune.yaml' });
    expect(config).toMatchObject({ file: join(folder, 'ci/prune.yaml'), folder: join(folder, 'ci') });
  });

  test.each([
    ['missing.yaml', {}, 'There is no configuration file missing.yaml.'],
    ['missing.mjs', {}, 'There is no configuration file missing.mjs.'],
    ['package.json', { 'package.json': { name: 'x' } }, 'has no key "bugprune"'],
    ['config.toml', { 'config.toml': '' }, 'expected a name that ends in .yaml, .yml, .json, .mjs, .cjs or .js'],
    ['config.ts', { 'config.ts': 'export default {}' }, 'is written in TypeScript, which is not read'],
    ['config.mjs', { 'config.mjs': 'export const config = {}' }, 'config.mjs has no default export'],
    ['config.mjs', { 'config.mjs': 'throw new Error("no such luck")' }, 'config.mjs cannot be loaded: no such luck'],
    ['config.mjs', { 'config.mjs': 'export default () => ({})' }, 'the file as a whole: expected settings'],
  ])('%s: %j', async (file, files, message) => {
    const error = await failure(load(await aFolder(files), { file }));
    expect(error.code).toBe('config');
    expect(error.message).toContain(message);
  });

  test.each([
    ['bugprune.config.mjs', `export default ${JSON.stringify({ trackers })}`],
    ['bugprune.config.cjs', `module.exports = ${JSON.stringify({ trackers })}`],
    ['bugprune.config.js', `module.exports = ${JSON.stringify({ trackers })}`],
  ])('may run code: %s', async (file, text) => {
    const config = await load(await aFolder({ [file]: text }), { file });
    expect(config.trackers.map(({ name }) => name)).toEqual(['app']);
  });

  test('may run an ES module that ends in .js', async () => {
    const files = { 'package.json': { type: 'module' }, 'my.js': `export default ${JSON.stringify({ trackers })}` };
    expect((await load(await aFolder(files), { file: 'my.js' })).trackers).toHaveLength(1);
  });
});

describe('nothing that lies in the folder is run', () => {
  const code = 'globalThis.ran = "code"; module.exports = { trackers: { evil: { type: "file", path: "x" } } };';

  test.each([
    '.bugprunerc.js',
    '.bugprunerc.cjs',
    '.bugprunerc.ts',
    'bugprune.config.js',
    'bugprune.config.cjs',
    'bugprune.config.mjs',
    '.config/bugprunerc.js',
    '.config/bugprunerc.cjs',
    // cosmiconfig's own settings, which it reads, and runs, by itself
    '.config/config.js',
    '.config/config.cjs',
    '.config/config.mjs',
  ])('%s', async (name) => {
    const text = name.endsWith('.mjs') ? code.replace('module.exports =', 'export default') : code;
    const folder = await aFolder({ [name]: text });
    const before = process.cwd();
    process.chdir(folder);
    try {
      expect((await failure(load(folder))).code).toBe('usage');
      await new Promise((resolve) => setTimeout(resolve, 50));
    } finally {
      process.chdir(before);
    }
    expect(ran.ran).toBeUndefined();
  });

  test.each([
    ['an import', { '.bugprunerc': '$import: ./evil.cjs' }],
    ['more search places', { '.config/config.yaml': 'cosmiconfig: { searchPlaces: [evil.cjs] }', '.bugprunerc': { trackers } }],
    ['search places in package.json', { 'package.json': { cosmiconfig: { searchPlaces: ['evil.cjs'] } } }],
  ])('by way of %s', async (_, files) => {
    const folder = await aFolder({ ...files, 'evil.cjs': code });
    const before = process.cwd();
    process.chdir(folder);
    try {
      await load(folder, { sources: ['backlog.ndjson'] }).catch(() => null);
    } finally {
      process.chdir(before);
    }
    expect(ran.ran).toBeUndefined();
  });
});
