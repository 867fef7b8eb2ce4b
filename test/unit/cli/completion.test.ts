import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { aFolder, runs } from './given.js';
import { FILES, hasShell, offered, type ShellName } from './shells.js';

const RUN = '20261122T090000Z-3f9a2c';

/** One that is named by somebody who means harm; the name of a run has no such signs. */
const HOSTILE_RUN = '$(touch pwned)';
const FOLDER = {
  'backlog.ndjson': '',
  'notes/read.me': '',
  [`.bugprune/runs/${RUN}.jsonl`]: '',
  [`.bugprune/runs/${HOSTILE_RUN}.jsonl`]: '',
};

/** What is offered behind a line, and whether files are, too: all, or folders only. */
const CASES: readonly [line: string, words: readonly string[], files?: 'files' | 'folders'][] = [
  ['bugprune pru', ['prune'], 'files'],
  ['bugprune backl', [], 'files'],
  ['bugprune --json back', [], 'files'],
  ['bugprune report back', [], 'files'],
  ['bugprune prune back', [], 'files'],
  ['bugprune --format nd', ['ndjson']],
  ['bugprune -f ht', ['html']],
  ['bugprune prune --json -f ma', ['markdown']],
  ['bugprune backtest --format ht', ['html']],
  ['bugprune backtest --format nd', []],
  ['bugprune backtest back', [], 'files'],
  ['bugprune backtest --vary back', [], 'files'],
  ['bugprune report --fail-on ', ['attention', 'close', 'undecided']],
  ['bugprune report --config ', [], 'files'],
  ['bugprune snapshot -o ', [], 'files'],
  ['bugprune prune --state-dir ', [], 'folders'],
  ['bugprune prune --limit ', []],
  ['bugprune history --now ', []],
  ['bugprune prune --resume ', [RUN]],
  ['bugprune undo 2', [RUN], 'files'],
  ['bugprune schema con', ['config']],
  ['bugprune completion ', ['bash', 'fish', 'zsh']],
  ['bugprune help un', ['undo']],
  ['bugprune snapshot --dr', []],
  ['bugprune prune --dr', ['--drain']],
];

async function optionsOf(...command: string[]): Promise<string[]> {
  const { out } = await runs([...command, '--help']);
  return [...out.matchAll(/^ {2}(?:(-\w), )?(--[\w-]+)/gm)]
    .flatMap(([, short, long]) => [short, long])
    .filter((one) => one !== undefined);
}

async function commands(): Promise<string[]> {
  const { out } = await runs(['--help']);
  return [...out.slice(out.indexOf('Commands:')).matchAll(/^ {2}([a-z]+) /gm)].map(([, name]) => name ?? '');
}

describe.each<ShellName>(['bash', 'zsh', 'fish'])('in %s', (shell) => {
  describe.skipIf(!hasShell(shell))(`with a real ${shell}`, () => {
    let script = '';
    beforeAll(async () => {
      script = (await runs(['completion', shell])).out;
    });
    const offer = async (lines: readonly string[], folder: string) => await offered(shell, script, lines, folder);

    test('offers what may stand there', async () => {
      const folder = await aFolder(FOLDER);
      const answers = await offer(
        CASES.map(([line]) => line),
        folder,
      );
      const found = CASES.map(([line], index) => [line, answers[index]]);
      const own = { files: ['backlog.ndjson', 'notes'], folders: ['notes'] };
      const expected = CASES.map(([line, words, files]) => {
        const typed = line.split(' ').at(-1) ?? '';
        const named = files ? own[files].filter((name) => name.startsWith(typed)) : [];
        return [line, [...words, ...(shell === 'bash' ? (files ? [FILES] : []) : named)].toSorted()];
      });
      expect(found.map(([line, words]) => [line, tidied(words)])).toEqual(expected);
      expect(existsSync(join(folder, 'pwned'))).toBe(false);
    });

    test('offers every option that the help of a command shows, and no other', async () => {
      const names = (await commands()).filter((name) => name !== 'help');
      expect(names).toContain('completion');
      const answers = await offer(
        names.map((name) => `bugprune ${name} -`),
        await aFolder(),
      );
      for (const [index, name] of names.entries()) {
        expect(
          answers[index]?.filter((word) => word !== FILES),
          name,
        ).toEqual((await optionsOf(name)).toSorted());
      }
    });

    test('at the start, offers every command, and the options of a report', async () => {
      const [words, options] = await offer(['bugprune ', 'bugprune -'], await aFolder());
      expect(words?.filter((word) => word !== FILES)).toEqual((await commands()).toSorted());
      const all = new Set([...(await optionsOf('report')), ...(await optionsOf())]);
      expect(options).toEqual([...all].toSorted());
    });

    test('an option and its value may be one word', async () => {
      const [formats] = await offer(['bugprune prune --format=ht'], await aFolder());
      expect(formats?.map((word) => word.replace(/^.*=/, ''))).toEqual(['html']);
    });

    test('finds the runs where the journals are', async () => {
      const env = { BUGPRUNE_STATE_DIR: await aFolder({ 'runs/elsewhere.jsonl': '' }) };
      expect(await offered(shell, script, ['bugprune prune --resume '], await aFolder(), env)).toEqual([['elsewhere']]);
    });
  });
});

/** The shells mark folders, and add a hint, each in its own way. */
const tidied = (words: unknown): string[] => (Array.isArray(words) ? words.map((word) => String(word).replace(/\/$/, '')) : []);

test('nothing is started for a TAB: the scripts are static', async () => {
  for (const shell of ['bash', 'zsh', 'fish']) {
    const { out } = await runs(['completion', shell]);
    expect(out).not.toMatch(/\bnode\b|\$\((bugprune|command)|^\s+bugprune /m);
  }
});

test('a shell that nobody has asked for is refused', async () => {
  expect(await runs(['completion', 'tcsh'])).toMatchObject({ code: 2, out: '' });
  expect((await runs(['completion'])).code).toBe(2);
});
