import { chmod } from 'node:fs/promises';
import { getuid } from 'node:process';
import { describe, expect, test } from 'vitest';
import { TrackerError } from '../../../../src/errors.js';
import type { Bug } from '../../../../src/model/bug.js';
import { aBug } from '../../../../src/testing/bug.js';
import type { SnapshotFile } from '../../../../src/trackers/file/lines.js';
import { readBugs, readHeader } from '../../../../src/trackers/file/read.js';
import { aFile, aFolder, all, bugs, HEADER, snapshotText } from './given.js';

const still = new AbortController().signal;
const readAll = async (file: SnapshotFile): Promise<Bug[]> => (await all(readBugs(file, still))).flat();

const failureOf = (promise: Promise<unknown>) =>
  promise.then(
    () => expect.unreachable('must fail'),
    (error: unknown) => error,
  );

describe('a whole snapshot', () => {
  test('gives its header and its bugs in order', async () => {
    const file = await aFile(snapshotText(bugs(3)));
    expect(await readHeader(file)).toEqual(HEADER);
    expect(await readAll(file)).toEqual(bugs(3));
  });

  test('may hold no bug at all', async () => {
    expect(await readAll(await aFile(snapshotText([])))).toEqual([]);
  });

  test.each([
    ['no line break at the end', (text: string) => text.trimEnd()],
    ['line breaks of Windows', (text: string) => text.replaceAll('\n', '\r\n')],
    ['empty lines', (text: string) => text.replaceAll('\n', '\n\n')],
    ['a byte order mark', (text: string) => `\ufeff${text}`],
  ])('may have %s', async (_what, changed) => {
    const file = await aFile(changed(snapshotText(bugs(2))));
    expect(await readHeader(file)).toEqual(HEADER);
    expect(await readAll(file)).toEqual(bugs(2));
  });

  test('is put together again wherever the chunks end', async () => {
    const many = bugs(40).map((bug, index) => ({ ...bug, title: '错误🐛ä'.repeat(1 + ((index * 7_919) % 9_000)) }));
    const text = snapshotText(many);
    expect(Buffer.byteLength(text)).toBeGreaterThan(6 * 256 * 1024);
    // Compared as a whole: nobody can read a difference between titles of 100,000 characters.
    expect(snapshotText(await readAll(await aFile(text))) === text).toBe(true);
  });

  test('may hold a line longer than a chunk', async () => {
    const text = snapshotText([{ ...aBug(), title: 'x'.repeat(700_000) }]);
    expect(snapshotText(await readAll(await aFile(text))) === text).toBe(true);
  });
});

describe('anything else is refused with file, line and a hint', () => {
  const good = snapshotText(bugs(3));
  const swap = (line: number, by: string) =>
    good
      .split('\n')
      .with(line - 1, by)
      .join('\n');

  test.each([
    ['an empty file', '', 'backlog.ndjson: the file is empty; expected a snapshot'],
    ['no header', good.slice(good.indexOf('\n') + 1), /^backlog\.ndjson:1: expected the header of a snapshot/],
    ['a later version', good.replace('"version":1', '"version":2'), 'backlog.ndjson:1: expected version 1, found 2'],
    ['damaged JSON', swap(3, '{"tracker":,}'), 'backlog.ndjson:3: damaged: this is not JSON'],
    [
      'a line that is no bug',
      swap(4, '{"ref":"x"}'),
      /^backlog\.ndjson:4: not a bug: tracker: expected string, received undefined/,
    ],
    ['the same bug twice', `${good}\n${good.split('\n')[1]}`, 'backlog.ndjson:6: acme/app#1 was in an earlier line already'],
    ['half a line at the end', good.slice(0, -20), 'backlog.ndjson:4: cut off: the file ends within this line'],
    [
      'half a line that ends like a whole one',
      good.slice(0, good.lastIndexOf('}')),
      'backlog.ndjson:4: cut off: the file ends within this line',
    ],
    [
      'half a line in the middle',
      swap(2, good.split('\n')[1]?.slice(0, 99) ?? ''),
      'backlog.ndjson:2: damaged: this is not JSON',
    ],
    ['two snapshots in one', good + good, /^backlog\.ndjson:5: not a bug: /],
    [
      'bytes that are no text',
      Buffer.concat([Buffer.from(`${good}\n`), Buffer.from([0x22, 0xff, 0x22, 0x0a])]),
      'backlog.ndjson:6: damaged: this is not UTF-8 text',
    ],
    [
      'the same at the very end',
      Buffer.concat([Buffer.from(good), Buffer.from([0x22, 0xff])]),
      'backlog.ndjson:5: damaged: this is not UTF-8 text',
    ],
    [
      'UTF-16, as PowerShell writes it',
      Buffer.from(`\ufeff${good}`, 'utf16le'),
      'backlog.ndjson:1: damaged: this is not UTF-8 text',
    ],
    ['no end of line in sight', `{"x":"${'x'.repeat(17 * 1024 * 1024)}`, 'backlog.ndjson:1: a line of more than 16 MB'],
  ])('%s', async (_what, content, message) => {
    const error = await failureOf(readAll(await aFile(content)));
    expect(error).toBeInstanceOf(TrackerError);
    expect(error).toMatchObject({
      kind: 'validation',
      message: typeof message === 'string' ? message : expect.stringMatching(message),
      hint: expect.stringContaining('bugprune snapshot <source> -o FILE'),
    });
  });

  test.each([
    ['', 'backlog.ndjson: the file is empty; expected a snapshot'],
    ['{}', /^backlog\.ndjson:1: expected the header/],
  ])('also by reading the header alone: %j', async (content, message) => {
    await expect(readHeader(await aFile(content))).rejects.toThrow(message);
  });

  test('bugs before the damage have been given', async () => {
    const file = await aFile(`${snapshotText(bugs(3_000))}{"cut`);
    const seen: string[] = [];
    await expect(async () => {
      for await (const batch of readBugs(file, still)) seen.push(...batch.map(({ ref }) => ref));
    }).rejects.toThrow('backlog.ndjson:3002: cut off');
    expect(seen.length).toBe(3_000);
  });
});

describe('a file that cannot be opened', () => {
  test('is not found', async () => {
    const file = { path: `${await aFolder()}/none.ndjson`, shown: 'none.ndjson' };
    const expected = {
      kind: 'not-found',
      message: 'none.ndjson: no such file or folder',
      hint: expect.stringContaining('snapshot'),
    };
    expect(await failureOf(readAll(file))).toMatchObject(expected);
    expect(await failureOf(readHeader(file))).toMatchObject(expected);
  });

  test('is a folder', async () => {
    const error = await failureOf(readAll({ path: await aFolder(), shown: 'here' }));
    expect(error).toMatchObject({ kind: 'validation', message: 'here: this is a folder; expected a file' });
  });

  test.skipIf(getuid?.() === 0 || !getuid)('is not for us', async () => {
    const file = await aFile(snapshotText([]));
    await chmod(file.path, 0);
    expect(await failureOf(readAll(file))).toMatchObject({ kind: 'permission', message: 'backlog.ndjson: no permission' });
  });
});

test('reading stops when told to', async () => {
  const controller = new AbortController();
  const file = await aFile(snapshotText(bugs(3_000)));
  const reading = readBugs(file, controller.signal);
  expect((await reading.next()).done).toBe(false);
  controller.abort(new Error('enough'));
  await expect(reading.next()).rejects.toThrow('enough');
});
