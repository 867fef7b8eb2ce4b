import type { Config } from '../config/load.js';
import { BugpruneError, TrackerError } from '../errors.js';
import type { Bug } from '../model/bug.js';
import { withBots } from '../model/history.js';
import type { Explanation } from '../report/explanation/document.js';
import { explainBug } from '../report/explanation/explain-bug.js';
import { callFor, type OpenReader, openTracker, type World } from './collect.js';
import { knownNowhere } from './lost-ref.js';

/**
 * Why one bug would be closed or kept: asks each tracker for it until one knows it. Where the bug was named by its URL, `host` is
 * that of the URL: the bug of the same name on another site is another bug.
 */
export async function explain(ref: string, host: string | null, config: Config, world: World): Promise<Explanation> {
  const bug = await find(ref, host, config, world);
  return explainBug(config.isBot ? withBots(bug, config.isBot) : bug, config.rules, world.now);
}

async function find(ref: string, host: string | null, config: Config, world: World): Promise<Bug> {
  const failures: TrackerError[] = [];
  for (const entry of config.trackers) {
    const call = callFor(entry, world);
    try {
      const { tracker }: OpenReader = await openTracker(entry, config.folder, world, call);
      const bug = await tracker.read(ref, call);
      if (host === null || new URL(bug.url).host === host) return bug;
    } catch (error) {
      if (!(error instanceof TrackerError) || world.signal.aborted) throw error;
      failures.push(error);
    }
  }
  const types = config.trackers.map(({ descriptor }) => descriptor.type);
  const known = failures.find(({ kind }) => kind !== 'not-found') ?? knownNowhere(ref, failures, types);
  throw known ?? elsewhere(ref, host);
}

function elsewhere(ref: string, host: string | null): BugpruneError {
  return new BugpruneError('usage', `None of the trackers is on ${host ?? 'a site'} and knows ${ref}.`, {
    hint: 'Name the source as well: bugprune explain REF SOURCE',
  });
}
