import { expect, test } from 'vitest';
import { startProgress, type Talk } from '../../../src/cli/progress.js';
import type { RunEvent } from '../../../src/use-cases/collect.js';
import { anIo, aShell, kept } from './given.js';

const earlier: RunEvent = { type: 'earlier', file: 'app.ndjson', message: '9120 bugs are taken over\u001b[2J' };
const histories = (done: number): RunEvent => ({ type: 'histories', tracker: 'app', done, total: 1000 });

/** What is written when the histories of 400 bugs are read, a hundred in ten seconds. */
function shown(talk: Talk, isTerminal = false): string {
  let now = 2000;
  const io = anIo({ err: kept({ isTerminal, width: 80 }), elapsed: () => now });
  const progress = startProgress(aShell(io), talk);
  now += 2000;
  progress.on(earlier);
  for (const done of [0, 100, 200, 400]) {
    progress.on(histories(done));
    now += done === 200 ? 20_000 : 10_000;
  }
  progress.done();
  return io.err.text();
}

test('on a terminal a snapshot tells how long it will take', () => {
  const [taken, ...lines] = shown('normal', true).split('\r');
  expect(taken).toBe('app.ndjson: 9120 bugs are taken over [2J\n');
  expect(lines.map((line) => line.trimEnd())).toEqual([
    'app: 0 of 1000 histories read',
    'app: 100 of 1000 histories read, about 2 min left',
    'app: 200 of 1000 histories read, about 80 s left',
    'app: 400 of 1000 histories read, about 60 s left',
    '',
    '',
  ]);
});

test('a log gets what is worth a line', () => {
  expect(shown('normal')).toBe('app.ndjson: 9120 bugs are taken over [2J\n');
  expect(shown('quiet')).toBe('');
  expect(shown('verbose')).toContain('taken over [2J\napp: 0 of 1000 histories read\napp: 100 of 1000 histories read\n');
});
