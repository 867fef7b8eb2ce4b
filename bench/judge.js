// What judging a snapshot takes, against reading the same lines and parsing them: node bench/judge.js (after npm run build)
// Seconds are those of the processor, without the start of the program; memory is the peak of a process that does nothing else.
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadConfig } from '../dist/config/load.js';
import { reportEntry } from '../dist/report/entry.js';
import { judge } from '../dist/rules/judge.js';
import { readLines } from '../dist/trackers/file/lines.js';
import { readBugs } from '../dist/trackers/file/read.js';
import { writeSnapshot } from './backlog.js';
import { inItsOwnProcess, inTurns, printTable, used, within } from './measure.js';
import { programThatWorks } from './program.js';

const NOW = '2026-11-22T09:00:00Z';
const MOST_REPORTED = 1_000_000;
const SIZES = { 10000: 5, 100000: 3, 1000000: 1 };

/** What is done to the bugs of a file, each including the one before; the last one is the program as it is. */
const TASKS = {
  async 'read and parse the lines'(path) {
    for await (const { lines } of readLines({ path, shown: path })) for (const line of lines) JSON.parse(line);
  },
  async 'check them'(path) {
    for await (const bugs of bugsIn(path)) if (bugs.length === 0) throw new Error('no bugs');
  },
  async 'judge them'(path) {
    const { rules } = await configFor(path);
    for await (const bugs of bugsIn(path)) for (const bug of bugs) judge(bug, rules, NOW);
  },
  async 'make entries of a report'(path) {
    const { rules } = await configFor(path);
    for await (const bugs of bugsIn(path)) for (const bug of bugs) reportEntry(bug, judge(bug, rules, NOW), rules, NOW);
  },
  async 'bugprune report --format ndjson'(path) {
    await programThatWorks(['report', path, '--format', 'ndjson', '--now', NOW], { cwd: join(path, '..') });
  },
};

/** Times what the judging adds to reading and parsing; memory while it is flat. */
const BOUNDS = { 'judge them': { times: 2, megabytes: 150 } };

const bugsIn = (path) => readBugs({ path, shown: path }, new AbortController().signal);

function configFor(path) {
  const context = { variables: {}, isFile: existsSync };
  const none = () => Promise.resolve(null);
  return loadConfig({ file: null, cwd: join(path, '..'), sources: [path], only: [], context, about: null, fallback: none });
}

async function measure(name, path) {
  // Once before, with little, so that loading and compiling are not part of it.
  await TASKS[name](join(path, '..', 'few.ndjson'));
  const { seconds: before } = used();
  await TASKS[name](path);
  const { seconds, megabytes } = used();
  console.log(JSON.stringify({ seconds: seconds - before, megabytes }));
}

async function report(sizes) {
  const folder = mkdtempSync(join(tmpdir(), 'bugprune-bench-'));
  await writeSnapshot(join(folder, 'few.ndjson'), 200);
  for (const size of sizes.map(Number)) {
    const path = join(folder, `${size}.ndjson`);
    await writeSnapshot(path, size);
    // A report holds an entry for every bug: with a million of them, more than the memory that Node takes unless told otherwise.
    const names = Object.keys(TASKS).filter((name) => size < MOST_REPORTED || !name.startsWith('bugprune'));
    const tasks = names.map((name) => [name, () => inItsOwnProcess(import.meta.url, name, path)]);
    const measured = inTurns(SIZES[size], Object.fromEntries(tasks));
    rmSync(path);
    const { seconds: parsing } = Object.values(measured)[0];
    const rows = Object.entries(measured).map(([name, { seconds, megabytes }]) => [
      name,
      seconds.toFixed(2),
      within(seconds / parsing, BOUNDS[name]?.times ?? null, 1),
      within(megabytes, BOUNDS[name]?.megabytes ?? null, 0),
    ]);
    printTable([`snapshot of ${size} bugs`, 'seconds', 'times parsing', 'MB'], rows);
    console.log();
  }
  rmSync(folder, { recursive: true });
}

const [first, path] = process.argv.slice(2);
if (path) await measure(first, path);
else await report(first ? [first] : Object.keys(SIZES));
