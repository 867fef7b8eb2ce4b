import { describe, expect, test } from 'vitest';
import { paletteFor } from '../../../src/cli/palette.js';
import { startProgress, type Talk } from '../../../src/cli/progress.js';
import { pruneCommandLine } from '../../../src/cli/suggest.js';
import { TrackerError } from '../../../src/errors.js';
import { widthOf } from '../../../src/report/columns.js';
import type { RunEvent } from '../../../src/use-cases/collect.js';
import { aFolderWith, anIo, aShell, kept, runs } from './given.js';

describe('colours', () => {
  const terminal = kept({ isTerminal: true });
  const pipe = kept();

  test.each([
    ['a terminal', terminal, {}, true, true],
    ['a pipe', pipe, {}, true, false],
    ['--no-color', terminal, {}, false, false],
    ['--no-color against FORCE_COLOR', terminal, { FORCE_COLOR: '3' }, false, false],
    ['NO_COLOR', terminal, { NO_COLOR: '1' }, true, false],
    ['an empty NO_COLOR, which says nothing', terminal, { NO_COLOR: '' }, true, true],
    ['FORCE_COLOR into a pipe', pipe, { FORCE_COLOR: '1' }, true, true],
    ['an empty FORCE_COLOR', pipe, { FORCE_COLOR: '' }, true, true],
    ['FORCE_COLOR=0', terminal, { FORCE_COLOR: '0' }, true, false],
    ['FORCE_COLOR=false', terminal, { FORCE_COLOR: 'false' }, true, false],
    ['FORCE_COLOR against NO_COLOR', pipe, { FORCE_COLOR: '1', NO_COLOR: '1' }, true, true],
    ['a terminal that can do nothing', terminal, { TERM: 'dumb' }, true, false],
  ])('%s', (_, output, variables, wanted, coloured) => {
    expect(paletteFor(output, { variables }, wanted).red('x') !== 'x').toBe(coloured);
  });

  test('the program asks for them once, for stdout', async () => {
    const cwd = await aFolderWith();
    const args = ['--config', 'my.yaml'];
    // biome-ignore lint/suspicious/noControlCharactersInRegex: colours begin with one
    const colour = /\u001b\[/;
    expect((await runs(args, { cwd })).out).not.toMatch(colour);
    expect((await runs(args, { cwd, out: kept({ isTerminal: true }) })).out).toMatch(colour);
    expect((await runs([...args, '--no-color'], { cwd, out: kept({ isTerminal: true }) })).out).not.toMatch(colour);
    expect((await runs([...args, '--json'], { cwd, variables: { FORCE_COLOR: '1' } })).out).not.toMatch(colour);
  });
});

describe('progress', () => {
  const read: RunEvent = { type: 'read', tracker: 'app', count: 100 };
  const wait: RunEvent = { type: 'wait', tracker: 'app', seconds: 60, reason: 'a rate limit' };
  const blink: RunEvent = { type: 'wait', tracker: 'app', seconds: 1, reason: 'between two writes' };
  const note: RunEvent = { type: 'note', tracker: 'app', message: 'acme/attic is archived' };
  const problem: RunEvent = { type: 'problem', tracker: 'app', error: new TrackerError('network', 'The line went dead.') };
  const started: RunEvent = { type: 'run', run: 'r-1', total: 1 };
  const acting: RunEvent = { type: 'acting', ref: 'acme/app#1', index: 0, total: 3 };
  const all = [read, wait, blink, note, problem, started, acting];

  /** What is written when these events happen, one each second, the first after one. */
  function shown(talk: Talk, events: readonly RunEvent[], isTerminal = false, seconds = 1): string {
    let now = 0;
    const io = anIo({ err: kept({ isTerminal, width: 40 }), elapsed: () => now });
    const progress = startProgress(aShell(io), talk);
    for (const event of events) {
      now += seconds * 1000;
      progress.on(event);
    }
    progress.done();
    return io.err.text();
  }

  test('in a log: what it should know, a line each', () => {
    expect(shown('normal', all)).toBe(
      'app: waiting 60 s: a rate limit\n' + 'Run r-1: 1 bug to go through. Ctrl-C finishes the current one and stops.\n',
    );
  });

  test('--quiet: nothing but the run, which undoing it takes', () => {
    const run = 'Run r-1: 1 bug to go through. Ctrl-C finishes the current one and stops.\n';
    expect(shown('quiet', all)).toBe(run);
    expect(shown('quiet', all, true)).toBe(run);
  });

  test('--verbose: everything, a line each, on a terminal too', () => {
    const lines = [
      'app: 100 bugs read',
      'app: waiting 60 s: a rate limit',
      'app: waiting 1 s: between two writes',
      'app: acme/attic is archived',
      'app: The line went dead.',
      'Run r-1: 1 bug to go through. Ctrl-C finishes the current one and stops.',
      '1 of 3: acme/app#1',
    ];
    expect(shown('verbose', all)).toBe(`${lines.join('\n')}\n`);
    expect(shown('verbose', all, true)).toBe(`${lines.join('\n')}\n`);
  });

  test('on a terminal: one line that rewrites itself, and is gone when a message comes and at the end', () => {
    expect(shown('normal', [read, read, acting, wait, acting], true)).toBe(
      '\rapp: 100 bugs read\rapp: 200 bugs read\r1 of 3: acme/app#1' +
        `\r${' '.repeat(18)}\rapp: waiting 60 s: a rate limit\n\r1 of 3: acme/app#1\r${' '.repeat(18)}\r`,
    );
  });

  test('histories are counted for each tracker by itself, with the time that is left', () => {
    const histories = (tracker: string, done: number): RunEvent => ({ type: 'histories', tracker, done, total: 500 });
    const events = [histories('app', 0), histories('erp', 0), histories('app', 100), histories('erp', 250)];
    const io = anIo({ err: kept({ isTerminal: true, width: 80 }), elapsed: () => now });
    let now = 0;
    const progress = startProgress(aShell(io), 'normal');
    for (const event of events) {
      now += 5000;
      progress.on(event);
    }
    expect(
      io.err
        .text()
        .split('\r')
        .map((line) => line.trimEnd()),
    ).toEqual([
      '',
      'app: 0 of 500 histories read',
      'erp: 0 of 500 histories read',
      'app: 100 of 500 histories read, about 40 s left',
      'erp: 250 of 500 histories read, about 10 s left',
    ]);
    expect(shown('normal', events)).toBe('');
  });

  test('not for what is done at once, and not faster than one can read', () => {
    expect(shown('normal', [read, read], true, 0.4)).toBe('');
    const many = Array.from({ length: 1000 }, () => read);
    expect(shown('normal', many, true, 0.002).split('app:').length - 1).toBeLessThan(15);
  });

  test('it is never wider than the terminal, and cannot be made to do anything', () => {
    const evil: RunEvent = { type: 'acting', ref: `\u001b[2J::error::${'漢'.repeat(50)}`, index: 0, total: 1 };
    const [, line = ''] = shown('normal', [evil], true).split('\r');
    expect(widthOf(line)).toBeLessThan(40);
    expect(line).not.toContain('\u001b');
    expect(line).not.toContain('::');
    const hostile = new TrackerError('network', 'x\n::error::y');
    expect(shown('verbose', [{ type: 'problem', tracker: 'app', error: hostile }])).not.toMatch(/^\s*::/m);
  });

  test('the program is quiet or verbose as it is told', async () => {
    const cwd = await aFolderWith();
    const args = ['--config', 'my.yaml'];
    expect((await runs([...args, '--quiet'], { cwd })).err).toBe('');
    expect((await runs([...args, '-v'], { cwd })).err).toContain('app: 4 bugs read\n');
  });
});

test.each([
  [[], {}, 'bugprune prune'],
  [[], { output: ['agenda.json', 'out/x.agenda.json', 'report.json'] }, 'bugprune prune report.json'],
  [[], { output: ['agenda.json', 'agenda.md'] }, 'bugprune prune'],
  [['https://github.com/acme/app', 'acme/lib'], {}, 'bugprune prune https://github.com/acme/app acme/lib'],
  [
    [],
    { config: 'ci/my.yaml', tracker: ['app', 'my lib'] },
    "bugprune prune --config ci/my.yaml --tracker app --tracker 'my lib'",
  ],
  [["it's.ndjson"], { now: '2026-11-22T09:00:00Z' }, "bugprune prune 'it'\\''s.ndjson' --now 2026-11-22T09:00:00Z"],
  [['acme/app#12', '$(rm -rf)', '`x`', ''], {}, "bugprune prune 'acme/app#12' '$(rm -rf)' '`x`' ''"],
])('the next command after %j %j', (sources, options, line) => {
  expect(pruneCommandLine(sources, { color: true, ...options })).toBe(line);
});
