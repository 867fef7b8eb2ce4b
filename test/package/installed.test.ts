import { execFileSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { reportSchema } from '../../src/report/document.js';
import { aPlace, install, type Packed, type Place, pack, ROOT } from './given.js';

/** The Node that runs this, and those whose programs `node` stand in NODES, separated as in PATH. */
const nodes = [process.execPath, ...(process.env.NODES ?? '').split(delimiter).filter((path) => path !== '')].map((node) => ({
  node,
  version: execFileSync(node, ['--version'], { encoding: 'utf8' }).trim(),
}));

const PAGE = await readFile(join(ROOT, 'docs/library.md'), 'utf8');
const blocks = [...PAGE.matchAll(/^```ts\n(.*?)^```$/gms)].map(([, text = '']) => text);
const TSC = join(ROOT, 'node_modules/typescript/bin/tsc');
const SAMPLE = 'node_modules/bugprune/examples/backlog.ndjson';

test('the page about the library has three examples: a report, a prune, a test', () => {
  expect(blocks).toHaveLength(3);
  expect(PAGE.match(/^```/gm)).toHaveLength(6);
});

describe.each(nodes)('installed from its tarball in an empty folder, with Node $version', ({ node, version }) => {
  let place: Place;
  let packed: Packed;
  let said = '';
  const read = (path: string) => readFile(join(place.folder, path), 'utf8');
  const npx = (...args: readonly string[]) => place.run('npx', 'bugprune', ...args);

  beforeAll(async () => {
    place = await aPlace(node);
    packed = await pack(place.folder);
    said = await install(place, packed);
  }, 300_000);

  afterAll(() => place.remove());

  test('npm has nothing to warn of, runs no script, and needs no other Node', async () => {
    expect((await place.run('node', '--version')).stdout.trim()).toBe(version);
    // A script that ran would have said so. npm never runs `prepare` of a tarball (it would fail: the package has no sources), but newer
    // ones list it when the tarball is a file; they do not when it comes from a registry.
    const lines = said.trim().split('\n');
    const isListed = (line: string) => line.startsWith('npm warn install-scripts');
    expect(lines.filter((line) => !isListed(line))).toEqual([expect.stringMatching(/^added \d+ packages in \d+\w+$/)]);
    expect(lines.filter((line) => isListed(line) && /\(\w+: /.test(line) && !line.includes(' bugprune@'))).toEqual([]);
    const { packages } = JSON.parse(await read('node_modules/.package-lock.json')) as {
      packages: Record<string, { hasInstallScript?: boolean }>;
    };
    expect(Object.keys(packages).filter((path) => packages[path]?.hasInstallScript)).toEqual([]);
    expect(readdirSync(join(place.folder, 'node_modules/bugprune/dist'))).toContain('index.js');
  });

  test('it is a command', async () => {
    const manifest = JSON.parse(await read('node_modules/bugprune/package.json')) as { version: string; man: string[] };
    expect(await npx('--version')).toEqual({ stdout: `${manifest.version}\n`, stderr: '' });
    const { stdout } = await npx('report', SAMPLE, '--now', '2026-11-22T09:00:00Z', '--json', '--quiet');
    expect(reportSchema.parse(JSON.parse(stdout)).summary.open).toBeGreaterThan(100);
    expect((await npx('schema', 'report')).stdout.trim()).toBe(
      (await read('node_modules/bugprune/schema/report.schema.json')).trim(),
    );
    expect(manifest.man).toHaveLength(1);
    expect(await read(join('node_modules/bugprune', manifest.man[0] ?? ''))).toMatch(/^\.TH BUGPRUNE 1/m);
  });

  test.each([
    { resolution: 'nodenext', module: 'nodenext' },
    { resolution: 'bundler', module: 'esnext' },
  ])('it is a library, with types for resolution "$resolution"', async ({ resolution, module }) => {
    const [report = '', prune = '', tests = ''] = blocks;
    const sources = join(place.folder, 'src');
    const show = 'console.log(await pruneWithinLimits().catch((error: Error) => error.message));';
    await place.run('mkdir', '-p', sources);
    await writeFile(join(sources, 'library.ts'), `${report}\n${prune}\n${show}\n`);
    await writeFile(join(sources, 'tests.ts'), tests);
    // The declarations of the package are checked too, and those of this package only: skipLibCheck is off.
    const looks = { target: 'es2023', lib: ['es2023', 'esnext.disposable'], module, moduleResolution: resolution };
    const strictly = { strict: true, exactOptionalPropertyTypes: true, noUncheckedIndexedAccess: true, skipLibCheck: false };
    const types = { typeRoots: [join(ROOT, 'node_modules/@types')], types: ['node'] };
    const compilerOptions = {
      ...looks,
      ...strictly,
      ...types,
      verbatimModuleSyntax: true,
      outDir: `out-${resolution}`,
      rootDir: 'src',
    };
    await writeFile(join(place.folder, 'tsconfig.json'), JSON.stringify({ compilerOptions, include: ['src'] }));

    await place.run('node', TSC).catch((error: { stdout: string }) => expect(error.stdout).toBe(''));
    const { stdout, stderr } = await place.run('node', `out-${resolution}/library.js`);
    expect(stdout).toMatch(/^\d+ of \d+ open bugs would be closed\n## bugprune: dry run.*\n.*limits\.closes allows/);
    expect(stderr).toBe('');
    expect(await place.run('node', `out-${resolution}/tests.js`)).toEqual({ stdout: '', stderr: '' });
  });
});
