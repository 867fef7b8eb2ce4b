import { execFile } from 'node:child_process';
import { cpSync, existsSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { z } from 'zod';
import { emptyFolder } from '../e2e/program.js';
import { ROOT, textOf } from './page.js';
import { addFormat, addRule, addTracker } from './walks.js';

const NOW = '2026-11-22T09:00:00Z';
const WALKS = ['Add a tracker', 'Add a rule', 'Add a report format'];

/** What a walk may need: not the documentation, nor what was built. */
const COPIED = ['src', 'scripts', 'test', 'examples', 'bin', 'schema', 'package.json', 'biome.json', 'vitest.config.ts'];
const CONFIGURATIONS = ['tsconfig.json', 'tsconfig.build.json', '.dependency-cruiser.cjs'];

const copy = emptyFolder();
const inCopy = (path: string): string => readFileSync(join(copy, path), 'utf8');

/** Runs a program of Node in the copy; what it printed, however it ended. */
async function node(
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
): Promise<{ code: number; output: string }> {
  const options = { cwd: copy, env: { PATH: process.env.PATH ?? '', HOME: copy, ...env }, maxBuffer: 1e8 };
  return await promisify(execFile)(process.execPath, args, options).then(
    ({ stdout, stderr }) => ({ code: 0, output: stdout + stderr }),
    (error: { code: number; stdout: string; stderr: string }) => ({ code: error.code, output: error.stdout + error.stderr }),
  );
}

const tool = (name: string, bin: string): string => {
  const manifest = join(ROOT, 'node_modules', name, 'package.json');
  const { bin: bins } = z
    .object({ bin: z.union([z.string(), z.record(z.string(), z.string())]) })
    .parse(createRequire(import.meta.url)(manifest));
  return join(ROOT, 'node_modules', name, typeof bins === 'string' ? bins : (bins[bin] ?? ''));
};

const done = { code: 0, output: expect.any(String) };

describe('the walks of CONTRIBUTING.md, followed to the letter', () => {
  beforeAll(async () => {
    for (const path of [...COPIED, ...CONFIGURATIONS]) cpSync(join(ROOT, path), join(copy, path), { recursive: true });
    symlinkSync(join(ROOT, 'node_modules'), join(copy, 'node_modules'));
    addTracker(copy);
    addRule(copy);
    addFormat(copy);
    const built = await node([tool('typescript', 'tsc'), '-p', 'tsconfig.build.json']);
    expect(built, built.output).toEqual(done);
    const generated = await node(['scripts/generate.js']);
    expect(generated, generated.output).toEqual(done);
  }, 180_000);

  test('every file that they name is there', () => {
    const page = textOf('CONTRIBUTING.md');
    for (const title of WALKS) {
      const walk = page.split(`## ${title}\n`)[1]?.split('\n## ')[0] ?? '';
      const named = [...walk.matchAll(/`((?:src|test|scripts)\/[\w./-]+)`/g)].map(([, path = '']) => path);
      expect(named.length, title).toBeGreaterThan(2);
      for (const path of named.filter((one) => !one.includes('NAME'))) expect(existsSync(join(ROOT, path)), path).toBe(true);
    }
  });

  test('the rooms still hold', async () => {
    const { code, output } = await node([
      tool('dependency-cruiser', 'depcruise'),
      '--preserve-symlinks',
      '--config',
      '.dependency-cruiser.cjs',
      'src',
    ]);
    expect({ code, output }, output).toEqual(done);
  }, 60_000);

  test('the tests that are to pick them up do, and pass', async () => {
    const files = ['test/contract/blotter.test.ts', 'test/unit/rules/guards.test.ts', 'test/unit/report/hostile.test.ts'];
    const { code, output } = await node([tool('vitest', 'vitest'), 'run', '--reporter=verbose', '--no-color', ...files]);
    expect({ code, output }, output).toEqual(done);
    expect(output).toContain('takes back what it did');
    expect(output).toContain('reportedBy > nobody knows who');
    expect(output).toContain('nothing hostile is live in brief > no control characters');
  }, 120_000);

  test('the rule is in the schema, the example, the reference and "explain"', async () => {
    expect(JSON.parse(inCopy('schema/config.schema.json'))).toMatchObject({
      properties: { keep: { properties: { reportedBy: { type: 'array' } } } },
    });
    expect(inCopy('.bugprunerc.example')).toMatch(/^ +# reportedBy: /m);
    expect(inCopy('docs/reference/configuration.md')).toMatch(/^\| `reportedBy` \| a list of texts \|.*reported are kept/m);
    const config = join(copy, 'rule.yaml');
    writeFileSync(config, 'keep: { reportedBy: [user-0431] }');
    const { output } = await node([
      'bin/bugprune.js',
      'explain',
      'acme/app#373',
      'examples/backlog.ndjson',
      '--config',
      config,
      '--now',
      NOW,
    ]);
    expect(output).toMatch(/^acme\/app#373 is kept$/m);
    expect(output).toMatch(/^ +keep reportedBy: user-0431 +protects +reported by user-0431$/m);
  });

  test('the format is one of --format, of -o and of the completions', async () => {
    const args = ['bin/bugprune.js', 'examples/backlog.ndjson', '--now', NOW];
    const { output } = await node([...args, '--format', 'brief', '-o', 'out.brief']);
    expect(output).toMatch(/^acme\/app#373 Paste as plain text[\s\S]+\d+ of 312 bugs would be closed$/m);
    expect(inCopy('out.brief')).toContain('of 312 bugs would be closed');
    expect((await node(['bin/bugprune.js', 'report', '--help'])).output).toContain('brief');
    expect((await node(['bin/bugprune.js', 'completion', 'bash'])).output).toContain('brief');
    expect(inCopy('docs/reference/cli.md')).toContain('brief');
  });

  test('the tracker is in the configuration, its schema, the example and the reference, and can be pasted', async () => {
    expect(inCopy('schema/config.schema.json')).toContain('"const": "blotter"');
    expect(inCopy('.bugprunerc.example')).toMatch(/^ +# +type: blotter$/m);
    expect(inCopy('docs/reference/configuration.md')).toContain('## trackers, type `blotter`');
    const server = await startBlotter();
    onTestFinished(() => server.close());
    server.add({ title: 'Forgets the last line', createdAt: '2026-01-05T10:00:00Z' });
    const { output } = await node(['bin/bugprune.js', `blotter:${server.url}/app`, '--now', NOW], {
      BLOTTER_TOKEN: server.token,
    });
    expect(output).toMatch(/^ {2}app-1 +320 d +320 d +Forgets the last line$/m);
  });
});

interface Blotter {
  readonly url: string;
  readonly token: string;
  add(bug: { title: string; createdAt: string }): string;
  close(): Promise<void>;
}

async function startBlotter(): Promise<Blotter> {
  const { startBlotter: start } = (await import(join(ROOT, 'examples/adapter/stand-in.js'))) as {
    startBlotter(options: { now(): string }): Promise<Blotter>;
  };
  return await start({ now: () => NOW });
}
