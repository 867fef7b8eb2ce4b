import { chmod, readdir, readFile, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { siteIn, writeNew } from '../../../../src/use-cases/init/file.js';
import { aFolder, failure } from '../../config/given.js';

const ROOT = process.getuid?.() === 0;

describe('a folder with a configuration', () => {
  test.each([
    ['.bugprunerc', 'bots: [x]'],
    ['.bugprunerc', ''],
    ['.bugprunerc.json', '{}'],
    ['.bugprunerc.yaml', ''],
    ['.bugprunerc.yml', ''],
    ['.config/bugprunerc', ''],
    ['.config/bugprunerc.yml', ''],
    ['package.json', '{"bugprune": {}}'],
  ])('gets no other: %s (%j)', async (name, content) => {
    const folder = await aFolder({ [name]: content });
    const { code, message } = await failure(siteIn(folder));
    expect({ code, message }).toEqual({
      code: 'usage',
      message: `There is a configuration already: ${join(folder, name)}.`,
    });
  });

  test('that cannot be read gets none either, and is told which it is', async () => {
    const folder = await aFolder({ '.bugprunerc': 'a: [' });
    const { code, message } = await failure(siteIn(folder));
    expect(code).toBe('config');
    expect(message).toContain(join(folder, '.bugprunerc'));
  });

  test('gets none where the name is taken by something else', async () => {
    const folder = await aFolder({ '.bugprunerc/x': '' });
    expect((await failure(siteIn(folder))).code).toBe('usage');
    const other = await aFolder();
    await symlink('/nowhere', join(other, '.bugprunerc'));
    expect((await failure(siteIn(other))).code).toBe('usage');
  });
});

describe('a folder without one', () => {
  test('is told the file, and nothing else', async () => {
    const folder = await aFolder({ 'package.json': '{"name": "app"}' });
    expect(await siteIn(folder)).toEqual({ file: join(folder, '.bugprunerc'), above: null, schemaAt: null });
  });

  test('below one with a configuration is told which that is', async () => {
    const folder = await aFolder({ '.bugprunerc': '', 'sub/x': '' });
    expect((await siteIn(join(folder, 'sub'))).above).toBe(join(folder, '.bugprunerc'));
  });

  test('in which bugprune is installed is told where the schema is', async () => {
    const folder = await aFolder({ 'node_modules/bugprune/schema/config.schema.json': '{}' });
    expect((await siteIn(folder)).schemaAt).toBe('./node_modules/bugprune/schema/config.schema.json');
  });

  test.skipIf(ROOT)('that cannot be written to is told so at once', async () => {
    const folder = await aFolder();
    await chmod(folder, 0o500);
    expect((await failure(siteIn(folder))).message).toMatch(/cannot be written: EACCES/);
    await chmod(folder, 0o700);
  });
});

describe('a new file', () => {
  test('is written as a whole', async () => {
    const folder = await aFolder();
    await writeNew(join(folder, '.bugprunerc'), 'bots: []\n');
    expect(await readFile(join(folder, '.bugprunerc'), 'utf8')).toBe('bots: []\n');
    expect(await readdir(folder)).toEqual(['.bugprunerc']);
  });

  test('never takes the place of one that came into being meanwhile', async () => {
    const folder = await aFolder({ '.bugprunerc': 'mine' });
    const { code, message } = await failure(writeNew(join(folder, '.bugprunerc'), 'yours'));
    expect([code, message]).toEqual(['usage', `There is a configuration already: ${join(folder, '.bugprunerc')}.`]);
    expect(await readFile(join(folder, '.bugprunerc'), 'utf8')).toBe('mine');
  });

  test('that cannot be written is a failure that says why', async () => {
    const file = join(await aFolder(), 'gone', '.bugprunerc');
    const { code, message } = await failure(writeNew(file, 'x'));
    expect([code, message]).toEqual(['usage', `${file} cannot be written: no such file or folder.`]);
  });
});
