import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { readReport } from '../../../src/report/read.js';
import { memoryTracker } from '../../../src/testing.js';
import type { Tracker } from '../../../src/trackers/tracker.js';
import { aFolderWith, BUGS, NOW, runs } from './given.js';

const ARGS = ['--config', 'my.yaml', '-o', 'report.json'];

/** A tracker at which somebody interrupts after so many bugs, or while histories are read. */
function cutAfter(count: number, ...signals: readonly AbortController[]): Tracker {
  const tracker = memoryTracker(BUGS, () => NOW);
  const cut = () => {
    for (const signal of signals) signal.abort();
  };
  return {
    ...tracker,
    async *search(what, call) {
      let given = 0;
      for await (const bug of tracker.search(what, call)) {
        if (given++ === count) cut();
        call.signal.throwIfAborted();
        yield bug.ref === 'acme/app#1' ? { ...bug, events: [], history: 'unread' } : bug;
      }
    },
    loadHistory(bugs, call) {
      cut();
      return tracker.loadHistory(bugs, call);
    },
  };
}

describe('Ctrl-C during a report', () => {
  test('gives what was read by then, as incomplete', async () => {
    const stop = new AbortController();
    const cwd = await aFolderWith(() => cutAfter(2, stop));
    const { code, out, err } = await runs(['report', ...ARGS], { cwd, stop: stop.signal });
    expect({ code, err }).toEqual({ code: 130, err: 'Interrupted. The report has what was read by then.\n' });
    expect(out).toContain('Incomplete, app: interrupted before everything was read');
    expect(out).not.toContain('bugprune prune');
    const report = readReport(readFileSync(join(cwd, 'report.json'), 'utf8'), 'report.json');
    expect(report.trackers).toMatchObject([{ complete: false, open: 2, problems: ['interrupted before everything was read'] }]);
    expect(report.bugs.map(({ ref, verdict }) => [ref, verdict])).toEqual([
      ['acme/app#1', 'undecided'],
      ['acme/app#2', 'keep'],
    ]);
  });

  test('leaves undecided what waits for its history', async () => {
    const stop = new AbortController();
    const cwd = await aFolderWith(() => cutAfter(99, stop));
    const { code } = await runs(['report', ...ARGS], { cwd, stop: stop.signal });
    expect(code).toBe(130);
    const report = readReport(readFileSync(join(cwd, 'report.json'), 'utf8'), 'report.json');
    expect(report.summary).toMatchObject({ open: 4, close: 0 });
  });

  test('gives nothing where nothing was read', async () => {
    const stop = new AbortController();
    const cwd = await aFolderWith(() => cutAfter(0, stop));
    const { code, out, err } = await runs(['report', ...ARGS], { cwd, stop: stop.signal });
    expect({ code, out, err }).toEqual({ code: 130, out: '', err: 'Interrupted.\n' });
    expect(existsSync(join(cwd, 'report.json'))).toBe(false);
  });

  test('twice gives nothing', async () => {
    const [stop, abort] = [new AbortController(), new AbortController()];
    const cwd = await aFolderWith(() => cutAfter(2, stop, abort));
    const { code, out, err } = await runs(['report', ...ARGS], { cwd, stop: stop.signal, abort: abort.signal });
    expect({ code, out, err }).toEqual({ code: 130, out: '', err: 'Interrupted.\n' });
    expect(existsSync(join(cwd, 'report.json'))).toBe(false);
  });
});

test('Ctrl-C while a prune reads ends it, and changes nothing', async () => {
  const stop = new AbortController();
  const tracker = cutAfter(2, stop);
  const cwd = await aFolderWith(() => tracker);
  const { code, out, err } = await runs(['prune', '--yes', ...ARGS], { cwd, stop: stop.signal });
  expect({ code, out, err }).toEqual({ code: 130, out: '', err: 'Interrupted.\n' });
  expect(existsSync(join(cwd, '.bugprune'))).toBe(false);
});
