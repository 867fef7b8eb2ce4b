import { readFile, stat, truncate, writeFile } from 'node:fs/promises';
import { platform } from 'node:process';
import { describe, expect, test } from 'vitest';
import { openPart, type Part } from '../../../../src/trackers/file/part.js';
import { openPlaces, type Placed, readPlaces } from '../../../../src/trackers/file/places.js';
import { standingHeader } from '../../../../src/trackers/file/read.js';
import { aFile, aFolder, all, bugs, HEADER, snapshotText } from './given.js';

const still = new AbortController().signal;
const fresh = { end: 0, header: HEADER, mode: undefined };

async function aPart(): Promise<{ file: { path: string; shown: string }; part: Part }> {
  const file = { path: `${await aFolder()}/backlog.ndjson.part`, shown: 'backlog.ndjson.part' };
  return { file, part: await openPart(file, fresh) };
}

async function placed(file: { path: string; shown: string }, torn = true): Promise<{ found: Placed[]; end: number }> {
  const batches = await all(readPlaces(file, { torn, signal: still }));
  return { found: batches.flatMap((batch) => batch.bugs), end: batches.at(-1)?.end ?? 0 };
}

describe('a part', () => {
  test('is a snapshot that grows', async () => {
    const { file, part } = await aPart();
    for (const bug of bugs(3)) await part.append(bug);
    await part.flush();
    expect(await readFile(file.path, 'utf8')).toBe(snapshotText(bugs(3)));
    await part.close();
  });

  test('gives back what stands in it, also what is still on its way', async () => {
    const { part } = await aPart();
    const many = bugs(3).map((bug, index) => ({ ...bug, title: '错误🐛ä'.repeat(10 ** (index + 2)) }));
    const places = [];
    for (const bug of many) places.push(await part.append(bug));
    for (const [index, bug] of many.entries()) expect(await part.read(places[index] ?? { offset: 0, length: 0 })).toEqual(bug);
    await part.close();
  });

  test('goes on behind its last whole line, wherever it was torn', async () => {
    const text = snapshotText(bugs(2));
    const ends = [text.indexOf('\n') + 1, text.indexOf('\n', text.indexOf('\n') + 1) + 1, text.length];
    for (let length = 0; length <= text.length; length += 97) {
      const file = await aFile(text);
      await truncate(file.path, length);
      const { found, end } = await placed(file);
      const whole = ends.filter((one) => one <= length);
      expect(end).toBe(whole.at(-1) ?? 0);
      expect(found.map(({ bug }) => bug)).toEqual(bugs(Math.max(0, whole.length - 1)));
      expect(await standingHeader(file, true)).toEqual(whole.length > 0 ? HEADER : null);
      const part = await openPart(file, { ...fresh, end });
      for (const bug of bugs(2).slice(found.length)) await part.append(bug);
      await part.flush();
      await part.close();
      expect(await readFile(file.path, 'utf8')).toBe(text);
    }
  });

  test.skipIf(platform === 'win32')('has the permissions that it is given', async () => {
    const file = { path: `${await aFolder()}/private`, shown: 'private' };
    await (await openPart(file, { ...fresh, mode: 0o600 })).close();
    expect((await stat(file.path)).mode & 0o777).toBe(0o600);
  });

  test('that cannot be made is told', async () => {
    const file = { path: `${await aFolder()}/no/part`, shown: 'no/part' };
    await expect(openPart(file, fresh)).rejects.toMatchObject({ kind: 'not-found', message: 'no/part: no such file or folder' });
  });
});

describe('places', () => {
  test.each([
    ['a plain file', (text: string) => text],
    ['line breaks of Windows', (text: string) => text.replaceAll('\n', '\r\n')],
    ['empty lines', (text: string) => text.replaceAll('\n', '\n\n')],
    ['a byte order mark', (text: string) => `\ufeff${text}`],
    ['no line break at the end', (text: string) => text.trimEnd()],
    ['more than a chunk', (text: string) => text],
  ])('lead to the bugs: %s', async (what, changed) => {
    const list = bugs(what === 'more than a chunk' ? 1_500 : 3).map((bug) => ({ ...bug, title: `ä${bug.title}` }));
    const file = await aFile(changed(snapshotText(list)));
    const { found } = await placed(file, false);
    expect(found.map(({ bug }) => bug)).toEqual(list);
    const places = await openPlaces(file);
    for (const { bug, place } of found) expect(await places.read(place)).toEqual(bug);
    await places.close();
  });

  test('of another file are noticed', async () => {
    const file = await aFile(snapshotText(bugs(2)));
    const places = await openPlaces(file);
    const [first] = (await placed(file)).found;
    await writeFile(file.path, 'x'.repeat(10_000));
    await expect(places.read(first?.place ?? { offset: 0, length: 0 })).rejects.toMatchObject({
      kind: 'validation',
      message: expect.stringMatching(/^backlog\.ndjson has changed while it was read: at byte \d+: damaged/),
    });
    await places.close();
  });

  test('a line that no line break ends is damaged where nothing was interrupted', async () => {
    const file = await aFile(snapshotText(bugs(2)).slice(0, -9));
    await expect(placed(file, false)).rejects.toMatchObject({ message: expect.stringContaining('backlog.ndjson:3: cut off') });
  });

  test('of nothing', async () => {
    expect(await placed(await aFile(''))).toEqual({ found: [], end: 0 });
    expect(await standingHeader(await aFile(''), false)).toBeNull();
    expect(await standingHeader({ path: `${await aFolder()}/none`, shown: 'none' }, false)).toBeNull();
  });
});
