import type { TrackerEntry } from '../config/load.js';
import { TrackerError } from '../errors.js';
import type { Bug } from '../model/bug.js';
import type { Instant } from '../model/instant.js';
import { placeOf } from '../model/shard.js';
import type { Call, Selection, Tracker, TrackerEnv, TrackerEvent, TrackerReader } from '../trackers/tracker.js';

/** What happens in the course of a command, for whoever wants to show it. */
export type RunEvent =
  | (TrackerEvent & { readonly tracker: string })
  /** So many histories of those that are missing were read. */
  | { readonly type: 'histories'; readonly tracker: string; readonly done: number; readonly total: number }
  /** What is done with what stands in a file already. */
  | { readonly type: 'earlier'; readonly file: string; readonly message: string }
  /** A run begins to write; `of` is the run that it takes back. */
  | { readonly type: 'run'; readonly run: string; readonly total: number; readonly of?: string }
  | { readonly type: 'stopping'; readonly ref: string }
  | { readonly type: 'acting'; readonly ref: string; readonly index: number; readonly total: number };

/** The world as a use case sees it: the clock is a value, and everything that waits can be stopped. */
export interface World extends Omit<TrackerEnv, 'name' | 'folder' | 'now'> {
  readonly now: Instant;
  /** Stop as soon as nothing is left half done: Ctrl-C. */
  readonly signal: AbortSignal;
  /** Stop at once: the second Ctrl-C. */
  readonly abort: AbortSignal;
  /** A text without any secret that is known by now, for what is written to files. */
  clean(text: string): string;
  /** A few characters that no other run has. */
  random(): string;
  on(event: RunEvent): void;
}

/** A tracker that could be opened, for reading and writing, and whom it takes us for. */
export interface OpenTracker {
  readonly tracker: Tracker;
  readonly as: string;
}

/** The same, for whoever only reads. */
export interface OpenReader {
  readonly tracker: TrackerReader;
  readonly as: string;
}

/** Everything that one tracker gave. `failures` are what could not be read; the items are what came of the bugs that could. */
export interface Collected<Item> {
  readonly entry: TrackerEntry;
  /** The account that the tracker took us for; empty when it did not answer. */
  readonly as: string;
  /** What was read: `github:acme/app`. */
  readonly source: string;
  readonly items: readonly Item[];
  readonly failures: readonly TrackerError[];
  readonly notes: readonly string[];
  /** It was cut short: see {@link What.partly}. */
  readonly interrupted: boolean;
}

/** What is read of a tracker. */
export interface What {
  /** All open bugs, unless it says otherwise. */
  readonly selections?: readonly Selection[];
  /** An interruption does not throw: what was read by then stands. */
  readonly partly?: boolean;
}

/** What is made of a bug, and whether that has to wait for its history. The bug itself is not kept. */
export interface Examined<Item> {
  readonly item: Item;
  readonly needsHistory: boolean;
}

/** Opens a tracker and asks it who we are. */
export async function openTracker(entry: TrackerEntry, folder: string, world: World, call: Call): Promise<OpenTracker> {
  const env: TrackerEnv = { ...world, name: entry.name, folder, now: () => world.now };
  const tracker = await entry.descriptor.open(entry.settings, env);
  const { name } = await tracker.identify(call);
  return { tracker, as: name };
}

/** The call context of one tracker: its events carry its name. */
export function callFor(entry: TrackerEntry, world: World): Call {
  return { signal: world.signal, on: (event) => world.on({ ...event, tracker: entry.name }) };
}

/** Histories are asked for this many bugs at a time, which bounds memory; adapters divide them further. */
const BATCH = 500;

/**
 * Reads all open bugs of one tracker, or those of the given selections, and the histories of those that need it.
 * A tracker that fails does not throw: what it gave before stands, beside the failure, unless it says that its data is damaged.
 * An adapter may not know of `within`, so what it gives is asked about again.
 */
export async function collect<Item>(
  entry: TrackerEntry,
  open: (entry: TrackerEntry, call: Call) => Promise<OpenReader>,
  world: World,
  examine: (bug: Bug) => Examined<Item>,
  { selections = [{ state: 'open' }], partly = false }: What = {},
): Promise<Collected<Item>> {
  const items: Item[] = [];
  const failures: TrackerError[] = [];
  const notes: string[] = [];
  const { on } = callFor(entry, world);
  const call: Call = {
    signal: world.signal,
    on(event) {
      if (event.type === 'problem') failures.push(event.error);
      if (event.type === 'note') notes.push(event.message);
      on(event);
    },
  };
  const waiting: Bug[] = [];
  let opened: OpenReader | null = null;
  let interrupted = false;
  try {
    opened = await open(entry, call);
    for (const what of selections) {
      for await (const bug of opened.tracker.search(what, call)) {
        if (what.within?.(placeOf(bug.ref)) === false) continue;
        const { item, needsHistory } = examine(bug);
        if (needsHistory) waiting.push(bug);
        else items.push(item);
      }
    }
    const total = waiting.length;
    while (waiting.length > 0) {
      world.on({ type: 'histories', tracker: entry.name, done: total - waiting.length, total });
      for (const bug of await opened.tracker.loadHistory(waiting.slice(0, BATCH), call)) items.push(examine(bug).item);
      waiting.splice(0, BATCH);
    }
  } catch (error) {
    interrupted = world.signal.aborted;
    const failure = error instanceof TrackerError ? error : null;
    if (interrupted ? !partly : failure === null) throw error;
    if (failure && !interrupted) call.on({ type: 'problem', error: failure });
    for (const bug of waiting) items.push(examine(bug).item);
    // What is damaged cannot be trusted in parts.
    if (failure?.kind === 'validation') items.length = 0;
  }
  return { entry, as: opened?.as ?? '', source: opened?.tracker.id ?? entry.name, items, failures, notes, interrupted };
}
