import { expect, test } from 'vitest';
import { BugpruneError, TrackerError } from '../../../../src/errors.js';
import { asTrackerError } from '../../../../src/trackers/file/failure.js';

const systemError = (code: string, more = {}) => Object.assign(new Error(`${code}: it failed`), { code, ...more });

test.each([
  ['EACCES', 'permission', 'x: no permission'],
  ['EPERM', 'permission', 'x: no permission'],
  ['EROFS', 'permission', 'x: the disk is read-only'],
  ['ENOTDIR', 'not-found', 'x: something on the way to it is a file, not a folder'],
  ['ENOSPC', 'unexpected', 'x: the disk is full'],
])('%s is %s', (code, kind, message) => {
  const error = systemError(code);
  expect(asTrackerError(error, 'x')).toMatchObject({ kind, message, cause: error });
});

test('what is unknown about a path is said as the system says it', () => {
  expect(asTrackerError(systemError('EMFILE', { path: '/x' }), 'x')).toMatchObject({ kind: 'unexpected', message: 'x: EMFILE' });
});

test.each([
  new TrackerError('rate-limit', 'slow down'),
  new BugpruneError('interrupted', 'stopped'),
  systemError('ECONNRESET', { syscall: 'read' }),
  new DOMException('aborted', 'AbortError'),
  'a string',
])('what does not come from the file system is passed on: %s', (error) => {
  expect(asTrackerError(error, 'x')).toBe(error);
});
