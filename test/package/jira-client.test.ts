import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createStore, startJira } from '../fakes/jira/index.js';

const run = promisify(execFile);
const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const QUIET = ['--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'];

/** What jira-client would bring along, and itself. */
const UNWANTED = /(^|\/)(jira-client|postman-request|form-data|tough-cookie|@postman|har-validator)(\/|$)/;

/** Opens a Jira of this machine with what was installed, and says who we are. */
const SCRIPT = `
import { pathToFileURL } from 'node:url';
const [, , module, url] = process.argv;
const { jiraDescriptor } = await import(pathToFileURL(module));
const env = { name: 'erp', variables: { JIRA_TOKEN: 'test-token' }, version: '0', secret() {}, elapsed: () => 0, shared: (key, make) => make() };
const tracker = await jiraDescriptor.open(jiraDescriptor.settings.parse({ type: 'jira', url, projects: ['ERP'] }), env);
console.log((await tracker.identify({ signal: new AbortController().signal, on() {} })).name);
`;

describe('the package, packed and installed', () => {
  let folder = '';
  let installed = '';

  beforeAll(async () => {
    if (!existsSync(join(ROOT, 'dist/trackers/jira/open.js'))) throw new Error('There is no build: npm run build');
    folder = await mkdtemp(join(tmpdir(), 'bugprune-package-'));
    installed = join(folder, 'node_modules/bugprune');
    const { stdout } = await run('npm', ['pack', '--json', '--ignore-scripts', '--pack-destination', folder], { cwd: ROOT });
    const [{ filename }] = JSON.parse(stdout);
    await writeFile(join(folder, 'package.json'), '{"private":true}');
    await writeFile(join(folder, 'open.mjs'), SCRIPT);
    await run('npm', ['install', ...QUIET, '--prefer-offline', join(folder, filename)], { cwd: folder });
  }, 300_000);

  afterAll(async () => {
    await rm(folder, { recursive: true, force: true });
  });

  test('brings in neither jira-client nor anything that it depends on', async () => {
    const files = await readdir(join(folder, 'node_modules'), { recursive: true });
    const packages = files
      .filter((file) => /(^|\/)package\.json$/.test(file))
      .map((file) => file.replace(/\/?package\.json$/, ''));
    expect(packages).toContain('zod');
    expect(packages.filter((name) => UNWANTED.test(name.replaceAll('node_modules/', '')))).toEqual([]);
  });

  test('talks to Jira with the bundled client', async () => {
    await using jira = await startJira({ flavour: 'datacenter', store: createStore() });
    const { stdout } = await run(process.execPath, ['open.mjs', join(installed, 'dist/trackers/jira/index.js'), jira.url], {
      cwd: folder,
    });
    expect(stdout).toBe('Lead Example\n');
    expect(jira.violations).toEqual([]);
  });

  test('keeps the licence of what is bundled, and holds no trace of what is left out', async () => {
    const client = join(installed, 'dist/trackers/jira/transport/jira-client');
    expect(await readFile(`${client}.LICENSE.txt`, 'utf8')).toMatch(/jira-client 8[\s\S]*Steven Surowiec[\s\S]*@babel\/runtime/);
    expect(await readFile(`${client}.js`, 'utf8')).not.toMatch(/from ["'](?!node:)|require\(["'](?!url["'])|mocha|tunnel-agent/);
  });

  test('loads the client only when a Jira is opened', async () => {
    const client = join(installed, 'dist/trackers/jira/transport/jira-client.js');
    const source = await readFile(client, 'utf8');
    await writeFile(client, "export const jiraClient = null;\nthrow new Error('the client was loaded');\n");
    const light =
      "await import('bugprune'); await import('./node_modules/bugprune/dist/trackers/jira/index.js'); console.log('light');";
    const { stdout } = await run(process.execPath, ['--input-type=module', '--eval', light], { cwd: folder });
    expect(stdout).toBe('light\n');
    const opening = run(process.execPath, ['open.mjs', join(installed, 'dist/trackers/jira/index.js'), 'http://127.0.0.1:1'], {
      cwd: folder,
    });
    await expect(opening).rejects.toThrow('the client was loaded');
    await writeFile(client, source);
  });
});
