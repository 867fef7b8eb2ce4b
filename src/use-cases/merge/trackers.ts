import { BugpruneError } from '../../errors.js';
import { groupsBy } from '../../model/groups.js';
import type { ReportBug, ReportTracker } from '../../report/document.js';
import type { Part } from './parts.js';

/**
 * The trackers of all parts, those of the same name as one. `doubles` are entries that stood in a second part as well, `missing` says what
 * of those that were read in parts was not. Throws `usage` where one name stands for two trackers.
 */
export function joinTrackers(parts: readonly Part[], doubles: readonly ReportBug[], missing: string | null): ReportTracker[] {
  const all = parts.flatMap(({ name, report }) =>
    report.trackers.map((tracker): Named => ({ file: name, tracker, isPart: report.shard !== undefined })),
  );
  return [...groupsBy(all, ({ tracker }) => tracker.name).values()].map((same) => {
    const joined = joinOne(same, same.some(({ isPart }) => isPart) ? missing : null);
    return { ...joined, open: joined.open - doubles.filter(({ tracker }) => tracker === joined.name).length };
  });
}

interface Named {
  readonly file: string;
  readonly tracker: ReportTracker;
  readonly isPart: boolean;
}

function joinOne(same: readonly Named[], missing: string | null): ReportTracker {
  const trackers = same.map(({ tracker }) => tracker);
  const { name, type } = typeOf(same);
  return {
    name,
    type,
    as: once(trackers.map(({ as }) => as).filter((as) => as !== '')).join(', '),
    complete: missing === null && trackers.every(({ complete }) => complete),
    open: trackers.reduce((sum, { open }) => sum + open, 0),
    problems: once([...trackers.flatMap(({ problems }) => problems), ...(missing === null ? [] : [missing])]),
    notes: once(trackers.flatMap(({ notes }) => notes)),
  };
}

function typeOf([first, ...others]: readonly Named[]): Pick<ReportTracker, 'name' | 'type'> {
  if (!first) throw new Error('a tracker of no part');
  const { name, type } = first.tracker;
  const other = others.find(({ tracker }) => tracker.type !== type);
  if (!other) return { name, type };
  throw new BugpruneError(
    'usage',
    `${name} is a tracker of type ${type} in ${first.file}, of type ${other.tracker.type} in ${other.file}.`,
    {
      hint: 'Give each tracker a name of its own in the configuration.',
    },
  );
}

const once = (words: readonly string[]): string[] => [...new Set(words)];
