// What starting takes, against an empty program: node bench/start-up.js (after npm run build)
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { fileURLToPath } from 'node:url';
import { writeSnapshot } from './backlog.js';
import { inTurns, printTable, within } from './measure.js';

const ROUNDS = 21;
const [EMPTY, BIN] = ['empty.js', '../bin/bugprune.js'].map((path) => fileURLToPath(new URL(path, import.meta.url)));

function start(cwd, ...args) {
  const before = performance.now();
  const { status, stderr } = spawnSync(process.execPath, args, { cwd });
  if (status !== 0) throw new Error(`${args.join(' ')} gave ${status}: ${stderr}`);
  return { milliseconds: performance.now() - before };
}

const folder = mkdtempSync(join(tmpdir(), 'bugprune-bench-'));
await writeSnapshot(join(folder, 'few.ndjson'), 20);
const bugprune =
  (...args) =>
  () =>
    start(folder, BIN, ...args);
const tasks = {
  'an empty program': () => start(folder, EMPTY),
  'bugprune --version': bugprune('--version'),
  'bugprune --help': bugprune('--help'),
  'bugprune report, 20 bugs of a snapshot': bugprune('report', 'few.ndjson', '--now', '2026-11-22T09:00:00Z'),
};
const BOUNDS = { 'bugprune --version': 1.5, 'bugprune --help': 1.5 };

// What Node 22 and later compile at the first start they keep: that one is not what a user waits for every day.
inTurns(1, tasks);
const measured = inTurns(ROUNDS, tasks);
rmSync(folder, { recursive: true });
const { milliseconds: empty } = measured['an empty program'];
const rows = Object.entries(measured).map(([name, { milliseconds }]) => [
  name,
  milliseconds.toFixed(0),
  within(milliseconds / empty, BOUNDS[name] ?? null),
]);
printTable([`start-up, Node ${process.versions.node}`, 'milliseconds', 'times empty'], rows);
