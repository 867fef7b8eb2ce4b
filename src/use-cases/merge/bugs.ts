import { isDeepStrictEqual } from 'node:util';
import { byAge } from '../../apply/order.js';
import { BugpruneError } from '../../errors.js';
import type { ReportBug } from '../../report/document.js';
import type { Part } from './parts.js';

/** Entries of several reports, each once and the oldest first, and those that were left out because they stood there already. */
export interface JoinedBugs {
  readonly bugs: ReportBug[];
  readonly doubles: readonly ReportBug[];
}

/** So many are named; the others are counted. */
const MOST_NAMED = 20;

/** All entries of all parts. Throws `usage` for bugs of which two parts say different things: nobody knows which of them is meant. */
export function joinBugs(parts: readonly Part[]): JoinedBugs {
  const seen = new Map<string, { readonly bug: ReportBug; readonly file: string }>();
  const doubles: ReportBug[] = [];
  const conflicts: string[] = [];
  for (const { name: file, report } of parts) {
    for (const bug of report.bugs) {
      const key = JSON.stringify([bug.tracker, bug.ref]);
      const before = seen.get(key);
      if (!before) seen.set(key, { bug, file });
      else if (isDeepStrictEqual(before.bug, bug)) doubles.push(bug);
      else conflicts.push(`${bug.ref} of ${bug.tracker}: in ${before.file} and in ${file}`);
    }
  }
  if (conflicts.length > 0) throw conflicting(conflicts);
  return { bugs: Array.from(seen.values(), ({ bug }) => bug).sort(byAge), doubles };
}

function conflicting(conflicts: readonly string[]): BugpruneError {
  const more = conflicts.length > MOST_NAMED ? [`… and ${conflicts.length - MOST_NAMED} more`] : [];
  const lines = [...conflicts.slice(0, MOST_NAMED), ...more].map((line) => `  ${line}`);
  return new BugpruneError('usage', `Two reports say different things about the same bug:\n${lines.join('\n')}`, {
    hint: 'Delete one of the two entries, or leave the older report out.',
  });
}
