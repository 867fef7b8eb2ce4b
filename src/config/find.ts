import { readFile } from 'node:fs/promises';
import { basename, dirname, extname, join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { BugpruneError } from '../errors.js';
import { causeInWords, systemCode } from '../system-error.js';
import { parseText } from './parse.js';

/** A configuration as it was written: nothing checked yet. */
export interface Found {
  /** Null when there is no file: everything has a default. */
  readonly file: string | null;
  /** Relative paths in it start here. */
  readonly folder: string;
  readonly content: unknown;
  /** Named by --config: only such a file may run code. */
  readonly named: boolean;
}

/**
 * Looked for in the working folder and the ones above it: the places that cosmiconfig has for the name `bugprune`, less those that
 * run code, which a pull request must not be able to. cosmiconfig 9 itself cannot be made to search without: whenever it is
 * called it runs a `.config/config.js` of the working folder, whose settings may add search places, and `$import` in any
 * file names modules to run.
 */
const SEARCH_PLACES = [
  'package.json',
  '.bugprunerc',
  '.bugprunerc.json',
  '.bugprunerc.yaml',
  '.bugprunerc.yml',
  '.config/bugprunerc',
  '.config/bugprunerc.json',
  '.config/bugprunerc.yaml',
  '.config/bugprunerc.yml',
];

/** Reads the named configuration, or finds the nearest one. Throws `config` when it cannot be read or parsed. */
export async function findConfig(name: string | null, cwd: string): Promise<Found> {
  if (name !== null) return readNamed(resolve(cwd, name), name);
  for (const folder of upwards(resolve(cwd))) {
    for (const place of SEARCH_PLACES) {
      const file = join(folder, place);
      const text = await readIfThere(file);
      const content = text === null ? undefined : parseFile(file, text);
      if (content !== undefined) return { file, folder: dirname(file), content, named: false };
    }
  }
  return { file: null, folder: cwd, content: {}, named: false };
}

function* upwards(folder: string): Generator<string> {
  yield folder;
  const parent = dirname(folder);
  if (parent !== folder) yield* upwards(parent);
}

/** Null where there is nothing. A file that is there but cannot be read is an error: without its guards, too much would be closed. */
async function readIfThere(file: string): Promise<string | null> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    if (['ENOENT', 'ENOTDIR', 'EISDIR'].includes(systemCode(error) ?? '')) return null;
    throw new BugpruneError('config', `${file} cannot be read: ${causeInWords(error)}.`, { cause: error });
  }
}

/** Undefined for a package.json that says nothing about us. An empty file is a configuration: all of it has defaults. */
function parseFile(file: string, text: string): unknown {
  const content = parseText(file, text);
  if (basename(file) !== 'package.json') return content ?? {};
  return typeof content === 'object' && content !== null && 'bugprune' in content ? content.bugprune : undefined;
}

async function readNamed(file: string, name: string): Promise<Found> {
  const found = (content: unknown): Found => ({ file, folder: dirname(file), content, named: true });
  const ending = extname(file);
  if (['.js', '.mjs', '.cjs'].includes(ending)) return found(await runFile(file, name));
  if (['.ts', '.mts', '.cts'].includes(ending)) {
    throw new BugpruneError('config', `${file} is written in TypeScript, which is not read.`, { hint: 'Write it as .mjs.' });
  }
  const text = await readIfThere(file);
  if (text === null) throw missing(name);
  const content = parseFile(file, text);
  if (content === undefined) throw new BugpruneError('config', `${file} has no key "bugprune".`);
  return found(content);
}

async function runFile(file: string, name: string): Promise<unknown> {
  if ((await readIfThere(file)) === null) throw missing(name);
  let content: unknown;
  try {
    content = ((await import(pathToFileURL(file).href)) as { default?: unknown }).default;
  } catch (error) {
    const message = error instanceof Error ? error.message.split('\n')[0] : String(error);
    throw new BugpruneError('config', `${file} cannot be loaded: ${message}`, { cause: error });
  }
  if (content === undefined) throw new BugpruneError('config', `${file} has no default export.`);
  return content;
}

const missing = (name: string) => new BugpruneError('config', `There is no configuration file ${name}.`);
