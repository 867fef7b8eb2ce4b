import { appendFile, writeFile } from 'node:fs/promises';
import { extname, resolve } from 'node:path';
import { BugpruneError } from '../errors.js';
import type { Report } from '../report/document.js';
import type { Format, Palette, RenderOptions } from '../report/format.js';
import { FORMATS } from '../report/formats.js';
import type { Shell } from './io.js';

/** Where a report goes: one format to stdout, and files. */
export interface Destinations {
  readonly stdout: Format;
  readonly files: readonly { readonly path: string; readonly format: Format }[];
}

/** The options that choose destinations. */
export interface OutputOptions {
  readonly format?: string;
  readonly json?: boolean;
  readonly output?: readonly string[];
}

/** Settles all destinations before anything is done, so that a run cannot end with nowhere to put its report. Throws `usage`. */
export function chooseDestinations(options: OutputOptions, own: Readonly<Record<string, unknown>>): Destinations {
  const formats: Record<string, Format> = { ...FORMATS, ...(own as Record<string, Format>) };
  const stdout = formats[options.json ? 'json' : (options.format ?? 'table')];
  if (!stdout)
    throw new BugpruneError('usage', `--format: expected ${Object.keys(formats).join(', ')}, found "${options.format}".`);
  const files = (options.output ?? []).map((path) => ({ path, format: formatOf(path, options, formats) }));
  return { stdout, files };
}

function formatOf(path: string, { format }: OutputOptions, formats: Record<string, Format>): Format {
  const ending = extname(path).slice(1).toLowerCase();
  const found = Object.values(formats).find(({ extension }) => extension === ending) ?? (format ? formats[format] : undefined);
  if (found) return found;
  const endings = Object.values(formats).map(({ extension }) => `.${extension}`);
  throw new BugpruneError('usage', `-o ${path}: its ending says no format; expected one of ${endings.join(', ')}, or --format.`);
}

const PLAIN: Palette = Object.fromEntries(
  ['bold', 'dim', 'red', 'yellow', 'green', 'cyan'].map((style) => [style, (text: string) => text]),
) as unknown as Palette;

/** Files are for any reader: no colours, a common width. */
const FILE_WIDTH = 120;

/** Writes a report to all its destinations, and to the job summary under GitHub Actions. */
export async function writeReport(
  report: Report,
  to: Destinations,
  options: Omit<RenderOptions, 'width'>,
  io: Shell,
): Promise<void> {
  const plain = { ...options, palette: PLAIN, width: FILE_WIDTH };
  for (const { path, format } of to.files) await writeFile(resolve(io.cwd, path), cleanParts(format.render(report, plain), io));
  const summary = io.variables.GITHUB_STEP_SUMMARY;
  if (summary) await appendFile(summary, io.clean(FORMATS.markdown.render(report, plain)));
  for (const part of partsOf(to.stdout.render(report, { ...options, width: io.out.width }))) {
    io.out.write(part);
    await io.out.flushed();
  }
}

const partsOf = (text: string | Iterable<string>): Iterable<string> => (typeof text === 'string' ? [text] : text);

function* cleanParts(text: string | Iterable<string>, io: Shell): Generator<string> {
  for (const part of partsOf(text)) yield io.clean(part);
}
