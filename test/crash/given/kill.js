/**
 * Loaded before the program by `node --import`: kills the process, as a loss of power would, at one line of its journal or at one
 * change of a snapshot. `KILL_AT` says where: `line 3 after` (the third line is on the disk), `line 3 torn` (half of it is),
 * `rename 1 before`, `rename 1 after`.
 */
import fs from 'node:fs/promises';
import { syncBuiltinESMExports } from 'node:module';
import { env, kill, pid } from 'node:process';
import { cutter } from './cut.js';

const [what, nth, how] = (env.KILL_AT ?? '').split(' ');
const JOURNAL = /[\\/]runs[\\/].*\.jsonl/;
const SNAPSHOT = /\.ndjson$/;

const { open, rename } = fs;
const cutOf = cutter(Number(nth), how);
let renames = 0;

fs.open = async (path, flags, mode) => {
  const file = await open(path, flags, mode);
  if (what === 'line' && JOURNAL.test(String(path)) && flags !== 'r') watch(file);
  return file;
};

fs.rename = async (from, to) => {
  const isIt = what === 'rename' && SNAPSHOT.test(String(to)) && ++renames === Number(nth);
  if (isIt && how === 'before') await die();
  await rename(from, to);
  if (isIt) await die();
};

syncBuiltinESMExports();

/** Whichever way the program writes, it comes along here. */
function watch(file) {
  for (const name of ['appendFile', 'writeFile', 'write']) {
    const write = file[name].bind(file);
    file[name] = async (data, ...others) => {
      const text = String(data);
      const cut = cutOf(text);
      if (cut === null) return await write(data, ...others);
      await write(text.slice(0, cut));
      await file.sync();
      return await die();
    };
  }
}

function die() {
  kill(pid, 'SIGKILL');
  return new Promise(() => {});
}
