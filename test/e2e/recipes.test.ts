import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { defaultLoadersSync } from 'cosmiconfig';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { aDesk, ON_THE_SAMPLE, type } from '../docs/desk.js';
import { blocksOf, isShell, ROOT, skipReason, textOf } from '../docs/page.js';
import { readAction } from './composite-action.js';

const PAGE = textOf('docs/recipes.md');
const hasJq = spawnSync('jq', ['--version']).status === 0;

/** The blocks of each section that begins with `## `. */
const sections = PAGE.split(/^## /m)
  .slice(1)
  .map((section) => ({ title: section.split('\n')[0] ?? '', blocks: blocksOf(section) }));
const blocks = sections.flatMap((section) => section.blocks);

/** Checks the syntax of a script. Its bash says what is wrong. */
const syntaxOf = (script: string): string => spawnSync('bash', ['-n'], { input: script, encoding: 'utf8' }).stderr;

test('the page has nothing but what is looked at, here or where all pages are', () => {
  expect(PAGE.match(/^```/gm)).toHaveLength(2 * blocks.length);
  expect(new Set(blocks.map(({ language }) => language))).toEqual(new Set(['sh', 'yaml']));
});

/** A desk with a configuration, at which each script must succeed. */
function aPlace(): { cwd: string; bash: (script: string) => Promise<string> } {
  const desk = aDesk({ config: ON_THE_SAMPLE });
  return {
    cwd: desk.cwd,
    bash: async (script) => {
      const [answer] = await type(desk, [{ script, exit: 0, yes: false }]);
      expect(answer, answer?.output).toMatchObject({ code: 0 });
      return answer?.output ?? '';
    },
  };
}

describe.skipIf(!hasJq)('commands (some need jq)', () => {
  test('cron has nothing to mail when all goes well, and the reason when it does not', async () => {
    const { bash } = aPlace();
    const script = sections.find(({ title }) => title === 'cron')?.blocks[0]?.text ?? '';
    expect(await bash(`{\n${script}\n} 2>&1`)).toBe('');
    expect(await bash('rm .bugprunerc; ./weekly-prune 2>&1 || echo "exit code $?"')).toMatch(/^bugprune: .+\nexit code 2\n$/s);
  });

  test('what the first recipe says is what happens: a bug stays, a limit holds, and all of it is taken back', async () => {
    const [weekly] = sections;
    const { cwd, bash } = aPlace();
    const stateOf = () => readFileSync(join(cwd, 'backlog.ndjson'), 'utf8').match(/"state":"closed"/g)?.length ?? 0;
    const [report = '', , edit = '', prune = '', undo = ''] = (weekly?.blocks ?? [])
      .filter((one) => isShell(one) && skipReason(one) === null)
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
    z.strictObject({
      'runs-on': z.string(),
      needs: z.string().optional(),
      if: z.string().optional(),
      strategy: z.strictObject({ 'fail-fast': z.literal(false), matrix: z.record(z.string(), z.array(z.number())) }).optional(),
      env: z.record(z.string(), z.string()).optional(),
      steps: z.array(stepSchema),
    }),
  ),
});

const kubernetesJob = z.object({
  kind: z.literal('Job'),
  spec: z.object({
    completionMode: z.literal('Indexed'),
    completions: z.number(),
    template: z.object({ spec: z.object({ containers: z.array(z.object({ args: z.array(z.string()) })) }) }),
  }),
});

describe('workflows', () => {
  const parsed = blocks
    .filter(({ language }) => language === 'yaml')
    .map(({ text }): unknown => defaultLoadersSync['.yaml']('recipes.md', text));
  const has = (key: string) => (one: unknown) => typeof one === 'object' && one !== null && key in one;
  const isWorkflow = has('jobs');
  const isKubernetes = has('apiVersion');
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

  test('the jobs of a matrix are all parts of one division', () => {
    const sharded = workflows.map((one) => workflowSchema.parse(one)).filter((one) => JSON.stringify(one).includes('--shard'));
    const [{ strategy, steps } = { strategy: undefined, steps: [] }, ...others] = sharded.map(({ jobs }) => jobs.report);
    expect(others).toEqual([]);
    const parts = strategy?.matrix.part ?? [];
    expect(parts).toEqual(parts.map((_, index) => index + 1));
    expect(steps.find(({ with: inputs }) => 'args' in inputs)?.with.args).toBe(`--shard\n\${{ matrix.part }}/${parts.length}\n`);
  });

  test('the Job for Kubernetes counts its parts from one', () => {
    const [job, ...more] = parsed.filter(isKubernetes);
    expect(more).toEqual([]);
    const { spec } = kubernetesJob.parse(job);
    const [script = ''] = spec.template.spec.containers[0]?.args ?? [];
    expect(syntaxOf(script)).toBe('');
    const shardOf = (index: number) => {
      const spoken = `bugprune() { echo "$3"; }; ${script}`;
      return spawnSync('sh', ['-c', spoken], { env: { JOB_COMPLETION_INDEX: String(index) }, encoding: 'utf8' }).stdout.trim();
    };
    expect(shardOf(0)).toBe(`1/${spec.completions}`);
    expect(shardOf(spec.completions - 1)).toBe(`${spec.completions}/${spec.completions}`);
  });

  test('the pipeline for GitLab has scripts that parse', () => {
    const [pipeline, ...more] = parsed.filter((one) => !isWorkflow(one) && !isKubernetes(one));
    expect(more).toEqual([]);
    const jobs = Object.values(z.record(z.string(), z.record(z.string(), z.unknown())).parse(pipeline));
    const scripts = jobs.flatMap((job) => z.array(z.string()).parse([...lines(job.before_script), ...lines(job.script)]));
    expect(scripts.filter((script) => script.startsWith('bugprune '))).toHaveLength(2);
    for (const script of scripts) expect(syntaxOf(script)).toBe('');
  });
});

const lines = (script: unknown): readonly unknown[] => (Array.isArray(script) ? script : []);
