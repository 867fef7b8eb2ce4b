import { existsSync, statSync } from 'node:fs';
import { appendFile, writeFile } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { BugpruneError } from '../errors.js';
import type { Report } from '../report/document.js';
import type { Format, Palette, RenderOptions } from '../report/format.js';
import { FORMATS } from '../report/formats.js';
import { causeInWords } from '../system-error.js';
import { asJson, formatNamed, formatOfFile, type Named } from './format-choice.js';
import type { Shell } from './io.js';

/** Where a document goes: one format to stdout, and files. */
export interface Destinations<Kind extends Named = Format> {
  readonly stdout: Kind;
  readonly files: readonly { readonly path: string; readonly format: Kind }[];
}

/** The options that choose destinations. */
export interface OutputOptions {
  readonly format?: string;
  readonly json?: boolean;
  readonly output?: readonly string[];
}

/** Settles all destinations before anything is done, so that a run cannot end with nowhere to put its report. Throws `usage`. */
export function chooseDestinations(options: OutputOptions, own: Readonly<Record<string, unknown>>): Destinations {
  return destinationsAmong<Format>({ ...FORMATS, ...(own as Record<string, Format>) }, options);
}

/** The same for a document of another kind, given its formats by name; `table` is what a terminal gets. Throws `usage`. */
export function destinationsAmong<Kind extends Named>(
  known: Readonly<Record<string, Kind>>,
  options: OutputOptions,
): Destinations<Kind> {
  const formats = new Map(Object.entries(known));
  const [name, format] = formatNamed(options.format ?? 'table', formats);
  const named = options.format === undefined ? undefined : name;
  const files = (options.output ?? []).map((path) => ({ path, format: formatOfFile(path, named, formats) }));
  return { stdout: options.json ? asJson(name, formats) : format, files };
}

const PLAIN: Palette = Object.fromEntries(
  ['bold', 'dim', 'red', 'yellow', 'green', 'cyan', 'link'].map((style) => [style, (text: string) => text]),
) as unknown as Palette;

/** Files are for any reader: no colours, a common width. */
const FILE_WIDTH = 120;

/** What a document looks like in one place. */
export type Looks = Pick<RenderOptions, 'width' | 'palette' | 'all'>;

/** Writes a report to all its destinations; see {@link writeDocument}. */
export async function writeReport(
  given: Report,
  to: Destinations,
  options: Omit<RenderOptions, 'width'>,
  io: Shell,
): Promise<void> {
  const report = withoutSecrets(given, io);
  const render = (format: Format, looks: Looks) => format.render(report, { ...options, ...looks });
  await writeDocument(to, FORMATS.markdown, render, { ...options, width: io.out.width }, io);
}

/**
 * Writes a document to all its destinations, and in the format `summary` to the job summary under GitHub Actions. First to stdout, which
 * looks as given: should a file turn out not to be writable, which throws `usage`, a run has still told what it did.
 */
export async function writeDocument<Kind extends Named>(
  to: Destinations<Kind>,
  summary: Kind,
  render: (format: Kind, looks: Looks) => string | Iterable<string>,
  { width, palette, all }: Looks,
  io: Shell,
): Promise<void> {
  for (const part of partsOf(render(to.stdout, { width, palette, all }))) {
    io.out.write(part);
    await io.out.flushed();
  }
  const plain = { palette: PLAIN, width: FILE_WIDTH, all: true };
  for (const { path, format } of to.files) {
    const writing = writeFile(resolve(io.cwd, path), cleanParts(render(format, plain), io));
    await writing.catch((error: unknown) => {
      throw new BugpruneError('usage', `-o ${path} cannot be written: ${causeInWords(error)}.`, { cause: error });
    });
  }
  const { GITHUB_STEP_SUMMARY: job } = io.variables;
  if (job) {
    const writing = appendFile(job, [...cleanParts(render(summary, plain), io)].join(''));
    await writing.catch((error: unknown) => io.err.write(`The job summary cannot be written: ${causeInWords(error)}.\n`));
  }
}

/** What quotes the words of servers is cleaned before it is escaped: an escaped secret would not be known any more. */
function withoutSecrets(report: Report, { clean }: Shell): Report {
  const trackers = report.trackers.map((one) => ({
    ...one,
    as: clean(one.as),
    problems: one.problems.map(clean),
    notes: one.notes.map(clean),
  }));
  const bugs = report.bugs.map((bug) =>
    bug.result ? { ...bug, result: { ...bug.result, detail: clean(bug.result.detail) } } : bug,
  );
  return { ...report, trackers, bugs };
}

/** Throws `usage` when a file cannot be written for a reason that is plain before anything is done. */
export function checkTarget(path: string, cwd: string): void {
  const target = resolve(cwd, path);
  if (!existsSync(dirname(target))) throw new BugpruneError('usage', `-o ${path}: the folder ${dirname(path)} does not exist.`);
  if (existsSync(target) && statSync(target).isDirectory()) throw new BugpruneError('usage', `-o ${path}: this is a folder.`);
}

const partsOf = (text: string | Iterable<string>): Iterable<string> => (typeof text === 'string' ? [text] : text);

function* cleanParts(text: string | Iterable<string>, io: Shell): Generator<string> {
  for (const part of partsOf(text)) yield io.clean(part);
}
