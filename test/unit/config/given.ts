import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { onTestFinished } from 'vitest';
import { type Config, type ConfigRequest, loadConfig } from '../../../src/config/load.js';
import { BugpruneError } from '../../../src/errors.js';

/** A tracker that needs nothing but itself. */
export const FILE_TRACKER = { type: 'file', path: 'backlog.ndjson' };

/** A folder with these files, gone when the test is over. What is not text is written as JSON. */
export async function aFolder(files: Readonly<Record<string, unknown>> = {}): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'bugprune-config-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  for (const [name, content] of Object.entries(files)) {
    const path = join(folder, name);
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, typeof content === 'string' ? content : JSON.stringify(content));
  }
  return folder;
}

/** Loads the configuration that lies in a folder; without a source and without a git remote. */
export function load(cwd: string, request: Partial<ConfigRequest> = {}): Promise<Config> {
  return loadConfig({
    file: null,
    cwd,
    sources: [],
    only: [],
    context: { variables: {}, isFile: () => false },
    about: null,
    fallback: () => Promise.resolve(null),
    ...request,
  });
}

/** Loads a configuration with this content. */
export async function loadContent(content: unknown, request: Partial<ConfigRequest> = {}): Promise<Config> {
  return await load(await aFolder({ '.bugprunerc': content }), request);
}

/** What a promise fails with, as people see it; anything that is not an explained failure fails the test. */
export async function failure(promise: Promise<unknown>): Promise<BugpruneError> {
  try {
    await promise;
  } catch (error) {
    if (error instanceof BugpruneError) return error;
    throw error;
  }
  throw new Error('expected a failure');
}

/** The lines in which a configuration's problems stand, without the heading. */
export async function problemsOf(content: unknown): Promise<string[]> {
  const { code, message } = await failure(loadContent(content));
  if (code !== 'config') throw new Error(`expected a failure of the configuration, found ${code}: ${message}`);
  return message
    .split('\n')
    .slice(1)
    .map((line) => line.trim());
}
