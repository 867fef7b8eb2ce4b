import { spawn, spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { execPath, kill, pid, ppid } from 'node:process';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { acquireLock, type Locking, type LockRequest, takeAway } from '../../src/lock.js';

const turn = (): Promise<void> => new Promise(setImmediate);
const ONCE: LockRequest = { note: 'a run', mode: 0o600, attempts: 2, pause: turn };

const PATIENCE = { timeout: 15_000 };

const hasProc = existsSync('/proc/self/stat');

async function aLock(content?: object | string): Promise<{ lock: string; folder: string }> {
  const folder = await mkdtemp(join(tmpdir(), 'bugprune-lock-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  const lock = join(folder, 'lock');
  if (content !== undefined) await writeFile(lock, typeof content === 'string' ? content : JSON.stringify(content));
  return { lock, folder };
}

/** The id of a process that has lived, and no longer does. */
function deadProcess(): number {
  return spawnSync(execPath, ['--eval', '']).pid;
}

/** Who we are, as our locks say it. */
async function ourselves(): Promise<{ birth: { boot: string; space: string; at: string } }> {
  const { lock } = await aLock();
  await take(lock);
  return JSON.parse(await readFile(lock, 'utf8'));
}

async function take(lock: string, request: Partial<LockRequest> = {}): Promise<Extract<Locking, { held: true }>> {
  const locking = await acquireLock(lock, { ...ONCE, ...request });
  return locking.held ? locking : expect.unreachable('the lock is not ours');
}

/** Whether it was taken away from whoever held it. */
async function isTaken(content: object | string): Promise<boolean> {
  const { lock } = await aLock(content);
  return (await acquireLock(lock, ONCE)).held;
}

const held = (parts: object) => ({ pid: ppid, host: hostname(), note: 'another run', birth: null, ...parts });

test('a lock says who holds it and what for, and is gone when it was released', async () => {
  const { lock, folder } = await aLock();
  const { release } = await take(lock);
  expect(JSON.parse(await readFile(lock, 'utf8'))).toMatchObject({ pid, host: hostname(), note: 'a run' });
  expect((await stat(lock)).mode & 0o777).toBe(0o600);
  await release();
  expect(await readdir(folder)).toEqual([]);
});

test('who comes second is told who was first', async () => {
  const { lock } = await aLock();
  const { release } = await take(lock);
  expect(await acquireLock(lock, { ...ONCE, note: 'a second run' })).toMatchObject({
    held: false,
    holder: { pid, note: 'a run' },
  });
  await release();
  expect((await take(lock)).held).toBe(true);
});

test('a lock that was deleted by hand and taken by somebody else is not released by the first one', async () => {
  const { lock } = await aLock();
  const { release } = await take(lock);
  await writeFile(lock, JSON.stringify(held({})));
  await release();
  expect(JSON.parse(await readFile(lock, 'utf8'))).toEqual(held({}));
});

describe('a lock is respected', () => {
  test.each<[string, object | string]>([
    ['of a living process', held({})],
    ['of another machine', held({ pid: deadProcess(), host: 'elsewhere.example' })],
    ['with our own id, of another machine', held({ pid, host: 'elsewhere.example' })],
    ['that is empty', ''],
    ['that cannot be read', '{"pid":'],
    ['with no sensible id', held({ pid: -1 })],
  ])('%s', async (_which, content) => {
    expect(await isTaken(content)).toBe(false);
  });

  test.runIf(hasProc)('of a container beside ours, whatever id its process has', async () => {
    const { birth } = await ourselves();
    for (const id of [pid, deadProcess()]) {
      expect(await isTaken(held({ pid: id, birth: { ...birth, space: 'pid:[1]' } })), String(id)).toBe(false);
    }
  });

  test.runIf(hasProc)('of a process that has the id since', async () => {
    const child = spawn(execPath, ['--eval', 'setTimeout(() => {}, 60_000)'], { stdio: 'ignore' });
    onTestFinished(() => void child.kill());
    const { birth } = await ourselves();
    const fields = (await readFile(`/proc/${child.pid}/stat`, 'utf8')).split(' ');
    const lock = held({ pid: child.pid, birth: { ...birth, at: fields[21] } });
    expect(await isTaken(lock)).toBe(false);
  });
});

describe('a lock is taken over', () => {
  test('of a dead process', async () => {
    expect(await isTaken(held({ pid: deadProcess() }))).toBe(true);
    expect(await isTaken(held({ pid: deadProcess(), birth: (await ourselves()).birth }))).toBe(true);
  });

  test('as it was written before locks said more', async () => {
    expect(await isTaken({ pid: deadProcess(), host: hostname() })).toBe(true);
  });

  test('of our own id that we did not take', async () => {
    const { birth } = await ourselves();
    expect(await isTaken(held({ pid }))).toBe(true);
    expect(await isTaken(held({ pid, birth: { ...birth, at: '1' } }))).toBe(true);
  });

  test.runIf(hasProc)('of a living process that was given the id of the one that took it', async () => {
    expect(await isTaken(held({ birth: { ...(await ourselves()).birth, at: '1' } }))).toBe(true);
  });

  test.runIf(hasProc)('from before the machine was started', async () => {
    const { birth } = await ourselves();
    expect(await isTaken(held({ birth: { ...birth, boot: 'before', space: 'pid:[1]' } }))).toBe(true);
  });

  test.runIf(hasProc)('of a process that has ended, but that its parent never fetched', async () => {
    const parent = spawn('sh', ['-c', 'sleep 60 & echo $!; exec sleep 60'], { stdio: ['ignore', 'pipe', 'ignore'] });
    onTestFinished(() => void parent.kill());
    const child = await new Promise<number>((resolve) => parent.stdout.once('data', (data) => resolve(Number(data))));
    // The shell would fetch it; what it becomes does not.
    await vi.waitFor(async () => expect(await readFile(`/proc/${parent.pid}/comm`, 'utf8')).toBe('sleep\n'), PATIENCE);
    kill(child);
    await vi.waitFor(async () => expect(await readFile(`/proc/${child}/stat`, 'utf8')).toContain(') Z '), PATIENCE);
    expect(await isTaken(held({ pid: child, birth: (await ourselves()).birth }))).toBe(true);
  });

  test('but not while somebody else is doing so', async () => {
    const { lock, folder } = await aLock(held({ pid: deadProcess() }));
    await writeFile(`${lock}.takeover`, '');
    expect((await acquireLock(lock, ONCE)).held).toBe(false);
    expect(await readdir(folder)).toEqual(['lock', 'lock.takeover']);
  });

  test('and not mistaken for the lock of the one who was faster', async () => {
    const { lock, folder } = await aLock(held({}));
    expect(await takeAway(lock, JSON.stringify(held({ pid: deadProcess() })))).toBe(false);
    expect(JSON.parse(await readFile(lock, 'utf8'))).toEqual(held({}));
    expect(await readdir(folder)).toEqual(['lock']);
  });
});

test('a lock that does not fit on the disk any more is not left there empty', async () => {
  const { lock, folder } = await aLock();
  await refuseToWrite();
  await expect(acquireLock(lock, ONCE)).rejects.toMatchObject({ code: 'ENOSPC' });
  expect(await readdir(folder)).toEqual([]);
});

/** From now on no file that was opened takes any more. */
async function refuseToWrite(): Promise<void> {
  const { open } = await import('node:fs/promises');
  const file = await open(execPath);
  const full = Object.assign(new Error('ENOSPC: no space left on device, write'), { code: 'ENOSPC', syscall: 'write' });
  const spy = vi.spyOn(Object.getPrototypeOf(file), 'writeFile').mockRejectedValue(full);
  onTestFinished(() => spy.mockRestore());
  await file.close();
}
