import { execFile, spawnSync } from 'node:child_process';
import { copyFileSync, existsSync, readdirSync, readFileSync } from 'node:fs';
import { chmod, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { defaultLoadersSync } from 'cosmiconfig';
import { beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { readAction } from './composite-action.js';
import { emptyFolder } from './program.js';

const run = promisify(execFile);
const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const PAGE = readFileSync(join(ROOT, 'docs/recipes.md'), 'utf8');
const hasJq = spawnSync('jq', ['--version']).status === 0;

/** A fenced block: `sh` is run, `sh skip` is only looked at. */
interface Block {
  readonly language: string;
  readonly skip: boolean;
  readonly text: string;
  /** Its first command, to speak of it. */
  readonly about: string;
}

/** The blocks of each section that begins with `## `. */
const sections = PAGE.split(/^## /m)
  .slice(1)
  .map((section) => ({
    title: section.split('\n')[0] ?? '',
    blocks: [...section.matchAll(/^```(\w+)( skip)?\n(.*?)^```$/gms)].map(([, language = '', skip, text = '']): Block => {
      const about = text.split('\n').find((line) => line !== '' && !line.startsWith('#')) ?? '';
      return { language, skip: skip !== undefined, text, about };
    }),
  }));
const blocks = sections.flatMap((section) => section.blocks);
const isShell = ({ language }: Block) => language === 'sh';

/** Checks the syntax of a script. Its bash says what is wrong. */
const syntaxOf = (script: string): string => spawnSync('bash', ['-n'], { input: script, encoding: 'utf8' }).stderr;

test('the page has nothing but what is looked at here', () => {
  expect(PAGE.match(/^```/gm)).toHaveLength(2 * blocks.length);
  expect(new Set(blocks.map(({ language }) => language))).toEqual(new Set(['sh', 'yaml']));
  expect(blocks.filter((block) => isShell(block) && !block.skip).length).toBeGreaterThan(5);
});

/** A folder with a backlog and its configuration, and `bugprune` on the PATH: each call is a minute after the one before. */
async function aDesk(): Promise<{ cwd: string; bash: (script: string) => Promise<string> }> {
  const cwd = emptyFolder();
  const bin = join(emptyFolder(), 'bin');
  await mkdir(bin);
  copyFileSync(join(ROOT, 'examples/backlog.ndjson'), join(cwd, 'backlog.ndjson'));
  await writeFile(join(cwd, '.bugprunerc'), 'trackers:\n  app: { type: file, path: backlog.ndjson }\n');
  const program = [
    '#!/usr/bin/env bash',
    `minute=$(cat '${bin}/minute' 2> /dev/null || echo 10)`,
    `echo $((minute + 1)) > '${bin}/minute'`,
    `exec '${process.execPath}' '${join(ROOT, 'bin/bugprune.js')}' "$@" --now "2026-11-22T09:$minute:00Z"`,
  ];
  await writeFile(join(bin, 'bugprune'), `${program.join('\n')}\n`);
  await chmod(join(bin, 'bugprune'), 0o755);
  const env = { PATH: `${bin}:${process.env.PATH}`, HOME: cwd };
  return {
    cwd,
    bash: async (script) =>
      (await run('bash', ['--noprofile', '--norc', '-eu', '-o', 'pipefail', '-c', script], { cwd, env, timeout: 60_000 })).stdout,
  };
}

describe.skipIf(!hasJq)('commands (some need jq)', () => {
  beforeAll(() => {
    if (!existsSync(join(ROOT, 'dist/cli/main.js'))) throw new Error('There is no build: npm run build');
  });

  const runnable = sections.filter((section) => section.blocks.some((block) => isShell(block) && !block.skip));

  test.each(runnable)(
    '$title',
    async (section) => {
      const { cwd, bash } = await aDesk();
      for (const block of section.blocks.filter((one) => isShell(one) && !one.skip)) {
        const before = new Set(readdirSync(cwd));
        const stdout = await bash(block.text);
        const made = readdirSync(cwd).filter((name) => !before.has(name));
        expect(stdout.length + made.length, `${block.about} led to nothing`).toBeGreaterThan(0);
      }
    },
    120_000,
  );

  test('cron has nothing to mail when all goes well, and the reason when it does not', async () => {
    const { bash } = await aDesk();
    const script = sections.find(({ title }) => title === 'cron')?.blocks[0]?.text ?? '';
    expect(await bash(`{\n${script}\n} 2>&1`)).toBe('');
    expect(await bash('rm .bugprunerc; ./weekly-prune 2>&1 || echo "exit code $?"')).toMatch(/^bugprune: .+\nexit code 2\n$/s);
  });

  test('what the first recipe says is what happens: a bug stays, a limit holds, and all of it is taken back', async () => {
    const [weekly] = sections;
    const { cwd, bash } = await aDesk();
    const stateOf = () => readFileSync(join(cwd, 'backlog.ndjson'), 'utf8').match(/"state":"closed"/g)?.length ?? 0;
    const [report = '', , edit = '', prune = '', undo = ''] = (weekly?.blocks ?? [])
      .filter((one) => !one.skip)
      .map(({ text }) => text);
    const atFirst = stateOf();
    await bash(report);
    await bash(edit);
    const verdicts = (name: string) => Object.fromEntries(verdictsIn(join(cwd, name)));
    expect(verdicts('reviewed.json')).toEqual({ ...verdicts('report.json'), 'acme/app#373': 'keep' });
    await bash(prune);
    expect(stateOf()).toBe(atFirst + 25);
    await bash(undo);
    expect(stateOf()).toBe(atFirst);
  }, 120_000);
});

function verdictsIn(path: string): [ref: string, verdict: string][] {
  const { bugs } = z
    .object({ bugs: z.array(z.object({ ref: z.string(), verdict: z.string() })) })
    .parse(JSON.parse(readFileSync(path, 'utf8')));
  return bugs.map(({ ref, verdict }) => [ref, verdict]);
}

test.each(blocks.filter(isShell))('the syntax of: $about', ({ text }) => {
  expect(syntaxOf(text)).toBe('');
});

const stepSchema = z.strictObject({
  id: z.string().optional(),
  if: z.string().optional(),
  uses: z.string().optional(),
  with: z.record(z.string(), z.unknown()).default({}),
  run: z.string().optional(),
  'working-directory': z.string().optional(),
});
const workflowSchema = z.strictObject({
  name: z.string(),
  on: z.record(z.string(), z.unknown()),
  permissions: z.record(z.string(), z.enum(['read', 'write'])),
  concurrency: z.string().optional(),
  jobs: z.record(
    z.string(),
    z.strictObject({ 'runs-on': z.string(), env: z.record(z.string(), z.string()).optional(), steps: z.array(stepSchema) }),
  ),
});

describe('workflows', () => {
  const parsed = blocks
    .filter(({ language }) => language === 'yaml')
    .map(({ text }): unknown => defaultLoadersSync['.yaml']('recipes.md', text));
  const isWorkflow = (one: unknown): boolean => typeof one === 'object' && one !== null && 'jobs' in one;
  const workflows = parsed.filter(isWorkflow);

  test.each(workflows)(
    '%#: uses the action as it is, asks for what it needs, and interpolates nothing into a script',
    async (given) => {
      const action = await readAction(join(ROOT, 'action.yml'));
      const { jobs, permissions, concurrency } = workflowSchema.parse(given);
      const steps = Object.values(jobs).flatMap((job) => job.steps);
      const ours = steps.filter(({ uses }) => uses?.startsWith('acme/bugprune@'));
      expect(ours).toHaveLength(1);
      for (const step of ours) {
        expect(Object.keys(action.inputs)).toEqual(expect.arrayContaining(Object.keys(step.with)));
        const writes = ['prune', 'undo'].includes(String(step.with.command));
        expect(permissions.issues).toBe(writes ? 'write' : 'read');
        // Two runners do not see each other's lock.
        expect(concurrency).toBe(writes ? 'bugprune' : undefined);
      }
      for (const { run: script = '' } of steps) {
        expect(script).not.toContain('${{');
        expect(syntaxOf(script)).toBe('');
      }
      const outputs = [...JSON.stringify(given).matchAll(/steps\.\w+\.outputs\.([\w-]+)/g)].map(([, name]) => name ?? '');
      expect(Object.keys(action.outputs)).toEqual(expect.arrayContaining(outputs));
    },
  );

  test('the pipeline for GitLab has scripts that parse', () => {
    const [pipeline, ...more] = parsed.filter((one) => !isWorkflow(one));
    expect(more).toEqual([]);
    const jobs = Object.values(z.record(z.string(), z.record(z.string(), z.unknown())).parse(pipeline));
    const scripts = jobs.flatMap((job) => z.array(z.string()).parse([...lines(job.before_script), ...lines(job.script)]));
    expect(scripts.filter((script) => script.startsWith('bugprune '))).toHaveLength(2);
    for (const script of scripts) expect(syntaxOf(script)).toBe('');
  });
});

const lines = (script: unknown): readonly unknown[] => (Array.isArray(script) ? script : []);
