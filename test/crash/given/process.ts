import { type ChildProcess, spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { Outcome } from '../../e2e/program.js';
import type { Place } from './place.js';

const BIN = fileURLToPath(new URL('../../../bin/bugprune.js', import.meta.url));
const KILL = new URL('kill.js', import.meta.url).href;

/** How a process ended, and whether a signal ended it. */
export interface Ended extends Outcome {
  readonly signal: NodeJS.Signals | null;
}

/** The built program at work. */
export interface Running {
  readonly child: ChildProcess;
  readonly ended: Promise<Ended>;
  /** Resolves when this has been said on stderr. */
  says(text: string): Promise<void>;
}

/** Starts the built program with a command of a place. */
export function start({ folder, env, command }: Place, words: readonly string[], more: Record<string, string> = {}): Running {
  const child = spawn(process.execPath, [BIN, ...command(...words)], {
    cwd: folder,
    env: { PATH: process.env.PATH ?? '', HOME: folder, ...env, ...more },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let [stdout, stderr] = ['', ''];
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    stdout += text;
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    stderr += text;
  });
  const ended = new Promise<Ended>((resolve, reject) => {
    child.on('error', reject).on('close', (code, signal) => resolve({ code, signal, stdout, stderr }));
  });
  const says = (text: string) =>
    new Promise<void>((resolve) => {
      const look = () => {
        if (!stderr.includes(text)) return;
        child.stderr.off('data', look);
        resolve();
      };
      child.stderr.on('data', look);
      look();
    });
  return { child, ended, says };
}

/** Gives a command to the built program, which is killed at a certain point: see `kill.js`. */
export function killed(place: Place, at: string, ...words: string[]): Promise<Ended> {
  return start(place, words, { KILL_AT: at, NODE_OPTIONS: `--import=${KILL}` }).ended;
}
