import type { Config, TrackerEntry } from '../../config/load.js';
import { BugpruneError, TrackerError } from '../../errors.js';
import type { RunHeader } from '../../journal/document.js';
import type { RunState } from '../../journal/fold.js';
import type { StateFolder } from '../../journal/journal.js';
import { earlierOn, foundBefore, isSettled, undosOf } from '../../journal/undone.js';
import type { Bug, Mark } from '../../model/bug.js';
import { isOurs, withBots } from '../../model/history.js';
import { type Instant, toInstant } from '../../model/instant.js';
import type { Call, Json, Tracker } from '../../trackers/tracker.js';
import { type Collected, collect, type Examined, openTracker, type World } from '../collect.js';
import { lookAtAll, refuseUndo, type Touched, type UndoPlan } from './plan.js';

/**
 * Finds out on the configured trackers what a run did, for when its journal is lost: every bug that carries its mark, left by our own
 * account, is looked at. Throws `usage` for what is no id of a run and where no bug carries its mark, and what failed where that may
 * be the reason.
 */
export async function planUndoFromTrackers(run: string, config: Config, world: World, folder: StateFolder): Promise<UndoPlan> {
  const since = searchedFrom(run);
  const runs = await readableRuns(folder);
  for (const state of runs.filter(({ header }) => header.run === run)) refuseUndo(state);
  const undos = undosOf(runs, run);
  const trackers = new Map<string, Tracker>();
  const open = async (entry: TrackerEntry, call: Call) => {
    const opened = await openTracker(entry, config.folder, world, call);
    trackers.set(entry.name, opened.tracker);
    return opened;
  };
  const examine = (bug: Bug) => examined(bug, run, since, config);
  const selections = [{ state: 'closed', since }, { state: 'open' }] as const;
  const all = await Promise.all(config.trackers.map((entry) => collect(entry, open, world, examine, { selections })));
  const found = new Map(all.flatMap(({ items }) => items.flatMap(({ marked }) => marked ?? [])).map((one) => [keyOf(one), one]));
  const failures = all.flatMap((one) => [...one.failures, ...incomplete(one)]);
  if (found.size === 0) throw failures[0] ?? nothingOf(run, all);
  const settled = [...found.values()].every((bug) => isSettled(undos, bug));
  const deeds = [...found.values()].map(({ mark, tracker, ref, ...touched }) => {
    const bug = { tracker, ref };
    const receipts = foundBefore(undos, bug);
    return { ...touched, deed: { ...bug, mark, receipts, pending: null, lost: true, earlier: earlierOn(undos, bug) } };
  });
  const items = await lookAtAll(deeds, trackers, config, world);
  const recorded = { policyDigest: config.policyDigest, trackers: config.trackers.map(recordedAs) };
  return { of: run, items, trackers, recorded, state: null, settled, failures };
}

const DAY = 86_400_000;

/** From when on to look: a day before the run began by its id, for trackers have clocks of their own. Throws `usage` for what is no id. */
export function searchedFrom(run: string): Instant {
  const iso = run.replace(/^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z-\w+$/, '$1-$2-$3T$4:$5:$6Z');
  const start = iso === run ? null : toInstant(iso);
  if (start) return toInstant(Date.parse(start) - DAY) ?? start;
  throw new BugpruneError('usage', `"${run}" is no id of a run: expected one such as 20261122T090000Z-3f9a2c.`, {
    hint: 'It stands in the report of the run, and in the marker of its comments. First the id, then the sources: bugprune undo RUN --from-tracker SOURCE',
  });
}

/** A damaged journal is a reason to look on the trackers, and must not keep anybody from it. */
async function readableRuns(folder: StateFolder): Promise<RunState[]> {
  try {
    return await folder.runs();
  } catch (error) {
    if (error instanceof BugpruneError) return [];
    throw error;
  }
}

interface Marked extends Omit<Touched, 'deed'> {
  readonly tracker: string;
  readonly ref: string;
  readonly mark: Mark;
}

/** What a bug tells of the run. `unsure`: its history could not be read whole, and the mark may be in the rest. */
interface Trace {
  readonly marked: Marked | null;
  readonly unsure: boolean;
}

/** What nothing happened to since the run began, and what has no comment, needs no look. */
function examined(read: Bug, run: string, since: Instant, { isBot }: Config): Examined<Trace> {
  const bug = isBot ? withBots(read, isBot) : read;
  const { tracker, ref, url, title, confidential, history } = bug;
  const mark = bug.events.find((event) => isOurs(event) && event.mark?.run === run)?.mark;
  const mayBeMarked = bug.comments !== 0 && bug.updatedAt >= since;
  const marked = mark ? { tracker, ref, url, title: confidential ? '' : title, mark } : null;
  return {
    item: { marked, unsure: mayBeMarked && !marked && history !== 'complete' },
    needsHistory: mayBeMarked && history === 'unread',
  };
}

/** A bug that changes while the lists are read may stand in both. */
const keyOf = ({ tracker, ref }: Marked): string => JSON.stringify([tracker, ref]);

function incomplete({ entry, items }: Collected<Trace>): TrackerError[] {
  const count = items.filter(({ unsure }) => unsure).length;
  if (count === 0) return [];
  const what = count === 1 ? 'the history of one bug' : `the histories of ${count} bugs`;
  return [
    new TrackerError('unexpected', `${entry.name}: ${what} could not be read completely; the run may have touched them, too.`),
  ];
}

function nothingOf(run: string, all: readonly Collected<Trace>[]): BugpruneError {
  const where = all.map(({ source, as }) => `${source} (as ${as})`).join(', ');
  return new BugpruneError('usage', `No bug carries a mark of run ${run} that this account left: ${where}.`, {
    hint: 'Is the id right, and is it the account that the run had? Looked at what has changed since the day before the instant in the id, which --now may have set.',
  });
}

/** Settings come from JSON or YAML and hold names of variables, never their values. */
function recordedAs({ name, settings }: TrackerEntry): RunHeader['trackers'][number] {
  return { name, settings: JSON.parse(JSON.stringify(settings)) as { type: string; [key: string]: Json }, open: null };
}
