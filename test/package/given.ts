import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { z } from 'zod';

/** The checkout. */
export const ROOT = fileURLToPath(new URL('../..', import.meta.url));

const execute = promisify(execFile);
const packed = z.object({
  filename: z.string(),
  size: z.number(),
  unpackedSize: z.number(),
  files: z.array(z.object({ path: z.string(), size: z.number() })),
});

/** What npm says of the package. */
export type Packed = z.output<typeof packed>;

/** A folder to work in, and how to run things there as a user would: with a Node, and without the settings of whoever runs the tests. */
export interface Place {
  readonly folder: string;
  run(command: string, ...args: readonly string[]): Promise<{ readonly stdout: string; readonly stderr: string }>;
  remove(): Promise<void>;
}

/** An empty folder, for the given program `node`. */
export async function aPlace(node = process.execPath): Promise<Place> {
  const folder = await mkdtemp(join(tmpdir(), 'bugprune-package-'));
  const env = await plainEnvironment(folder, node);
  return {
    folder,
    run: (command, ...args) => execute(command, args, { cwd: folder, env, timeout: 300_000, maxBuffer: 64 * 2 ** 20 }),
    remove: () => rm(folder, { recursive: true, force: true }),
  };
}

/** Settings may hide or add warnings. Of npm's only those stay that say where to get packages from. */
async function plainEnvironment(folder: string, node: string): Promise<NodeJS.ProcessEnv> {
  const { stdout } = await execute('npm', ['config', 'get', 'cache', 'registry', 'cafile'], { cwd: ROOT });
  await writeFile(join(folder, '.npmrc'), stdout.replace(/^\w+=null\n/gm, ''));
  await mkdir(join(folder, 'home'));
  const path = [dirname(node), process.env.PATH ?? ''].join(delimiter);
  return { PATH: path, HOME: join(folder, 'home'), npm_config_update_notifier: 'false' };
}

/** Packs the checkout, as it is built, into a folder. */
export async function pack(folder: string): Promise<Packed> {
  if (!existsSync(join(ROOT, 'dist/THIRD-PARTY.txt'))) throw new Error('There is no build: npm run build');
  const args = ['pack', '--json', '--ignore-scripts', '--loglevel=error', '--pack-destination', folder];
  const { stdout } = await execute('npm', args, { cwd: ROOT, maxBuffer: 64 * 2 ** 20 });
  return z.tuple([packed]).parse(JSON.parse(stdout))[0];
}

/** Installs the packed package, as a user would: scripts would run, and a Node that is too old would be refused. */
export async function install({ folder, run }: Place, { filename }: Packed): Promise<string> {
  await writeFile(join(folder, 'package.json'), '{"private":true,"type":"module"}');
  const args = ['--no-audit', '--no-fund', '--prefer-offline', '--foreground-scripts', '--engine-strict', join(folder, filename)];
  const { stdout, stderr } = await run('npm', 'install', ...args);
  return stdout + stderr;
}
