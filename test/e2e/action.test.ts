import { existsSync } from 'node:fs';
import { chmod, mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeAll, describe, expect, test } from 'vitest';
import type { Report } from '../../src/report/document.js';
import { type GithubFake, githubStore, startGithub } from '../fakes/github/index.js';
import { type CompositeAction, readAction, runAction } from './composite-action.js';
import { emptyFolder } from './program.js';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const NOW = '2026-11-22T09:00:00Z';
const action: CompositeAction = await readAction(join(ROOT, 'action.yml'));
const open: GithubFake[] = [];

beforeAll(() => {
  if (!existsSync(join(ROOT, 'dist/cli/main.js'))) throw new Error('There is no build: npm run build');
});

afterEach(async () => {
  await Promise.all(open.splice(0).map((fake) => fake.close()));
});

/** A folder with an `npm` that only says what it was asked. The real one would install into the checkout that the tests run in. */
async function anNpm(): Promise<{ path: string; calls: () => Promise<string> }> {
  const folder = emptyFolder();
  const log = join(folder, 'log');
  const saying = `echo "npm $* in $PWD, token: '$GITHUB_TOKEN'" >> '${log}'`;
  await writeFile(join(folder, 'npm'), `#!/bin/sh\n${saying}\n`);
  await chmod(join(folder, 'npm'), 0o755);
  return { path: `${folder}:${process.env.PATH}`, calls: async () => (existsSync(log) ? await readFile(log, 'utf8') : '') };
}

/** A workflow with one step, in an empty workspace, beside a repository with one bug to close, one that needs attention and one that is young. */
async function aWorkflow({ titles = ['Old'] } = {}) {
  const store = githubStore({ now: () => NOW });
  store.addRepository('acme/app');
  store.addMilestone('acme/app', { title: 'v2' });
  const old = { labels: ['bug'], createdAt: '2025-01-01T00:00:00Z' };
  for (const title of titles) store.addIssue('acme/app', { ...old, title });
  store.addIssue('acme/app', { ...old, title: 'Severe', labels: ['bug', 'P0'] });
  store.addIssue('acme/app', { ...old, title: 'Young', createdAt: '2026-11-20T00:00:00Z' });
  const fake = await startGithub({ store, now: () => NOW });
  open.push(fake);
  const workspace = emptyFolder();
  await writeFile(
    join(workspace, '.bugprunerc'),
    'trackers: { app: { type: github, repos: [acme/app], priority: { Blocker: [P0] } } }\n',
  );
  const npm = await anNpm();
  const use = (inputs: Record<string, string> = {}, at = ROOT) =>
    runAction(action, {
      at,
      with: { ...inputs, args: `--now\n${NOW}\n${inputs.args ?? ''}` },
      env: { GITHUB_API_URL: fake.url, PATH: npm.path },
      workspace,
    });
  return { fake, workspace, npm, use, writes: () => fake.requests.filter(({ write }) => write) };
}

const reportIn = async (workspace: string, name = 'bugprune-report.json'): Promise<Report> =>
  JSON.parse(await readFile(join(workspace, name), 'utf8')) as Report;

describe('the metadata', () => {
  test('every input is used, in a variable, and none becomes a part of a script', () => {
    const env = action.runs.steps.map((step) => Object.values(step.env).join(' ')).join(' ');
    for (const name of Object.keys(action.inputs)) expect(env).toContain(`\${{ inputs.${name} }}`);
    for (const { run } of action.runs.steps) expect(run).not.toContain('${{');
  });

  test('the token goes only to the step that runs bugprune', () => {
    expect(action.inputs['github-token']?.default).toBe(`\${{ github.token }}`);
    expect(action.runs.steps.filter(({ env }) => JSON.stringify(env).includes('token')).map(({ id }) => id)).toEqual(['run']);
  });
});

describe('a step of a workflow', () => {
  test('reports, says what it found, and changes nothing', async () => {
    const { use, workspace, fake, writes, npm } = await aWorkflow();
    const { code, outputs, summary, stdout } = await use();
    expect(code).toBe(0);
    expect(outputs).toEqual({
      'close-count': '1',
      'warn-count': '0',
      'attention-count': '1',
      'report-file': 'bugprune-report.json',
    });
    expect(summary).toContain('acme/app#1');
    expect(stdout).toContain('acme/app#1');
    expect((await reportIn(workspace)).summary).toMatchObject({ open: 3, close: 1, attention: 1 });
    expect(writes()).toEqual([]);
    expect(fake.violations).toEqual([]);
    expect(await npm.calls()).toBe('');
  });

  test('prunes, without a question, and says what it did', async () => {
    const { use, workspace, fake } = await aWorkflow();
    const { code, outputs, summary } = await use({ command: 'prune', limit: '5' });
    expect(code).toBe(0);
    expect(outputs).toMatchObject({ 'close-count': '1', 'attention-count': '1' });
    expect(fake.store.issue('acme/app#1')).toMatchObject({ state: 'closed', stateReason: 'not_planned' });
    expect(fake.store.issue('acme/app#2').state).toBe('open');
    expect((await reportIn(workspace)).mode).toBe('prune');
    expect(summary).toContain('acme/app#1');
  });

  test.each([
    ['by its journal', (_run: string) => ({})],
    [
      'by what stands on the bugs',
      (run: string) => ({ sources: `${run}\ngithub:acme/app`, args: '--from-tracker\n--state-dir\nelsewhere' }),
    ],
  ])('takes a prune back, %s', async (_, inputs) => {
    const { use, workspace, fake } = await aWorkflow();
    await use({ command: 'prune', limit: '5' });
    const { run } = await reportIn(workspace);
    const { code, stdout, outputs } = await use({ command: 'undo', ...inputs(run) });
    expect(code).toBe(0);
    expect(stdout).toContain(run);
    expect(fake.store.issue('acme/app#1').state).toBe('open');
    expect(outputs['report-file']).toBe('');
  });

  test('carries out a reviewed report, and writes what became of it over it', async () => {
    const { use, workspace, fake } = await aWorkflow({ titles: ['Old', 'Older'] });
    await use({ output: 'reviewed.json' });
    const report = await reportIn(workspace, 'reviewed.json');
    const bugs = report.bugs.map((bug) => (bug.ref === 'acme/app#1' ? { ...bug, verdict: 'keep' } : bug));
    await writeFile(join(workspace, 'reviewed.json'), JSON.stringify({ ...report, bugs }));
    const { code, outputs } = await use({ command: 'prune', sources: 'reviewed.json', output: 'reviewed.json', limit: '2' });
    expect({ code, outputs }).toMatchObject({ code: 0, outputs: { 'close-count': '1', 'report-file': 'reviewed.json' } });
    expect(fake.store.issue('acme/app#1').state).toBe('open');
    expect(fake.store.issue('acme/app#2').state).toBe('closed');
  });

  test('fails where a limit refuses or where it is told to, and still has its outputs', async () => {
    const { use, writes } = await aWorkflow({ titles: ['Old', 'Older'] });
    expect(await use({ command: 'prune', limit: '1' })).toMatchObject({ code: 6, outputs: { 'close-count': '2' } });
    expect(writes()).toEqual([]);
    const failed = await use({ 'fail-on': 'undecided, attention' });
    expect(failed).toMatchObject({ code: 1, outputs: { 'attention-count': '1' }, stderr: '--fail-on attention: 1\n' });
    expect((await use({ 'fail-on': 'undecided' })).code).toBe(0);
  });

  test('takes sources, a configuration and further options, one on each line', async () => {
    const { use, workspace } = await aWorkflow();
    await writeFile(join(workspace, 'my rules.yaml'), 'policies: [{ name: hasty, when: { untargetedFor: 1d, idleFor: 1d } }]\n');
    const { code, outputs } = await use({
      sources: '\n  github:acme/app  \r\n\n',
      config: 'my rules.yaml',
      args: '-o\na report.md\n--format\njson',
    });
    expect({ code, outputs }).toMatchObject({ code: 0, outputs: { 'close-count': '3' } });
    expect(existsSync(join(workspace, 'a report.md'))).toBe(true);
  });

  test('has no outputs where there is no report, not even those of an earlier step', async () => {
    const { use } = await aWorkflow();
    expect((await use()).outputs['close-count']).toBe('1');
    const { code, outputs } = await use({ args: '--no-such-option' });
    expect(code).toBe(2);
    expect(Object.values(outputs)).toEqual(['', '', '', '']);
  });

  test.each([
    [{ command: 'doctor' }, 'command has to be report, prune or undo'],
    [{ command: 'prune --yes' }, 'command has to be report, prune or undo'],
    [{ output: 'report.md' }, 'output has to end in .json'],
    [{ output: 'a.json\nclose-count=0\nb.json' }, 'output has to be one file'],
  ])('refuses %j', async (inputs, told) => {
    const { use, fake } = await aWorkflow();
    const { code, stdout } = await use(inputs);
    expect(code).toBe(2);
    expect(stdout).toMatch(/^::error title=bugprune::The input [\w ,.]+$/m);
    expect(stdout).toContain(told);
    expect(fake.requests).toEqual([]);
  });
});

describe('hostile input', () => {
  const HOSTILE = [
    '; touch pwned',
    '" && $(touch pwned) `touch pwned` && "',
    "' ; touch pwned ; '",
    '*',
    '--yes\n; touch pwned',
    'x\n::set-output name=close-count::0\n##[error]x\nclose-count=0',
    `\${{ github.token }}`,
    '--config=.bugprunerc.js',
  ];

  /** Runs a step, which must do nothing but report, or refuse to. */
  async function harmless(given: Record<string, string>) {
    const { use, workspace, writes } = await aWorkflow();
    // What must not be loaded, whatever a source says.
    await writeFile(join(workspace, '.bugprunerc.js'), "import { writeFileSync } from 'node:fs'; writeFileSync('pwned', '');\n");
    const { stdout, stderr, outputs, summary, code } = await use(given);
    expect(existsSync(join(workspace, 'pwned'))).toBe(false);
    expect(`${stdout}${stderr}${summary}`).not.toMatch(/^::(?!error title=bugprune::The input )|##\[/m);
    expect(['', '1']).toContain(outputs['close-count']);
    expect(writes()).toEqual([]);
    return code;
  }

  test.each(HOSTILE)('%j as command', async (text) => {
    expect(await harmless({ command: text })).toBe(2);
  });

  test.each(HOSTILE)('%j as source', async (text) => {
    expect(await harmless({ sources: text })).toBe(2);
  });

  test.each(HOSTILE)('%j as a part of a file name', async (text) => {
    await harmless({ output: `${text}.json` });
  });

  test.each(HOSTILE.slice(0, -1))('%j as anything else', async (text) => {
    expect(await harmless({ config: text, limit: text, 'fail-on': text, args: text })).toBe(2);
  });

  test('in titles says nothing to the runner either', async () => {
    const { use } = await aWorkflow({ titles: ['::set-output name=close-count::0', '##[error]x', 'x\r\n::stop-commands::y'] });
    const { code, stdout, stderr, summary, outputs } = await use();
    expect(code).toBe(0);
    expect(`${stdout}${stderr}${summary}`).not.toMatch(/^::|##\[/m);
    expect(outputs['close-count']).toBe('3');
  });
});

describe('a checkout without a build', () => {
  test('is built, from the locked packages, which get no token and run no scripts', async () => {
    const { use, npm } = await aWorkflow();
    const at = emptyFolder();
    const { code } = await use({}, at);
    // The npm of this test builds nothing.
    expect(code).not.toBe(0);
    expect(await npm.calls()).toBe(
      `npm ci --include=dev --ignore-scripts --no-audit --no-fund in ${at}, token: ''\nnpm run build in ${at}, token: ''\n`,
    );
  });

  test('one that is there is used', async () => {
    const { use, npm } = await aWorkflow();
    const at = emptyFolder();
    await mkdir(join(at, 'dist/cli'), { recursive: true });
    await writeFile(join(at, 'dist/cli/main.js'), '');
    await use({}, at);
    expect(await npm.calls()).toBe('');
  });
});
