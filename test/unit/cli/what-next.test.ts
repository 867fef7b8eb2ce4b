import { describe, expect, test } from 'vitest';
import { run } from '../../../src/cli/main.js';
import { memoryTracker } from '../../../src/testing.js';
import { aFolder, aFolderWith, anIo, BUGS, kept, NOW, runs } from './given.js';

const CONFIG = ['--config', 'my.yaml'];

describe('after a prune', () => {
  test('it is told how to take it back, and that does it', async () => {
    const tracker = memoryTracker(BUGS, () => NOW);
    const cwd = await aFolderWith(() => tracker);
    const { code, out } = await runs(['prune', ...CONFIG, '--yes', '--state-dir', 'journals'], { cwd });
    expect(code).toBe(0);
    const [, command = ''] = /^To take it back: bugprune (.+)\n$/m.exec(out) ?? [];
    expect(command).toMatch(/^undo 20261122T090000Z-\w+ --config my\.yaml --state-dir journals$/);
    const undone = await runs([...command.split(' '), '--yes'], { cwd, random: () => 'beef01' });
    expect({ code: undone.code, out: undone.out }).toEqual({ code: 0, out: expect.stringContaining('1 taken back.') });
  });

  test('nothing is said of it where nothing was done', async () => {
    const cwd = await aFolderWith(() => memoryTracker(BUGS.slice(1), () => NOW));
    const { code, out } = await runs(['prune', ...CONFIG, '--yes'], { cwd });
    expect(code).toBe(0);
    expect(out).toContain('3 open bugs: 0 closed');
    expect(out).not.toContain('To take it back');
  });
});

describe('a prune that is refused by a limit', () => {
  const LIMITED = { 'my.yaml': 'trackers:\n  app: { type: ./tracker.mjs }\nlimits: { closes: 0 }\n' };
  const AHEAD = /^All of them: bugprune prune --config my\.yaml --limit 1$/gm;

  test.each([
    ['a terminal', true, [1, 0]],
    ['a pipe', false, [1, 1]],
  ])('shows the command that goes ahead once to whoever looks: at %s', async (_, isTerminal, times) => {
    const cwd = await aFolderWith(undefined, LIMITED);
    const args = ['prune', ...CONFIG, '--yes', '--no-color'];
    const { code, out, err } = await runs(args, { cwd, out: kept({ isTerminal }) });
    expect(code).toBe(6);
    expect([out, err].map((text) => text.match(AHEAD)?.length ?? 0)).toEqual(times);
    expect(err).toContain('Nothing was changed.');
  });

  test('says it on stderr, too, where stdout has something else than the table', async () => {
    const cwd = await aFolderWith(undefined, LIMITED);
    const { err } = await runs(['prune', ...CONFIG, '--yes', '--json'], { cwd, out: kept({ isTerminal: true }) });
    expect(err).toMatch(AHEAD);
  });
});

test('whoever is asked sees what would be done, and the rest only counted', async () => {
  const cwd = await aFolderWith();
  const asked: string[] = [];
  const io = anIo({
    cwd,
    err: kept({ width: 100 }),
    canAsk: true,
    ask: (question) => {
      asked.push(question);
      return Promise.resolve('n');
    },
  });
  expect(await run(['prune', ...CONFIG], io)).toBe(0);
  const shown = io.err.text();
  expect(asked).toEqual(['\nClose 1 of 4 open bugs, with a comment? [y/N] ']);
  expect(shown).toContain('acme/app#1  ');
  expect(shown).not.toContain('Needs attention');
  expect(shown).not.toContain('acme/app#2');
  expect(shown).toContain('4 open bugs: 1 would be closed (limit 1), 2 kept (1 of them needs attention), 1 undecided');
});

test('a report that is carried out where nothing is configured says what is missing', async () => {
  const made = await runs([...CONFIG, '--json'], { cwd: await aFolderWith() });
  const { code, out, err } = await runs(['prune', 'report.json', '--yes'], { cwd: await aFolder({ 'report.json': made.out }) });
  expect({ code, out }).toEqual({ code: 2, out: '' });
  expect(err).toMatch(/^bugprune: report\.json is carried out on what it was made from/);
  expect(err).toContain('bugprune prune report.json https://github.com/OWNER/REPO');
});
