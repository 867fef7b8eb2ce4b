import { callFor, type OpenReader, openTracker, type World } from './collect.js';
import type { Config } from './config/load.js';
import { BugpruneError, TrackerError } from './errors.js';
import type { Bug } from './model/bug.js';
import { withBots } from './model/history.js';
import type { ReportBug } from './report/document.js';
import { reportEntry } from './report/entry.js';
import { judge } from './rules/judge.js';

/** One bug, judged: what `explain` shows. */
export interface Explanation {
  readonly bug: Bug;
  readonly entry: ReportBug;
}

/**
 * Why one bug would be closed or kept: asks each tracker for it until one knows it. Where the bug was named by its URL, `host` is
 * that of the URL: the bug of the same name on another site is another bug.
 */
export async function explain(ref: string, host: string | null, config: Config, world: World): Promise<Explanation> {
  const failures: TrackerError[] = [];
  for (const entry of config.trackers) {
    const call = callFor(entry, world);
    try {
      const { tracker }: OpenReader = await openTracker(entry, config.folder, world, call);
      const read = await tracker.read(ref, call);
      if (host !== null && new URL(read.url).host !== host) continue;
      const bug = config.isBot ? withBots(read, config.isBot) : read;
      return { bug, entry: reportEntry(bug, judge(bug, config.rules, world.now), config.rules, world.now) };
    } catch (error) {
      if (!(error instanceof TrackerError) || world.signal.aborted) throw error;
      failures.push(error);
    }
  }
  throw failures.find(({ kind }) => kind !== 'not-found') ?? failures[0] ?? elsewhere(ref, host);
}

function elsewhere(ref: string, host: string | null): BugpruneError {
  return new BugpruneError('usage', `None of the trackers is on ${host ?? 'a site'} and knows ${ref}.`, {
    hint: 'Name the source as well: bugprune explain REF SOURCE',
  });
}
