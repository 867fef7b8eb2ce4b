import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createStore, startJira } from '../fakes/jira/index.js';
import { aPlace, install, type Place, pack } from './given.js';

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
  let place: Place;
  let installed = '';

  beforeAll(async () => {
    place = await aPlace();
    installed = join(place.folder, 'node_modules/bugprune');
    await install(place, await pack(place.folder));
    await writeFile(join(place.folder, 'open.mjs'), SCRIPT);
  }, 300_000);

  afterAll(() => place.remove());

  test('brings in neither jira-client nor anything that it depends on', async () => {
    const files = await readdir(join(place.folder, 'node_modules'), { recursive: true });
    const packages = files
      .filter((file) => /(^|\/)package\.json$/.test(file))
      .map((file) => file.replace(/\/?package\.json$/, ''));
    expect(packages).toContain('zod');
    expect(packages.filter((name) => UNWANTED.test(name.replaceAll('node_modules/', '')))).toEqual([]);
  });

  test('talks to Jira with the bundled client', async () => {
    await using jira = await startJira({ flavour: 'datacenter', store: createStore() });
    const { stdout } = await place.run('node', 'open.mjs', join(installed, 'dist/trackers/jira/index.js'), jira.url);
    expect(stdout).toBe('Lead Example\n');
    expect(jira.violations).toEqual([]);
  });

  test('holds no trace of what is left out', async () => {
    const client = await readFile(join(installed, 'dist/trackers/jira/transport/jira-client.js'), 'utf8');
    expect(client).not.toMatch(/from ["'](?!node:)|require\(["'](?!url["'])|mocha|tunnel-agent/);
  });

  test('loads the client only when a Jira is opened', async () => {
    const client = join(installed, 'dist/trackers/jira/transport/jira-client.js');
    const source = await readFile(client, 'utf8');
    await writeFile(client, "export const jiraClient = null;\nthrow new Error('the client was loaded');\n");
    const light =
      "await import('bugprune'); await import('./node_modules/bugprune/dist/trackers/jira/index.js'); console.log('light');";
    const { stdout } = await place.run('node', '--input-type=module', '--eval', light);
    expect(stdout).toBe('light\n');
    const opening = place.run('node', 'open.mjs', join(installed, 'dist/trackers/jira/index.js'), 'http://127.0.0.1:1');
    await expect(opening).rejects.toThrow('the client was loaded');
    await writeFile(client, source);
  });
});
