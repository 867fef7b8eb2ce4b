import { spawnSync } from 'node:child_process';
import { readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { execPath, pid, ppid } from 'node:process';
import { describe, expect, test } from 'vitest';
import { withLock } from '../../../../src/trackers/file/lock.js';
import { aFolder } from './given.js';

const turn = (): Promise<void> => new Promise(setImmediate);

async function aPath(lock?: string): Promise<{ path: string; folder: string }> {
  const folder = await aFolder();
  const path = join(folder, 'backlog.ndjson');
  if (lock !== undefined) await writeFile(`${path}.lock`, lock);
  return { path, folder };
}

/** The id of a process that has lived, and no longer does. */
function deadProcess(): number {
  return spawnSync(execPath, ['--eval', '']).pid;
}

const heldBy = (process: number, host = hostname()) => JSON.stringify({ pid: process, host });

test('the lock says who holds it, and is gone afterwards', async () => {
  const { path, folder } = await aPath();
  const content = await withLock(path, turn, () => readFile(`${path}.lock`, 'utf8'));
  expect(JSON.parse(content)).toMatchObject({ pid, host: hostname() });
  expect(await readdir(folder)).toEqual([]);
});

test('it is gone after a failure too', async () => {
  const { path, folder } = await aPath();
  await expect(withLock(path, turn, () => Promise.reject(new Error('oh')))).rejects.toThrow('oh');
  expect(await readdir(folder)).toEqual([]);
});

test('one at a time', async () => {
  const { path } = await aPath();
  let inside = 0;
  const task = async () => {
    inside++;
    await turn();
    await turn();
    expect(inside).toBe(1);
    inside--;
  };
  await Promise.all(Array.from({ length: 8 }, () => withLock(path, turn, task)));
  expect(inside).toBe(0);
});

describe('a lock that somebody holds', () => {
  test.each([
    ['a living process', heldBy(ppid), new RegExp(`backlog.ndjson.lock: process ${ppid} on `)],
    ['another machine', heldBy(deadProcess(), 'elsewhere.example'), /process \d+ on elsewhere\.example is writing/],
    ['somebody unreadable', '{"pid":', /another process is writing to this snapshot/],
    ['somebody with no sensible id', '{"pid":-1,"host":"x"}', /another process is writing to this snapshot/],
  ])('%s: it is respected', async (_who, content, message) => {
    const { path, folder } = await aPath(content);
    let turns = 0;
    const waiting = withLock(
      path,
      () => {
        turns++;
        return turn();
      },
      () => expect.unreachable('the lock is not ours'),
    );
    await expect(waiting).rejects.toMatchObject({
      kind: 'conflict',
      message: expect.stringMatching(message),
      hint: expect.stringContaining(`delete ${path}.lock`),
    });
    expect(turns).toBe(199);
    expect(await readFile(`${path}.lock`, 'utf8')).toBe(content);
    expect(await readdir(folder)).toEqual(['backlog.ndjson.lock']);
  });

  test('once it is released, the next one goes on', async () => {
    const { path } = await aPath(heldBy(ppid));
    let turns = 0;
    const pause = async () => {
      if (++turns === 3) await rm(`${path}.lock`);
    };
    expect(await withLock(path, pause, () => Promise.resolve('done'))).toBe('done');
    expect(turns).toBe(3);
  });

  test('waiting ends when told to', async () => {
    const { path } = await aPath(heldBy(ppid));
    await expect(withLock(path, () => Promise.reject(new Error('enough')), turn)).rejects.toThrow('enough');
  });
});

describe('a lock whose process is dead', () => {
  test('is taken over without waiting', async () => {
    const { path, folder } = await aPath(heldBy(deadProcess()));
    const pause = () => expect.unreachable('no need to wait');
    expect(await withLock(path, pause, () => Promise.resolve('done'))).toBe('done');
    expect(await readdir(folder)).toEqual([]);
  });

  test('is taken over by one of many, not by two', async () => {
    const dead = heldBy(deadProcess());
    for (let round = 0; round < 20; round++) {
      const { path, folder } = await aPath(dead);
      let inside = 0;
      const task = async () => {
        inside++;
        await turn();
        expect(inside).toBe(1);
        inside--;
      };
      await Promise.all(Array.from({ length: 6 }, () => withLock(path, turn, task)));
      expect(await readdir(folder)).toEqual([]);
    }
  });

  test('is left alone while somebody else is taking it over', async () => {
    const { path } = await aPath(heldBy(deadProcess()));
    await writeFile(`${path}.lock.takeover`, '');
    await expect(withLock(path, turn, turn)).rejects.toMatchObject({
      kind: 'conflict',
      hint: expect.stringContaining(`${path}.lock.takeover`),
    });
  });
});

test('where no lock can be made, nothing is done', async () => {
  const path = join(await aFolder(), 'none', 'backlog.ndjson');
  const task = () => expect.unreachable('there is no lock');
  await expect(withLock(path, turn, task)).rejects.toMatchObject({ kind: 'not-found' });
});
