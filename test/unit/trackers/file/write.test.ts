import { chmod, mkdir, readdir, readFile, stat, symlink, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { platform } from 'node:process';
import { describe, expect, test } from 'vitest';
import { TrackerError } from '../../../../src/errors.js';
import type { Bug } from '../../../../src/model/bug.js';
import { writeSnapshot } from '../../../../src/trackers/file/write.js';
import { aFile, aFolder, bugs, HEADER, snapshotText } from './given.js';

async function* slowly(list: readonly Bug[]): AsyncGenerator<Bug> {
  for (const bug of list) {
    await new Promise(setImmediate);
    yield bug;
  }
}

async function* breaking(list: readonly Bug[], error: Error): AsyncGenerator<Bug> {
  yield* slowly(list);
  throw error;
}

describe('a new file', () => {
  test.each([
    ['a list', bugs(3)],
    ['a stream', slowly(bugs(3))],
  ])('from %s', async (_what, source) => {
    const path = join(await aFolder(), 'new.ndjson');
    expect(await writeSnapshot(path, HEADER, source)).toBe(3);
    expect(await readFile(path, 'utf8')).toBe(snapshotText(bugs(3)));
    expect(await readdir(dirname(path))).toEqual(['new.ndjson']);
  });

  test('of more than one chunk', async () => {
    const path = join(await aFolder(), 'new.ndjson');
    expect(await writeSnapshot(path, HEADER, bugs(3_000))).toBe(3_000);
    expect((await readFile(path, 'utf8')) === snapshotText(bugs(3_000))).toBe(true);
  });

  test('in a folder that is not there', async () => {
    const path = join(await aFolder(), 'no', 'new.ndjson');
    await expect(writeSnapshot(path, HEADER, [])).rejects.toMatchObject({
      kind: 'not-found',
      message: `${path}: no such file or folder`,
    });
  });
});

describe('a file that is there', () => {
  test('stays as it is until the new one is whole', async () => {
    const { path } = await aFile('old');
    const seen: string[] = [];
    async function* watching(): AsyncGenerator<Bug> {
      for (const bug of bugs(2_000)) {
        if (bug.ref.endsWith('#1999')) seen.push(await readFile(path, 'utf8'));
        yield bug;
      }
    }
    await writeSnapshot(path, HEADER, watching());
    expect(seen).toEqual(['old']);
    expect((await readFile(path, 'utf8')) === snapshotText(bugs(2_000))).toBe(true);
  });

  test('survives an error half way, which is passed on, and nothing else is left', async () => {
    const { path } = await aFile('old');
    const error = new TrackerError('network', 'the line went dead');
    await expect(writeSnapshot(path, HEADER, breaking(bugs(2), error))).rejects.toBe(error);
    expect(await readFile(path, 'utf8')).toBe('old');
    expect(await readdir(dirname(path))).toEqual(['backlog.ndjson']);
  });

  test('survives a bug that comes twice, which no reader would accept', async () => {
    const { path } = await aFile('old');
    await expect(writeSnapshot(path, HEADER, [...bugs(2), ...bugs(1)])).rejects.toMatchObject({
      kind: 'validation',
      message: 'acme/app#1 came twice; a snapshot holds every bug once',
    });
    expect(await readFile(path, 'utf8')).toBe('old');
  });

  test.skipIf(platform === 'win32')('keeps its permissions: what was private stays private', async () => {
    const { path } = await aFile('old');
    await chmod(path, 0o600);
    await writeSnapshot(path, HEADER, []);
    expect((await stat(path)).mode & 0o777).toBe(0o600);
  });

  test.skipIf(platform === 'win32')('is replaced behind a link, and the link stays', async () => {
    const folder = await aFolder();
    await writeFile(join(folder, 'real.ndjson'), 'old');
    await symlink('real.ndjson', join(folder, 'link.ndjson'));
    await writeSnapshot(join(folder, 'link.ndjson'), HEADER, []);
    expect(await readFile(join(folder, 'real.ndjson'), 'utf8')).toBe(snapshotText([]));
    expect((await readdir(folder, { withFileTypes: true })).map((entry) => entry.isSymbolicLink())).toEqual([true, false]);
  });

  test('is no folder', async () => {
    const folder = join(await aFolder(), 'folder');
    await mkdir(folder);
    await expect(writeSnapshot(folder, HEADER, [])).rejects.toBeInstanceOf(TrackerError);
    expect(await readdir(dirname(folder))).toEqual(['folder']);
  });
});
