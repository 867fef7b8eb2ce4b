import { chmod, mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { getuid } from 'node:process';
import { expect, test } from 'vitest';
import { BugpruneError, EXIT_CODES } from '../../../src/errors.js';
import { JournalError, onDisk } from '../../../src/journal/failure.js';
import { fold } from '../../../src/journal/fold.js';
import { openStateFolder } from '../../../src/journal/folder.js';
import { fillDisk, spyOnFiles, systemError } from './disk.js';
import { aFolder, aHeader, aPlan, closing, end, linesOf, RUN, resumed } from './given.js';

const BUG = 'acme/app#1';
const HINT = 'Check it, or keep the journals of runs in another folder: --state-dir DIR';
const begin = (path: string) => openStateFolder(path, String).begin(aHeader(), aPlan(BUG));

test.each([
  ['ENOSPC', 'the disk is full'],
  ['EROFS', 'the disk is read-only'],
  ['EACCES', 'no permission'],
  ['EMULTIHOP', 'EMULTIHOP'],
])('%s: %s', async (code, words) => {
  const failing = onDisk('written', 'x/lock', () => Promise.reject(systemError(code)));
  await expect(failing).rejects.toThrow(JournalError);
  await expect(failing).rejects.toMatchObject({
    name: 'JournalError',
    code: 'usage',
    message: `The journal cannot be written: x/lock: ${words}`,
    hint: HINT,
  });
});

test('what does not come from the disk is left as it is', async () => {
  for (const error of [
    new Error('oh'),
    new BugpruneError('refused', 'no'),
    Object.assign(new Error(), { code: 'ERR_X' }),
    'oh',
  ]) {
    await expect(onDisk('read', 'x', () => Promise.reject(error))).rejects.toBe(error);
  }
});

test('on a full disk nothing is begun, and no half journal stays', async () => {
  const path = await aFolder();
  await fillDisk(100);
  await expect(begin(path)).rejects.toMatchObject({
    message: `The journal cannot be written: ${join(path, 'runs', `${RUN}.jsonl`)}: the disk is full`,
    hint: HINT,
  });
  expect(await readdir(join(path, 'runs'))).toEqual([]);
});

test('a journal that is on no disk for certain is not begun', async () => {
  const path = await aFolder();
  const { spy } = await spyOnFiles('sync');
  spy.mockRejectedValueOnce(systemError('EIO'));
  await expect(begin(path)).rejects.toThrow('the disk has failed');
  expect(await readdir(join(path, 'runs'))).toEqual([]);
});

test('file systems that cannot sync a folder will do', async () => {
  const path = await aFolder();
  const { spy, original } = await spyOnFiles('sync');
  spy.mockImplementation(async function (this: import('node:fs/promises').FileHandle) {
    if ((await this.stat()).isDirectory()) throw systemError('EINVAL');
    await original.call(this);
  });
  await (await begin(path)).close();
  expect(await openStateFolder(path, String).find(RUN)).toEqual(fold([aHeader(), aPlan(BUG)]));
});

test('once a line does not fit, none is written any more, and the run can be taken up', async () => {
  const path = await aFolder();
  const state = openStateFolder(path, String);
  const journal = await state.begin(aHeader(), aPlan(BUG));
  const [first, second, ...others] = closing(BUG);
  await journal.append(first ?? expect.unreachable());
  const disk = await fillDisk(40);
  await expect(journal.append(second ?? expect.unreachable())).rejects.toThrow('the disk is full');
  disk.empty();
  await expect(journal.append(...others)).rejects.toThrow('the disk is full');
  await expect(journal.append(end('failed'))).rejects.toThrow(JournalError);
  await journal.close();
  const known = [aHeader(), aPlan(BUG), linesOf(BUG).intent('comment')];
  expect((await readFile(join(path, 'runs', `${RUN}.jsonl`), 'utf8')).endsWith('\n')).toBe(false);
  expect(await state.find(RUN)).toEqual(fold(known));
  const again = await state.reopen(RUN);
  await again.journal.append(resumed(), ...(second ? [second] : []));
  await again.journal.close();
  expect(await state.find(RUN)).toEqual(fold([...known, resumed(), ...(second ? [second] : [])]));
});

test('a line that did not reach the disk for certain counts as not written', async () => {
  const journal = await begin(await aFolder());
  const { spy } = await spyOnFiles('datasync');
  spy.mockRejectedValueOnce(systemError('EIO'));
  await expect(journal.append(linesOf(BUG).intent('comment'))).rejects.toThrow('the disk has failed');
  await expect(journal.append(linesOf(BUG).intent('comment'))).rejects.toThrow(JournalError);
  await journal.close();
});

test('where there is a file instead of a folder', async () => {
  const file = join(await aFolder(), 'file');
  await writeFile(file, '');
  await expect(begin(file)).rejects.toThrow(`${file}: there is a file of that name already`);
  await expect(begin(join(file, 'deeper'))).rejects.toThrow(
    `${join(file, 'deeper')}: something on the way to it is a file, not a folder`,
  );
  await expect(openStateFolder(file, String).runs()).rejects.toMatchObject({
    name: 'JournalError',
    message: `The journal cannot be read: ${join(file, 'runs')}: something on the way to it is a file, not a folder`,
  });
  await expect(openStateFolder(file, String).exclusively(RUN, () => expect.unreachable())).rejects.toThrow(JournalError);
});

test('where there is a folder instead of a file', async () => {
  const path = await aFolder();
  await mkdir(join(path, 'runs', 'x.jsonl'), { recursive: true });
  await expect(openStateFolder(path, String).runs()).rejects.toThrow('x.jsonl: this is a folder; expected a file');
});

test.skipIf(getuid?.() === 0)('where nobody may write', async () => {
  const path = await aFolder();
  await chmod(path, 0o500);
  await expect(begin(path)).rejects.toThrow('no permission');
  await expect(openStateFolder(path, String).exclusively(RUN, () => expect.unreachable())).rejects.toThrow('no permission');
});

test('such a failure is one of usage', () => {
  expect(EXIT_CODES[new JournalError('read', 'x', systemError('EIO')).code]).toBe(2);
});
