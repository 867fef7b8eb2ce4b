import { spawn } from 'node:child_process';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { defaultLoaders } from 'cosmiconfig';
import { z } from 'zod';
import { emptyFolder, type Outcome } from './program.js';

/** The part of an action's metadata that the runner goes by. Source: docs.github.com, "Metadata syntax for GitHub Actions". */
const actionSchema = z.strictObject({
  name: z.string(),
  description: z.string(),
  branding: z.unknown(),
  inputs: z.record(z.string(), z.strictObject({ description: z.string(), default: z.string() })),
  outputs: z.record(z.string(), z.strictObject({ description: z.string(), value: z.string() })),
  runs: z.strictObject({
    using: z.literal('composite'),
    steps: z.array(
      z.strictObject({
        name: z.string(),
        id: z.string().optional(),
        shell: z.literal('bash'),
        env: z.record(z.string(), z.string()).default({}),
        run: z.string(),
      }),
    ),
  }),
});

export type CompositeAction = z.output<typeof actionSchema>;

/** Reads an `action.yml`. */
export async function readAction(path: string): Promise<CompositeAction> {
  return actionSchema.parse(await defaultLoaders['.yaml'](path, await readFile(path, 'utf8')));
}

/** What a step that uses an action leads to. */
export interface StepOutcome extends Outcome {
  readonly outputs: Readonly<Record<string, string>>;
  readonly summary: string;
}

/** How a workflow uses an action. */
export interface Use {
  /** The folder that the action was checked out to. */
  readonly at: string;
  readonly with?: Readonly<Record<string, string>>;
  readonly env?: Readonly<Record<string, string>>;
  /** `GITHUB_WORKSPACE`, where steps run. */
  readonly workspace: string;
}

/**
 * Runs a composite action as the runner does: inputs with their defaults, expressions in `env` and in the outputs, one bash for each step,
 * the first failure ends it, and outputs are there all the same. Source: actions/runner, `CompositeActionHandler.cs`, `ScriptHandler.cs`.
 */
export async function runAction(
  action: CompositeAction,
  { at, with: given = {}, env = {}, workspace }: Use,
): Promise<StepOutcome> {
  const values = new Map([['github.token', 'test-token']]);
  for (const [name, input] of Object.entries(action.inputs)) {
    values.set(`inputs.${name}`, given[name] ?? evaluate(input.default, values));
  }
  const files = emptyFolder();
  await mkdir(join(files, 'home'));
  const summary = join(files, 'summary.md');
  await writeFile(summary, '');
  const told = { code: 0 as number | null, stdout: '', stderr: '' };
  for (const [index, step] of action.runs.steps.entries()) {
    const script = join(files, `${index}.sh`);
    const output = join(files, `${index}.output`);
    await writeFile(script, evaluate(step.run, new Map()));
    await writeFile(output, '');
    const variables = {
      PATH: process.env.PATH ?? '',
      HOME: join(files, 'home'),
      CI: 'true',
      GITHUB_ACTIONS: 'true',
      GITHUB_WORKSPACE: workspace,
      GITHUB_ACTION_PATH: at,
      GITHUB_STEP_SUMMARY: summary,
      GITHUB_OUTPUT: output,
      ...env,
      ...Object.fromEntries(Object.entries(step.env).map(([name, text]) => [name, evaluate(text, values)])),
    };
    const ran = await runStep(script, workspace, variables);
    told.code = ran.code;
    told.stdout += ran.stdout;
    told.stderr += ran.stderr;
    for (const [name, value] of outputsIn(await readFile(output, 'utf8'))) values.set(`steps.${step.id}.outputs.${name}`, value);
    if (ran.code !== 0) break;
  }
  const outputs = Object.entries(action.outputs).map(([name, { value }]) => [name, evaluate(value, values)]);
  return { ...told, outputs: Object.fromEntries(outputs), summary: await readFile(summary, 'utf8') };
}

/** Puts values in the place of expressions; one that has none yet is empty, as on GitHub. Fails on what this runner does not know. */
function evaluate(text: string, values: ReadonlyMap<string, string>): string {
  return text.replace(/\$\{\{(.*?)\}\}/gs, (expression, inner: string) => {
    const name = inner.trim();
    if (!values.has(name) && !name.startsWith('steps.')) throw new Error(`not expected here: ${expression}`);
    return values.get(name) ?? '';
  });
}

/** Each line is `name=value`; the form for several lines is not used. */
function outputsIn(text: string): [name: string, value: string][] {
  return text
    .split('\n')
    .filter(Boolean)
    .map((line) => {
      const [, name, value] = /^([\w-]+)=(.*)$/.exec(line) ?? [];
      if (name === undefined || value === undefined) throw new Error(`no output: ${line}`);
      return [name, value];
    });
}

function runStep(script: string, cwd: string, env: Readonly<Record<string, string>>): Promise<Outcome> {
  return new Promise((resolve, reject) => {
    const child = spawn('bash', ['--noprofile', '--norc', '-e', '-o', 'pipefail', script], {
      cwd,
      env,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const text = { stdout: '', stderr: '' };
    for (const name of ['stdout', 'stderr'] as const) {
      child[name].setEncoding('utf8').on('data', (part: string) => {
        text[name] += part;
      });
    }
    child.on('error', reject).on('close', (code) => resolve({ code, ...text }));
  });
}
