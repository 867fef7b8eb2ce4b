import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { memoryTracker } from '../../../src/testing.js';
import type { Tracker } from '../../../src/trackers/tracker.js';
import { aFolderWith, BUGS, NOW, runs } from './given.js';

const CONFIG = ['--config', 'my.yaml'];

/** A tracker that is interrupted in the middle of a write, as often as there are signals. */
function interrupted(name: 'close' | 'revert', ...signals: readonly AbortController[]): Tracker {
  const tracker = memoryTracker(BUGS, () => NOW);
  const fails = () => {
    for (const signal of signals) signal.abort();
    return Promise.reject(signals.at(-1)?.signal.reason);
  };
  return { ...tracker, [name]: fails };
}

describe('the second Ctrl-C says how to finish', () => {
  test('a prune, by its run', async () => {
    const [stop, abort] = [new AbortController(), new AbortController()];
    const cwd = await aFolderWith(() => interrupted('close', stop, abort));
    const { code, err } = await runs(['prune', '--yes', ...CONFIG], { cwd, stop: stop.signal, abort: abort.signal });
    expect(code).toBe(130);
    expect(err).toMatch(
      /\nStopped at once, in the middle of a bug\. To finish: bugprune prune --resume 20261122T090000Z-c0ffee\n$/,
    );
  });

  test('an undo, by the same command', async () => {
    const [stop, abort] = [new AbortController(), new AbortController()];
    const tracker = interrupted('revert', stop, abort);
    const cwd = await aFolderWith(() => tracker);
    expect((await runs(['prune', '--yes', ...CONFIG], { cwd })).code).toBe(0);
    const { code, err } = await runs(['undo', '--yes', ...CONFIG], {
      cwd,
      stop: stop.signal,
      abort: abort.signal,
      random: () => 'facade',
    });
    expect(code).toBe(130);
    expect(err).toMatch(/\nStopped at once, in the middle of a bug\. To finish: the same command, once more\n$/);
  });

  test('nothing, while nothing was written', async () => {
    const [stop, abort] = [new AbortController(), new AbortController()];
    const tracker = memoryTracker(BUGS, () => NOW);
    const identify = () => {
      stop.abort();
      abort.abort();
      return Promise.reject(abort.signal.reason);
    };
    const cwd = await aFolderWith(() => ({ ...tracker, identify }));
    const { code, err } = await runs(['prune', '--yes', ...CONFIG], { cwd, stop: stop.signal, abort: abort.signal });
    expect({ code, err }).toEqual({ code: 130, err: 'Interrupted.\n' });
  });
});

test('a prune that was not agreed to writes no report: there was no run that it could be of', async () => {
  const cwd = await aFolderWith();
  const io = { cwd, canAsk: true, ask: () => Promise.resolve('n') };
  const { code, out, err } = await runs(['prune', ...CONFIG, '-o', 'report.json', '-o', 'report.md'], io);
  expect({ code, out }).toEqual({ code: 0, out: '' });
  expect(err).toMatch(/\nNothing was changed\.\n$/);
  expect(existsSync(join(cwd, 'report.json')) || existsSync(join(cwd, 'report.md'))).toBe(false);
});
