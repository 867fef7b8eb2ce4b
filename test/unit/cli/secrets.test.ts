import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { TrackerError } from '../../../src/errors.js';
import { memoryTracker } from '../../../src/testing.js';
import type { Call, Selection, Tracker, TrackerEnv } from '../../../src/trackers/tracker.js';
import { aFolderWith, anIo, aShell, BUGS, NOW, runs } from './given.js';

/** As passwords are: with characters that Markdown, JSON and logs escape. */
const SECRETS = ['ghp_0123456789abcdefghij', 'p*ss_w|rd "quoted" \\ ::x ##[y] <z>', 'abc', 'abcdef'];

/** A tracker that says its secrets wherever it can. */
function chatty({ secret }: TrackerEnv): Tracker {
  for (const value of SECRETS) secret(value);
  const memory = memoryTracker(BUGS, () => NOW);
  const words = SECRETS.join(' / ');
  return {
    ...memory,
    identify: () => Promise.resolve({ name: words }),
    search(what: Selection, call: Call) {
      call.on({ type: 'note', message: words });
      call.on({ type: 'wait', seconds: 60, reason: words });
      call.on({ type: 'problem', error: new TrackerError('network', words) });
      return memory.search(what, call);
    },
    close: () => Promise.reject(new TrackerError('unexpected', words)),
  };
}

async function everything(folder: string): Promise<string> {
  const files = (await readdir(folder)).filter((name) => name.startsWith('out'));
  expect(files.length).toBeGreaterThan(0);
  return (await Promise.all(files.map((name) => readFile(join(folder, name), 'utf8')))).join('\n');
}

const leaks = (text: string) =>
  SECRETS.filter((secret) => text.includes(secret) || text.includes(JSON.stringify(secret).slice(1, -1)));

describe('secrets reach', () => {
  test.each([
    [['report']],
    [['report', '--verbose', '--json']],
    [['report', '--format', 'markdown']],
    [['prune', '--yes', '--verbose']],
    [['prune', '--yes', '--json']],
  ])('neither the terminal nor files: %j', async (args) => {
    const cwd = await aFolderWith(chatty);
    const variables = { GITHUB_STEP_SUMMARY: join(cwd, 'out-summary.md') };
    const files = ['-o', 'out.json', '-o', 'out.md', '-o', 'out.txt'];
    const { out, err } = await runs([...args, '--config', 'my.yaml', ...files], { cwd, variables });
    const written = await everything(cwd);
    expect(written).toContain('[secret]');
    expect(leaks(`${out}\n${err}\n${written}`)).toEqual([]);
    // What was escaped before it was looked for would have slipped through.
    expect(`${out}\n${err}\n${written}`).not.toMatch(/quoted|ss\\?_w|def\b/);
  });

  test('no message about a failure, and no trace of a defect', async () => {
    const message = `it was ${SECRETS.join(' ')}`;
    for (const error of [new TrackerError('auth', message, { hint: message }), new RangeError(message)]) {
      const open = (env: TrackerEnv) => ({ ...chatty(env), identify: () => Promise.reject(error) });
      const { err } = await runs(['--config', 'my.yaml'], { cwd: await aFolderWith(open) });
      expect(err).toContain('[secret]');
      expect(err).not.toMatch(/quoted|ghp_|ss_w|def\b/);
    }
  });

  test('nothing at all once they are known, whichever came first', () => {
    const io = anIo({});
    const shell = aShell(io);
    shell.keepSecret('abc');
    shell.keepSecret('abcdef');
    shell.keepSecret('');
    shell.out.write('abcdef abc x');
    expect(io.out.text()).toBe('[secret] [secret] x');
  });
});

test('what servers and files say cannot command a terminal or a CI log', async () => {
  const message = 'line\n::error::x\n##[group]y \u001b[2J \u202e';
  for (const error of [new TrackerError('network', message, { hint: message }), new RangeError(message)]) {
    const open = () => ({ ...memoryTracker(BUGS, () => NOW), identify: () => Promise.reject(error) });
    const { err } = await runs(['--config', 'my.yaml'], { cwd: await aFolderWith(open) });
    expect(err).not.toMatch(/^\s*::|##\[/m);
    // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is looked for
    expect(err).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u202e]/);
  }
});

test('what stands in the command line cannot either', async () => {
  for (const args of [['--x\n::error::y'], ['schema', 'x\n::error::y'], ['x\n::error::y']]) {
    const { code, err } = await runs(args);
    expect(code).toBe(2);
    expect(err).toContain('error');
    expect(err).not.toMatch(/^\s*::/m);
  }
});
