// Time, size and peak memory of reports on large backlogs, in every format: node bench/report.js (after npm run build)
// Each is a process that does nothing else. Of a tracker, histories are read too; the stand-in has a process of its own.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { writeSnapshot } from './backlog.js';
import { inItsOwnProcess, inTurns, printTable, used, within } from './measure.js';
import { programThatWorks } from './program.js';
import { buildStandIns } from './stand-ins.js';
import { configured, NOW, TRACKERS } from './trackers.js';

const FORMATS = ['table', 'json', 'ndjson', 'markdown', 'csv', 'html', 'agenda'];
const BUGS = 50_000;
/** Megabytes. */
const MOST = { 50000: 400, 100000: 700 };

async function measure(format, cwd, args, env) {
  const { bytes } = await programThatWorks(['report', '--format', format, ...args], { cwd, env });
  console.log(JSON.stringify({ ...used(), bytes }));
}

async function ofSnapshots() {
  const folder = mkdtempSync(join(tmpdir(), 'bugprune-bench-'));
  const path = join(folder, 'app.ndjson');
  await writeSnapshot(path, BUGS);
  const own = (format) => inItsOwnProcess(import.meta.url, format, folder, JSON.stringify([path, '--now', NOW]), '{}');
  const measured = inTurns(3, Object.fromEntries(FORMATS.map((format) => [format, () => own(format)])));
  rmSync(folder, { recursive: true });
  printTable([`snapshot of ${BUGS} bugs`, 'seconds', 'MB written', 'MB of memory'], rowsOf(measured, MOST[BUGS]));
}

const rowsOf = (measured, most) =>
  Object.entries(measured).map(([name, { seconds, bytes, megabytes }]) => [
    name,
    seconds.toFixed(1),
    (bytes / 1e6).toFixed(1),
    within(megabytes, most, 0),
  ]);

/** A stand-in in a process of its own, which ends when its input does. */
async function ofTracker(standIns, bugs) {
  const server = spawn(process.execPath, [fileURLToPath(import.meta.url), 'stand-in', standIns, bugs], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const [said] = await once(server.stdout.setEncoding('utf8'), 'data');
  const { settings, env } = JSON.parse(said);
  const args = JSON.stringify(await configured(settings, standIns));
  const measured = { [`${bugs} bugs, json`]: inItsOwnProcess(import.meta.url, 'json', standIns, args, JSON.stringify(env)) };
  server.stdin.end();
  await once(server, 'exit');
  return rowsOf(measured, MOST[bugs]);
}

async function ofTrackers() {
  const standIns = await buildStandIns();
  const rows = [];
  for (const bugs of Object.keys(MOST).map(Number)) rows.push(...(await ofTracker(standIns, bugs)));
  rmSync(standIns, { recursive: true });
  printTable(['GitHub, histories included', 'seconds', 'MB written', 'MB of memory'], rows);
}

async function standIn(folder, bugs) {
  const { fake, settings, env } = await TRACKERS.github(folder, bugs);
  console.log(JSON.stringify({ settings, env }));
  await once(process.stdin.resume(), 'end');
  await fake.close();
}

const [what, folder, args, env] = process.argv.slice(2);
if (what === 'stand-in') await standIn(folder, Number(args));
else if (env) await measure(what, folder, JSON.parse(args), JSON.parse(env));
else {
  if (what !== 'trackers') await ofSnapshots();
  console.log();
  if (what !== 'snapshots') await ofTrackers();
}
