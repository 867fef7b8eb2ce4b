import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { describe, expect, test } from 'vitest';
import { quietCall } from '../../../../src/testing/subject.js';
import { fileDescriptor } from '../../../../src/trackers/file/index.js';
import { aFile, aFolder, anEnv, snapshotText } from './given.js';

const context = { variables: {}, isFile: (path: string) => path === 'notes/plain' };
const file = (name: string, path: string) => ({ name, settings: { type: 'file', path } });

describe('what a person pastes', () => {
  test.each([
    ['examples/backlog.ndjson', file('backlog', 'examples/backlog.ndjson')],
    ['./a.b/Old list.JSONL', file('Old list', './a.b/Old list.JSONL')],
    [' backlog.jsonl ', file('backlog', 'backlog.jsonl')],
    ['notes/plain', file('plain', 'notes/plain')],
    ['file:elsewhere', file('elsewhere', 'elsewhere')],
    ['file:backlog.ndjson', file('backlog', 'backlog.ndjson')],
    ['C:/lists/backlog.ndjson', file('backlog', 'C:/lists/backlog.ndjson')],
  ])('%j is a snapshot', (text, recognized) => {
    expect(fileDescriptor.recognize(text, context)).toEqual(recognized);
  });

  test('a file URL is a path', async () => {
    const { path } = await aFile('');
    expect(fileDescriptor.recognize(pathToFileURL(path).href, context)).toEqual(file('backlog', path));
  });

  test.each(['', 'file:', 'file:///%zz', 'acme/app', 'github:acme/app', 'notes/other', 'https://acme.test/backlog.ndjson'])(
    '%j is none',
    (text) => {
      expect(fileDescriptor.recognize(text, context)).toBeNull();
    },
  );
});

describe('settings', () => {
  test.each([
    [{ type: 'file', path: 'a.ndjson' }, true],
    [{ type: 'file' }, false],
    [{ type: 'file', path: '' }, false],
    [{ type: 'file', path: 'a.ndjson', url: 'x' }, false],
    [{ type: 'github', path: 'a.ndjson' }, false],
  ])('%j', (settings, valid) => {
    expect(fileDescriptor.settings.safeParse(settings).success).toBe(valid);
  });
});

test('a relative path starts at the folder of the configuration', async () => {
  const folder = await aFolder();
  await writeFile(join(folder, 'list.ndjson'), snapshotText([]));
  const tracker = await fileDescriptor.open({ type: 'file', path: 'list.ndjson' }, anEnv({ folder }));
  expect(tracker.id).toBe('file:list.ndjson');
  await expect(tracker.identify(quietCall())).resolves.toEqual({ name: 'bugprune' });
});
