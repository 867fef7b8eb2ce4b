import { describe, expect, test } from 'vitest';
import { type Backtests, backtestsSchema } from '../../../../src/report/backtest/document.js';
import { aBug } from '../../../../src/testing.js';
import { formatLine, snapshotHeader } from '../../../../src/trackers/file/format.js';
import { aFolder, runs } from '../../cli/given.js';

const TAKEN = '2026-11-22T09:00:00Z';

/** A snapshot of these bugs, taken of all there are. */
function snapshot(bugs: readonly Parameters<typeof aBug>[0][], takenAt = TAKEN): string {
  const header = snapshotHeader({ source: 'github:acme/app', takenAt, account: 'octocat', scope: 'all' });
  return [header, ...bugs.map((parts) => aBug(parts))].map((line) => `${formatLine(line)}\n`).join('');
}

const numbered = (count: number, parts: Parameters<typeof aBug>[0] = {}) =>
  Array.from({ length: count }, (_, index) => ({
    createdAt: '2025-01-01T00:00:00Z',
    ...parts,
    ref: `acme/${parts?.state ?? 'open'}#${index + 1}`,
  }));

async function replayed(files: Readonly<Record<string, string>>, args: readonly string[] = []): Promise<Backtests> {
  const { code, out, err } = await runs(['backtest', ...Object.keys(files), '--json', ...args], { cwd: await aFolder(files) });
  expect({ code, err }).toEqual({ code: 0, err: '' });
  return backtestsSchema.parse(JSON.parse(out));
}

describe('what is read', () => {
  test('are all bugs, open and closed, however many', async () => {
    const closed = numbered(601, {
      state: 'closed',
      events: [{ at: '2025-01-20T00:00:00Z', kind: 'closed', actor: null, value: 'completed' }],
    });
    const { policy } = await replayed({ 'a.ndjson': snapshot([...numbered(1201), ...closed]) });
    expect(policy.summary).toMatchObject({ bugs: 1802, open: 1802, closed: 1201, regrets: 0 });
  });

  test('of several snapshots, until the first of them knows no more', async () => {
    const [early, late] = ['2026-06-01T00:00:00Z', TAKEN];
    const files = { 'a.ndjson': snapshot(numbered(2), early), 'b.ndjson': snapshot(numbered(3), late) };
    const { policy, snapshots } = await replayed(files);
    expect([policy.from, policy.to]).toEqual(['2024-06-01T00:00:00Z', early]);
    expect(snapshots.map(({ name, takenAt }) => [name, takenAt])).toEqual([
      ['a', early],
      ['b', late],
    ]);
    expect(policy.summary.bugs).toBe(5);
  });

  test('what was not saved of a history could not be read, and the numbers say so', async () => {
    const { policy } = await replayed({ 'a.ndjson': snapshot(numbered(3, { history: 'unread' })) });
    expect(policy.assumptions.join('\n')).toContain('Not all of the history could be read of 3 bugs.');
    expect(policy.range.closed).toEqual({ least: 0, most: 3 });
  });
});

test('Ctrl-C ends it, and nothing is printed', async () => {
  const cwd = await aFolder({ 'a.ndjson': snapshot(numbered(3)) });
  const { code, out, err } = await runs(['backtest', 'a.ndjson'], { cwd, stop: AbortSignal.abort() });
  expect({ code, out, err }).toEqual({ code: 130, out: '', err: 'Interrupted.\n' });
});

test('two policies are called what they are', async () => {
  const policies = ['a', 'b'].map((name) => ({ name, when: { openFor: '6w' } }));
  const files = { 'a.ndjson': snapshot(numbered(1)), 'my.yaml': JSON.stringify({ policies }) };
  const { out } = await runs(['backtest', 'a.ndjson', '--config', 'my.yaml'], { cwd: await aFolder(files) });
  expect(out).toContain('Over 2 years the policies as configured would have closed 1 of 1 bug;');
});
