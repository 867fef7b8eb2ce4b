import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import type { Checkup } from '../../src/use-cases/doctor.js';
import {
  type FakeRequest,
  type Fault,
  type GithubFake,
  type GithubStore,
  githubStore,
  startGithub,
} from '../fakes/github/index.js';
import { inProcess } from './in-process.js';
import { bugprune, emptyFolder, type Outcome } from './program.js';

const TOKEN = 'test-token';
const NOW = '2026-11-22T09:00:00Z';
let fake: GithubFake | undefined;

afterEach(async () => {
  expect(fake?.violations ?? []).toEqual([]);
  expect(fake?.requests.filter(({ write, kind }) => write && kind === 'rest') ?? []).toEqual([]);
  await fake?.close();
  fake = undefined;
});

function store(): GithubStore {
  const github = githubStore({ now: () => NOW });
  github.addRepository('acme/app', { labels: ['bug', 'pinned', 'priority/p0', 'ui', 'docs'] });
  github.addMilestone('acme/app', { title: 'v2' });
  github.addMilestone('acme/app', { title: 'Backlog', state: 'closed' });
  return github;
}

interface Given {
  readonly args?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  readonly fault?: (request: FakeRequest) => Fault | undefined;
  readonly github?: GithubStore;
}

/** Runs `bugprune doctor` in a folder with this configuration; `settings` are those of its tracker `app`. */
async function doctor(
  settings: object,
  rest: object,
  { args = [], env = {}, fault, github = store() }: Given = {},
): Promise<Outcome> {
  fake = await startGithub({ store: github, now: () => NOW, ...(fault && { fault }) });
  const cwd = emptyFolder();
  const app = { type: 'github', url: fake.url, repos: ['acme/app'], ...settings };
  await writeFile(join(cwd, '.bugprunerc'), JSON.stringify({ trackers: { app }, ...rest }));
  return await bugprune(['doctor', ...args], { cwd, env: { GITHUB_TOKEN: TOKEN, COLUMNS: '80', ...env } });
}

/** Everything in it that can be wrong is. */
const WRONG_SETTINGS = {
  bugs: { labels: ['bgu'] },
  priority: { Blocker: ['P0'] },
  inProgress: ['doing'],
  closeAs: { label: 'ntbf' },
};
const WRONG_NAMES = {
  keep: { labels: ['pinend', 'area/*'], priorities: ['P9'] },
  policies: [{ name: 'old', when: { untargetedFor: '6w', types: ['Bugg'] } }],
  targets: { parked: ['Backlogg', 'Future*'] },
};

describe('a configuration that is right', () => {
  test('is praised in a few lines', async () => {
    const { code, stdout, stderr } = await doctor({}, { keep: { labels: ['pinned'] }, targets: { parked: ['Backlog'] } });
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toBe(
      [
        'app (github)',
        '  ok  github:acme/app knows us as octocat.',
        '  ok  acme/app: 5 labels, 2 milestones (1 open). We may close bugs (role write).',
        '  ok  Bugs are told by: label "bug", issue type "Bug".',
        '  ok  All 2 names that rules and settings use exist.',
        '  ok  4998 of 5000 points of the hourly rate limit are left.',
        '',
        'Nothing is wrong.',
        'Next: bugprune report',
        '',
      ].join('\n'),
    );
  });

  test('with something worth knowing is still right', async () => {
    const github = githubStore({ now: () => NOW });
    github.addRepository('acme/app', { labels: ['bug'], permission: 'READ' });
    const { code, stdout } = await doctor({}, {}, { github });
    expect(code).toBe(0);
    expect(stdout).toMatch(/ -- {2}acme\/app: we may only read\.\n {6}> Dry runs/);
    expect(stdout).toContain('targets.treat.unplanned: untargeted');
    expect(stdout).toMatch(/\nNothing is wrong; 2 notes\.\nNext: bugprune report\b.*\n$/);
  });

  test('needs no file: a source will do', async () => {
    fake = await startGithub({ store: store(), now: () => NOW });
    const env = { GITHUB_API_URL: fake.url, GITHUB_TOKEN: TOKEN };
    const { code, stdout } = await bugprune(['doctor', 'acme/app', '--json'], { env });
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({
      kind: 'checkup',
      config: null,
      trackers: [{ tracker: 'acme/app', type: 'github' }],
    });
  });
});

describe('wrong names', () => {
  test.each(['40', '80', '160'])('are all told, in %s columns, each with what to do', async (columns) => {
    const { code, stdout, stderr } = await doctor(WRONG_SETTINGS, WRONG_NAMES, { env: { COLUMNS: columns } });
    expect({ code, stderr }).toEqual({ code: 2, stderr: '' });
    const lines = stdout.split('\n');
    expect(lines.filter((line) => line.length > Math.min(Number(columns), 120))).toEqual([]);
    expect(lines.filter((line) => line.startsWith('  !!  '))).toHaveLength(8);
    // What is not in order is followed by what to do about it, before anything else begins.
    const entries = stdout.split(/\n {2}(?=!! |-- |ok )/).slice(1);
    for (const entry of entries) expect(/\n {6}> \S/.test(entry)).toBe(!entry.startsWith('ok'));
    const words = stdout.replace(/\s+/g, ' ');
    for (const name of ['bgu', 'P0', 'doing', 'pinend', 'area/*', 'Bugg', 'Backlogg', 'Future*', 'P9'])
      expect(words).toContain(`"${name}"`);
    for (const nearest of ['label: pinned', 'label: priority/p0', 'issue type: Bug', 'milestone: Backlog'])
      expect(words).toContain(`Nearest ${nearest}.`);
    expect(words).toMatch(/8 things are to be set right; 1 note\. $/);
  });

  test('are the same as JSON', async () => {
    const { code, stdout, stderr } = await doctor(WRONG_SETTINGS, WRONG_NAMES, { args: ['--json'] });
    expect({ code, stderr }).toEqual({ code: 2, stderr: '' });
    const document = JSON.parse(stdout) as { config: string; trackers: Checkup[] };
    expect(document).toMatchObject({ version: 1, kind: 'checkup', config: expect.stringContaining('.bugprunerc') });
    const findings = document.trackers.flatMap((one) => one.findings);
    expect(findings.filter(({ severity }) => severity === 'config')).toHaveLength(8);
    for (const { severity, message, hint } of findings) {
      expect(message).not.toBe('');
      if (severity !== 'ok') expect(hint).toMatch(/\w/);
    }
  });

  test('have colours where they are wanted', async () => {
    const { stdout } = await doctor(WRONG_SETTINGS, {}, { env: { FORCE_COLOR: '1' } });
    expect(stdout).toContain('\u001b[31m!!\u001b[39m');
    expect(stdout).toContain('\u001b[32mok\u001b[39m');
  });

  test('of a repository that was renamed', async () => {
    const github = store();
    github.addRepository('acme/old', { renamedTo: 'acme/app' });
    const { code, stdout } = await doctor({ repos: ['acme/old'] }, {}, { github });
    expect(code).toBe(2);
    expect(stdout).toMatch(/!! {2}acme\/old is now acme\/app\.\n {6}> Use the new name/);
  });
});

describe('credentials', () => {
  test.each<[string, object, Given, RegExp]>([
    ['that are missing', {}, { env: { GITHUB_TOKEN: '' } }, /no token for 127.*\n {6}> Set GITHUB_TOKEN/],
    [
      'that are wrong',
      {},
      { env: { GITHUB_TOKEN: 'no-such-token' } },
      /not accept the token from GITHUB_TOKEN[^>]*> It may have expired/,
    ],
    [
      'that do not show a repository',
      { repos: ['acme/none'] },
      {},
      /acme\/none[^>]*> Is it the right name, and the right token\?/,
    ],
  ])('%s end with 3', async (_, settings, given, expected) => {
    const { code, stdout } = await doctor(settings, WRONG_NAMES, given);
    expect(code).toBe(3);
    expect(stdout).toMatch(expected);
    expect(stdout).toMatch(/\n1 thing is to be set right\.\n$/);
  });

  test('count for more than wrong names do', async () => {
    const { code, stdout } = await doctor({ ...WRONG_SETTINGS, repos: ['acme/app', 'acme/none'] }, WRONG_NAMES);
    expect(code).toBe(3);
    expect(stdout).toContain('"bgu"');
  });

  test.each([[], ['--json']])('never show up: doctor %s', async (...args) => {
    const fault = () => ({ status: 403, body: { message: `I know ${TOKEN}` } });
    const { code, stdout, stderr } = await doctor({}, {}, { args, fault });
    expect(code).toBe(3);
    expect(stdout).toContain('[secret]');
    expect(stdout + stderr).not.toContain(TOKEN);
  });
});

test('a server that is not there ends with 4, and the other tracker is looked at all the same', async () => {
  const gone = { type: 'github', url: 'http://127.0.0.1:9', repos: ['acme/lib'] };
  fake = await startGithub({ store: store(), now: () => NOW });
  const app = { type: 'github', url: fake.url, repos: ['acme/app'] };
  const cwd = emptyFolder();
  await writeFile(join(cwd, '.bugprunerc'), JSON.stringify({ trackers: { gone, app } }));
  // Within the test, so that waiting between attempts takes no time.
  const { code, stdout } = await inProcess(['doctor'], { cwd, env: { GITHUB_TOKEN: TOKEN } });
  expect(code).toBe(4);
  expect(stdout).toMatch(/^gone \(github\)\n {2}!! {2}GitHub could not be reached[^>]*> Is the network up\?/);
  expect(stdout).toMatch(/\n\napp \(github\)\n {2}ok {2}github:acme\/app knows us as octocat\./);
});
