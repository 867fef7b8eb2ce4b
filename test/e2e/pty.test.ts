import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { copyFileSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import type { Bug } from '../../src/model/bug.js';
import { emptyFolder } from './program.js';

const SAMPLE = fileURLToPath(new URL('../../examples/backlog.ndjson', import.meta.url));
const BIN = fileURLToPath(new URL('../../bin/bugprune.js', import.meta.url));
const NOW = '2026-11-22T09:00:00Z';

/** `script` of util-linux runs a program at a terminal of its own; that of macOS and the BSDs takes other options. */
const hasTerminals = spawnSync('script', ['--version'], { encoding: 'utf8' }).stdout?.includes('util-linux') === true;
const isBuilt = existsSync(fileURLToPath(new URL('../../dist/cli/main.js', import.meta.url)));

const quoted = (word: string): string => `'${word.replaceAll("'", "'\\''")}'`;

/**
 * Runs the built program at a terminal. `keys` are typed one after another, each when the text before it has appeared since the last one.
 */
function atTerminal(args: readonly string[], cwd: string, keys: Keys) {
  return typedAt([process.execPath, BIN, ...args].map(quoted).join(' '), { cwd, path: process.env.PATH ?? '' }, keys);
}

/** What is typed, and the text behind which it is. */
type Keys = readonly (readonly [after: string, typed: string])[];

/** The same for any command. */
async function typedAt(command: string, { cwd, path }: { readonly cwd: string; readonly path: string }, keys: Keys) {
  const child: ChildProcess = spawn('script', ['-qec', command, '/dev/null'], {
    cwd,
    env: { PATH: path, HOME: cwd, TERM: 'xterm', COLUMNS: '60', NO_COLOR: '1' },
    stdio: ['pipe', 'pipe', 'inherit'],
    timeout: 55_000,
  });
  const left = [...keys];
  let text = '';
  let seen = 0;
  child.stdout?.setEncoding('utf8').on('data', (part: string) => {
    text += part;
    const [next] = left;
    if (!next || !text.slice(seen).includes(next[0])) return;
    left.shift();
    seen = text.length;
    child.stdin?.write(next[1]);
  });
  const code = await new Promise<number | null>((resolve, reject) => child.on('error', reject).on('close', resolve));
  // biome-ignore lint/suspicious/noControlCharactersInRegex: how a terminal is told to move its cursor
  return { code, left, text: text.replace(/\u001b\[[\d;?]*[A-Za-z]/g, '').replaceAll('\r', '') };
}

const ASKED = '[y,n,s,c,b,a,q,?]';
const INTERACTIVE = ['prune', 'backlog.ndjson', '--interactive', '--now', NOW];

function sample() {
  const cwd = emptyFolder();
  const path = join(cwd, 'backlog.ndjson');
  copyFileSync(SAMPLE, path);
  const bugs = () =>
    readFileSync(path, 'utf8')
      .trim()
      .split('\n')
      .slice(1)
      .map((line) => JSON.parse(line) as Bug);
  return { cwd, bugs, isUntouched: () => readFileSync(path, 'utf8') === readFileSync(SAMPLE, 'utf8') };
}

describe.skipIf(!hasTerminals || !isBuilt)('at a real terminal', { timeout: 60_000 }, () => {
  test('proposals are gone through, carried out, and taken back', async () => {
    const { cwd, bugs } = sample();
    const states = () => bugs().map(({ state }) => state);
    // The sample has a past.
    const marks = () =>
      bugs().flatMap(({ events }) => events.flatMap(({ mark }) => (mark?.run.startsWith('20261122T09') ? [mark.action] : [])));
    const before = states();
    const pruned = await atTerminal(INTERACTIVE, cwd, [
      [ASKED, 'y\r'],
      [ASKED, 'n\r'],
      [ASKED, 's\r'],
      ['Until when?', '6w\r'],
      [ASKED, 'q\r'],
      ['[y/N, b goes back]', 'y\r'],
    ]);
    expect(pruned).toMatchObject({ code: 0, left: [] });
    expect(pruned.text).toContain('Chosen: close 1, keep 1, snooze 1;');
    expect(pruned.text).toContain('Closed (1)\n');
    expect(pruned.text).toContain('Snoozed (1)\n');
    expect(marks()).toEqual(['close', 'snooze']);

    const undone = await atTerminal(['undo', '--now', '2026-11-23T09:00:00Z'], cwd, [['[y/N]', 'y\r']]);
    expect(undone).toMatchObject({ code: 0, left: [] });
    expect(states()).toEqual(before);
    expect(marks()).toEqual(['undo', 'undo']);
  });

  test.each([
    ['Ctrl-D', '\u0004', 0, 'Nothing was changed.'],
    ['Ctrl-C', '\u0003', 130, 'Interrupted.'],
  ])('%s ends it, and nothing is changed', async (_, key, code, told) => {
    const backlog = sample();
    const ended = await atTerminal(INTERACTIVE, backlog.cwd, [
      [ASKED, 'y\r'],
      [ASKED, key],
    ]);
    expect(ended).toMatchObject({ code, left: [] });
    expect(ended.text).toContain(told);
    expect(backlog.isUntouched()).toBe(true);
    expect(existsSync(join(backlog.cwd, '.bugprune'))).toBe(false);
  });

  test('somebody new gets from nothing to a prune and back, with nothing but what is suggested', async () => {
    const { cwd, bugs } = sample();
    const before = bugs().map(({ state }) => state);
    // The sample has its own time, and a shell that waits for the next command its own sign.
    const bin = join(emptyFolder(), 'bin');
    mkdirSync(bin);
    const program = `#!/bin/sh\nexec '${process.execPath}' '${BIN}' "$@" --now ${NOW}\n`;
    writeFileSync(join(bin, 'bugprune'), program, { mode: 0o755 });
    const shell = `PS1='ready> ' exec ${existsSync('/bin/dash') ? '/bin/dash' : '/bin/sh'} -i`;
    const { code, left, text } = await typedAt(shell, { cwd, path: `${bin}:${process.env.PATH ?? ''}` }, [
      ['ready> ', 'bugprune init backlog.ndjson\r'],
      ['0 for none [1, 2]: ', '\r'],
      ['[Y/n] ', 'n\r'],
      ['Number [1]: ', '3\r'],
      ['ready> ', 'bugprune doctor\r'],
      ['ready> ', 'bugprune\r'],
      ['ready> ', 'bugprune prune --interactive\r'],
      [ASKED, 'y\r'],
      [ASKED, 'n\r'],
      [ASKED, 's\r'],
      ['Until when?', 'forever\r'],
      [ASKED, 'q\r'],
      ['[y/N, b goes back]', 'y\r'],
      ['ready> ', 'bugprune history\r'],
      ['ready> ', 'bugprune undo\r'],
      ['[y/N]', 'y\r'],
      ['ready> ', 'exit\r'],
    ]);
    expect({ code, left }).toEqual({ code: 0, left: [] });
    const said = [
      'Written: ',
      '83 of 312 open bugs, closed at once',
      'Next: bugprune doctor',
      'Nothing is wrong',
      'bugprune dry run, nothing was changed',
      'Chosen: close 1, keep 1, snooze 1;',
      'Closed (1)',
      'To take it back: bugprune undo ',
      '1 snoozed',
      'Reopen 1 bug of run',
      '2 taken back.',
    ];
    // In this order.
    expect(text).toMatch(new RegExp(said.map((words) => words.replace(/[()]/g, '\\$&')).join('.*?'), 's'));
    expect(text).not.toContain('bugprune: ');
    expect(bugs().map(({ state }) => state)).toEqual(before);
  });
});
