import { type FirstConfig, firstConfig } from '../../config/first.js';
import { ruleset, type TrackerEntry } from '../../config/load.js';
import { problems } from '../../config/problems.js';
import { BUILT_IN_RULES, configSchema } from '../../config/schema.js';
import { BugpruneError, type TrackerError } from '../../errors.js';
import type { Bug } from '../../model/bug.js';
import { targetNames } from '../../model/target.js';
import { soundsParked } from '../../model/vocabulary.js';
import { judge } from '../../rules/judge.js';
import { DESCRIPTORS } from '../../trackers/index.js';
import type { Call, Exploration, Recognized, Sign } from '../../trackers/tracker.js';
import { callFor, collect, openTracker, type World } from '../collect.js';
import { wouldHistoryDecide } from '../dry-run.js';

/** A source that a first configuration is to be written for, and what was found there. */
export interface Place {
  readonly source: Recognized;
  /** What is read, as the tracker names it: `github:acme/app`. */
  readonly id: string;
  /** The account that the tracker takes us for. */
  readonly as: string;
  /** The variable, or in words the variables, that the credentials come from; null where they come from elsewhere. */
  readonly tokenFrom: string | null;
  /** Null for a tracker that has nothing to choose from. */
  readonly found: Exploration | null;
  /** What could not be seen. */
  readonly failures: readonly TrackerError[];
}

/** Opens a source and looks around. Throws what keeps it from being read. */
export async function explore(source: Recognized, folder: string, world: World): Promise<Place> {
  const entry = entryOf(source.name, source.settings);
  const failures: TrackerError[] = [];
  const { signal, on } = callFor(entry, world);
  const call: Call = { signal, on: (event) => (event.type === 'problem' ? failures.push(event.error) : on(event)) };
  const { tracker, as } = await openTracker(entry, folder, world, call);
  const found = (await tracker.explore?.(call)) ?? null;
  const tokenFrom = entry.descriptor.usualCredentials?.(entry.settings, world.variables)?.from ?? null;
  return { source, id: tracker.id, as, tokenFrom, found, failures };
}

function entryOf(name: string, settings: Recognized['settings']): TrackerEntry {
  const descriptor = DESCRIPTORS.find(({ type }) => type === settings.type);
  if (!descriptor) throw new Error(`there is no kind of tracker ${settings.type}`);
  const checked = problems(descriptor.settings, settings);
  if ('data' in checked) return { name, descriptor, settings: checked.data };
  throw new BugpruneError('usage', `No settings can be made of ${name}: ${checked.problems.join('; ')}.`);
}

/** How long without a target may be long enough, shortest first: the choice that people get. */
export const THRESHOLDS = ['6w', '12w', '26w'] as const;

/** How many bugs the first run would propose if this long without a target were enough. */
export interface Threshold {
  readonly untargetedFor: (typeof THRESHOLDS)[number];
  readonly bugs: number;
}

/** What one reading of the backlog has shown. */
export interface Outlook {
  /** Open bugs. */
  readonly open: number;
  /** Bugs that would be undecided under the shortest threshold. */
  readonly undecided: number;
  /** Bugs of projects that plan no releases at all. */
  readonly unplanned: number;
  readonly thresholds: readonly Threshold[];
  /** Targets that sound as if they promised nothing, and how many open bugs have them. */
  readonly parked: readonly { readonly name: string; readonly bugs: number }[];
  /** What could not be read, or seen before. */
  readonly failures: readonly TrackerError[];
}

/**
 * Reads all open bugs that have one of the signs, once, and judges each under every threshold. Whether a target is parked makes no
 * difference there: what has one is not closed. Throws what failed when nothing could be read.
 */
export async function look(place: Place, signs: readonly Sign[], folder: string, world: World): Promise<Outlook> {
  const { source, found } = place;
  const configs = THRESHOLDS.map((untargetedFor) => firstConfig(source, found, { signs, parked: [], warn: null, untargetedFor }));
  const trials = configs.map(rulesOf);
  const [entry] = configs.flatMap(({ trackers }) => Object.entries(trackers).map(([name, one]) => entryOf(name, one)));
  if (!entry) throw new Error('there is nothing to look at');
  const examine = (bug: Bug) => {
    const judgements = trials.map((rules) => judge(bug, rules, world.now));
    return {
      item: { verdicts: judgements.map(({ verdict }) => verdict), targets: bug.targets },
      needsHistory: bug.history === 'unread' && judgements.some(wouldHistoryDecide),
    };
  };
  const { items, failures } = await collect(entry, (one, call) => openTracker(one, folder, world, call), world, examine);
  const [failure] = failures;
  if (failure && items.length === 0) throw failure;
  const named = items.flatMap(({ targets }) => [...new Set(targetNames(targets))]);
  return {
    open: items.length,
    undecided: items.filter(({ verdicts }) => verdicts[0] === 'undecided').length,
    unplanned: items.filter(({ targets }) => targets === 'unplanned').length,
    thresholds: THRESHOLDS.map((untargetedFor, index) => ({
      untargetedFor,
      bugs: items.filter(({ verdicts }) => verdicts[index] === 'close').length,
    })),
    parked: parkedAmong(found?.targets ?? [], named),
    failures: distinct([...place.failures, ...failures]),
  };
}

/** What was in the way of looking around is in the way of reading, too. */
function distinct(failures: readonly TrackerError[]): TrackerError[] {
  return [...new Map(failures.map((failure) => [failure.message, failure])).values()];
}

/** The rules of a configuration that is not written yet. */
function rulesOf(config: FirstConfig) {
  return ruleset(configSchema({ descriptors: DESCRIPTORS, rules: BUILT_IN_RULES }).parse(config), BUILT_IN_RULES);
}

/** Those that bugs have first, the most used at the top. */
function parkedAmong(existing: readonly string[], used: readonly string[]): Outlook['parked'] {
  const counts = new Map(existing.map((name) => [name, 0]));
  for (const name of used) counts.set(name, (counts.get(name) ?? 0) + 1);
  return [...counts]
    .filter(([name]) => soundsParked(name))
    .map(([name, bugs]) => ({ name, bugs }))
    .toSorted((a, b) => b.bugs - a.bugs);
}
