import { existsSync } from 'node:fs';
import { access, constants, lstat, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { findConfig } from '../../config/find.js';
import { BugpruneError } from '../../errors.js';
import { causeInWords, systemCode } from '../../system-error.js';

const NAME = '.bugprunerc';

/** Where a first configuration goes, and what it means there. */
export interface Site {
  readonly file: string;
  /** The configuration of a folder above, which will not hold here any more; null where there is none. */
  readonly above: string | null;
  /** Where editors find the schema, seen from the file; null where bugprune is not installed in this folder. */
  readonly schemaAt: string | null;
}

/** Throws `usage` where a configuration lies in the folder already, or where none can be written. */
export async function siteIn(folder: string): Promise<Site> {
  const file = join(folder, NAME);
  const found = (await findConfig(null, folder)).file;
  const isHere = found !== null && [folder, join(folder, '.config')].includes(dirname(found));
  if (isHere) throw taken(found);
  if (await isThere(file)) throw taken(file);
  await access(folder, constants.W_OK).catch((error: unknown) => {
    throw notWritten(file, error);
  });
  const schema = './node_modules/bugprune/schema/config.schema.json';
  return { file, above: found, schemaAt: existsSync(join(folder, schema)) ? schema : null };
}

/** Also a folder, or a link to nowhere. */
function isThere(path: string): Promise<boolean> {
  return lstat(path).then(
    () => true,
    () => false,
  );
}

/** Writes a file that is not there yet, whole or not at all. Throws `usage` where it has come into being since, or cannot be written. */
export async function writeNew(file: string, text: string): Promise<void> {
  try {
    await writeFile(file, text, { flag: 'wx', flush: true });
  } catch (error) {
    if (systemCode(error) === 'EEXIST') throw taken(file);
    await rm(file, { force: true });
    throw notWritten(file, error);
  }
}

function taken(file: string): BugpruneError {
  return new BugpruneError('usage', `There is a configuration already: ${file}.`, {
    hint: 'bugprune doctor says whether it is right. To begin anew, move it away first.',
  });
}

function notWritten(file: string, error: unknown): BugpruneError {
  return new BugpruneError('usage', `${file} cannot be written: ${causeInWords(error)}.`, { cause: error });
}
