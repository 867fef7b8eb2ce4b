// What all measurements share: a process for each, several of each in turns, and a table that says what was allowed.
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

/** Runs a script of this folder (`import.meta.url`) in a process of its own, and gives what it prints as JSON. */
export function inItsOwnProcess(url, ...given) {
  const { status, stdout } = spawnSync(process.execPath, [fileURLToPath(url), ...given.map(String)], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  if (status !== 0) throw new Error(`${given.join(' ')} failed (${status})`);
  return JSON.parse(stdout);
}

/** What a process has used by now: `seconds` of the processor, and `megabytes` of memory at its peak. */
export function used() {
  const { user, system } = process.cpuUsage();
  return { seconds: (user + system) / 1e6, megabytes: process.resourceUsage().maxRSS / 1024 };
}

export function median(values) {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

/** Does each task once a round, so that whatever else the machine is doing falls on all of them. Gives the median of each number. */
export function inTurns(rounds, tasks) {
  const results = Object.keys(tasks).map(() => []);
  for (let round = 0; round < rounds; round++) {
    for (const [index, task] of Object.values(tasks).entries()) results[index].push(task());
  }
  return Object.fromEntries(Object.keys(tasks).map((name, index) => [name, medians(results[index])]));
}

function medians(results) {
  const names = Object.keys(results[0]);
  return Object.fromEntries(names.map((name) => [name, median(results.map((result) => result[name]))]));
}

/** A measured value with what it may be at most; a null `bound` is no budget. A miss ends the process with 1. */
export function within(value, bound, digits = 2) {
  const shown = value.toFixed(digits);
  if (bound === null) return shown;
  if (value > bound) process.exitCode = 1;
  return value > bound ? `**${shown}** > ${bound}` : `${shown} ≤ ${bound}`;
}

/** Prints a table as it stands in docs/performance.md. The first column is text, the others are numbers. */
export function printTable(heads, rows) {
  const cells = [heads, ...rows].map((row) => row.map(String));
  const widths = heads.map((_, column) => Math.max(4, ...cells.map((row) => row[column].length)));
  const line = (row) =>
    `| ${row.map((cell, column) => (column === 0 ? cell.padEnd(widths[column]) : cell.padStart(widths[column]))).join(' | ')} |`;
  const [head, ...body] = cells;
  const rule = widths.map((width, column) => (column === 0 ? '-'.repeat(width) : `${'-'.repeat(width - 1)}:`));
  console.log([line(head), line(rule), ...body.map(line)].join('\n'));
}
