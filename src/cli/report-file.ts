import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { BugpruneError } from '../errors.js';
import type { Report } from '../report/document.js';
import { readReport } from '../report/read.js';
import { causeInWords } from '../system-error.js';
import type { Io } from './io.js';

/** The report in a file. Throws `usage`, with the name of the file as it was given, for what cannot be read or is none. */
export async function readReportFile(file: string, { cwd }: Pick<Io, 'cwd'>): Promise<Report> {
  const text = await readFile(resolve(cwd, file), 'utf8').catch((error: unknown) => {
    throw new BugpruneError('usage', `${file} cannot be read: ${causeInWords(error)}.`, { cause: error });
  });
  return readReport(text, file);
}
