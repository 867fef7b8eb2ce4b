import { z } from 'zod';
import { type Actor, type Bug, bugSchema } from '../../model/bug.js';
import { toInstant } from '../../model/instant.js';
import { cleanText } from '../../model/text.js';
import { MAKE_ONE } from './failure.js';

const FORMAT = 'bugprune-snapshot';
const VERSION = 1;

const text = z.string().transform(cleanText);

const headerSchema = z.strictObject({
  format: z.literal(FORMAT),
  version: z.literal(VERSION),
  source: text,
  takenAt: z.string().refine((value) => toInstant(value) === value, 'expected an instant such as 2026-11-22T09:00:00Z'),
  account: text,
  scope: z.enum(['open', 'all']).optional(),
  settings: z.string().optional(),
});

/**
 * The first line of a snapshot: what was read (`github:acme/app`), when, and whom the tracker took us for. `scope`: whether closed bugs
 * were asked for too; without it only the open ones were. `settings`: a digest of what the tracker was read with.
 */
export type SnapshotHeader = z.output<typeof headerSchema>;

/** The header of a snapshot that is being taken. What goes without saying is left out. */
export function snapshotHeader({ source, takenAt, account, scope, settings }: HeaderParts): SnapshotHeader {
  return {
    format: FORMAT,
    version: VERSION,
    source,
    takenAt,
    account,
    ...(scope === 'all' && { scope }),
    ...(settings !== undefined && { settings }),
  };
}

type HeaderParts = Omit<SnapshotHeader, 'format' | 'version'>;

/** What is wrong with a line and what to do about it. `broken`: it is no JSON at all. */
interface Problem {
  readonly problem: string;
  readonly hint: string;
  readonly broken?: true;
}

/** A line understood, or not. */
export type Parsed<T> = { readonly value: T } | Problem;

/** Our own account in every snapshot: whoever's tracker it came from, what we do to the file is done by this one. */
export const OWN_ACCOUNT: Actor = { id: 'bugprune', name: 'bugprune', kind: 'bot', self: true };

const AGAIN = `Take the snapshot again. ${MAKE_ONE}`;

/** Header or bug as one line, without the line break. */
export function formatLine(content: SnapshotHeader | Bug): string {
  return JSON.stringify(content);
}

/** Reads the first line. */
export function parseHeader(line: string): Parsed<SnapshotHeader> {
  const json = parseJson(line);
  const claim = z.object({ format: z.literal(FORMAT), version: z.number() }).safeParse(json);
  if (!claim.success) return { problem: `expected the header of a snapshot ({"format":"${FORMAT}",…})`, hint: MAKE_ONE };
  if (claim.data.version !== VERSION) {
    const hint = `It was written by another version of bugprune. ${AGAIN}`;
    return { problem: `expected version ${VERSION}, found ${claim.data.version}`, hint };
  }
  const header = headerSchema.safeParse(json);
  return header.success ? { value: header.data } : { problem: describe(header.error), hint: AGAIN };
}

/** Reads any later line: a bug, with the name its tracker had when the snapshot was taken. */
export function parseBug(line: string): Parsed<Bug> {
  const json = parseJson(line);
  if (json === undefined) return { problem: 'damaged: this is not JSON', hint: AGAIN, broken: true };
  const bug = bugSchema.safeParse(json);
  if (!bug.success) return { problem: `not a bug: ${describe(bug.error)}`, hint: AGAIN };
  return { value: recogniseOurselves(bug.data) };
}

/** Undefined, which no JSON text means, where the line is none. */
function parseJson(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}

/** A file written by another program may lack the flag. Other accounts keep theirs: on a snapshot of GitHub, ours there stays ours. */
function recogniseOurselves(bug: Bug): Bug {
  for (const event of bug.events) if (event.actor?.id === OWN_ACCOUNT.id) event.actor.self = true;
  return bug;
}

const MOST_ISSUES = 3;

function describe(error: z.ZodError): string {
  const issues = error.issues
    .flatMap((issue) => innermost(issue))
    .map(({ path, message }) => {
      const where = z.core.toDotPath(path);
      return `${where ? `${where}: ` : ''}${message.replace(/\bInvalid (input|option): /g, '')}`;
    });
  const more = issues.length - MOST_ISSUES;
  return cleanText(issues.slice(0, MOST_ISSUES).join('; ') + (more > 0 ? `; and ${more} more` : ''));
}

/** Of a choice, the alternative that came furthest is the one that was meant. */
function innermost(issue: z.core.$ZodIssue): { path: PropertyKey[]; message: string }[] {
  if (issue.code !== 'invalid_union') return [issue];
  const depth = (found: readonly z.core.$ZodIssue[]) => Math.max(0, ...found.map(({ path }) => path.length));
  const deepest = Math.max(0, ...issue.errors.map(depth));
  const meant = issue.errors.filter((found) => depth(found) === deepest).map(([first]) => first);
  const message = meant.map((found) => found?.message ?? '').join(' or ');
  return [{ path: [...issue.path, ...(meant.length === 1 ? (meant[0]?.path ?? []) : [])], message }];
}
