import { basename } from 'node:path';
import { nearest } from '../config/nearest.js';
import { BugpruneError } from '../errors.js';
import type { Format } from '../report/format.js';

/** All that is known here of the formats of any kind of document. */
export type Named = Pick<Format, 'extension'>;

/** They, by name. */
type Formats<Kind extends Named> = ReadonlyMap<string, Kind>;

/** The format that somebody means by --format, and its name: `Markdown` for markdown, and `md`, too. Throws `usage`. */
export function formatNamed<Kind extends Named>(text: string, formats: Formats<Kind>): readonly [name: string, format: Kind] {
  const lower = text.toLowerCase();
  const all = [...formats];
  const found =
    all.find(([name]) => name === text) ??
    all.find(([name]) => name.toLowerCase() === lower) ??
    all.find(([, { extension }]) => extension === lower);
  if (found) return found;
  const names = [...formats.keys()];
  const meant = nearest(text, names);
  throw new BugpruneError('usage', `--format: expected ${names.join(', ')}, found "${text}".`, {
    hint: meant === null ? undefined : `Did you mean ${meant}?`,
  });
}

/** What --json beside a format asks for: the same as JSON where there is such a format (`agenda-json`), else the document as JSON. */
export function asJson<Kind extends Named>(name: string, formats: Formats<Kind>): Kind {
  return formats.get(`${name}-json`) ?? formatNamed('json', formats)[1];
}

/**
 * The format of a file: by its ending, the longest that is one (`agenda.md` before `md`). Where several formats share that, or none has
 * it, the named one; the named one too where its own ending is a longer one (`--format agenda -o meeting.md`). Throws `usage`.
 */
export function formatOfFile<Kind extends Named>(path: string, named: string | undefined, formats: Formats<Kind>): Kind {
  const file = basename(path).toLowerCase();
  const fitting = [...formats].filter(([, { extension }]) => isEnding(extension, file));
  const longest = Math.max(0, ...fitting.map(([, { extension }]) => extension.length));
  const best = fitting.filter(([, { extension }]) => extension.length === longest);
  const wanted = named === undefined ? undefined : formats.get(named);
  const [, found] = best.find(([name]) => name === named) ?? best[0] ?? [];
  if (wanted && (!found || wanted.extension.endsWith(`.${found.extension}`))) return wanted;
  if (found) return found;
  const endings = [...formats.values()].map(({ extension }) => (extension.includes('.') ? extension : `.${extension}`));
  throw new BugpruneError('usage', `-o ${path}: its ending says no format; expected one of ${endings.join(', ')}, or --format.`);
}

/** Whether a file ends so; `agenda.md` may be all of its name. */
function isEnding(extension: string, file: string): boolean {
  if (extension.includes('.') && file === extension) return true;
  return file.endsWith(`.${extension}`) && file.length > extension.length + 1;
}
