import { resolve } from 'node:path';
import type { Bug, Mark } from '../../model/bug.js';
import { closingAfter } from '../../model/history.js';
import { placeOf } from '../../model/shard.js';
import type { Call, Receipt, Selection, Tracker, TrackerEnv } from '../tracker.js';
import { findMarked, withClosing, withComment } from './change.js';
import { OWN_ACCOUNT } from './format.js';
import type { SnapshotFile } from './lines.js';
import { readBugs, readHeader } from './read.js';
import { closeReceipt, commentReceipt, reverting } from './receipt.js';
import type { FileSettings } from './settings.js';
import { findBug, updateBug } from './update.js';

const PAUSE = 50;

/** A snapshot as a tracker; every bug in it counts as a bug. Writing changes the file itself, one whole version after the other. */
export function openFileTracker(settings: FileSettings, env: TrackerEnv): Tracker {
  const file: SnapshotFile = { path: resolve(env.folder, settings.path), shown: settings.path };
  const named = (bug: Bug): Bug => ({ ...bug, tracker: env.name });
  const inTurn = queue();
  const update = (ref: string, call: Call, change: (bug: Bug) => Bug) =>
    inTurn(() => updateBug(file, ref, { signal: call.signal, pause: () => env.sleep(PAUSE, call.signal) }, change));

  return {
    id: `file:${settings.path}`,

    async identify({ signal }) {
      signal.throwIfAborted();
      await readHeader(file);
      return { name: OWN_ACCOUNT.name };
    },

    async *search(what, { signal, on }) {
      for await (const bugs of readBugs(file, signal)) {
        const selected = bugs.filter((bug) => isOf(what, bug));
        on({ type: 'read', count: selected.length });
        for (const bug of selected) yield named(bug);
      }
    },

    loadHistory: (bugs) => Promise.resolve(bugs.map(withWhatThereIs)),

    read: async (ref, { signal }) => withWhatThereIs(named(await findBug(file, ref, signal))),

    async comment(bug, text, mark, call) {
      const { after } = await update(bug.ref, call, (current) => withComment(current, env.now(), text, mark));
      return commentReceipt(bug.ref, after.events.at(-1)?.id ?? '');
    },

    async close(bug, mark, call) {
      const { before, after } = await update(bug.ref, call, (current) => withClosing(current, env.now()));
      return closingOf(after, mark) ?? closeReceipt(before, after !== before);
    },

    async revert(receipt, call) {
      const change = reverting(receipt);
      await update(receipt.ref, call, (current) => change(current, env.now()));
    },

    async findMark(bug, mark, { signal }) {
      const id = findMarked(await findBug(file, bug.ref, signal), mark)?.id;
      return id === undefined ? undefined : commentReceipt(bug.ref, id);
    },

    async findClosing(bug, mark, { signal }) {
      return closingOf(await findBug(file, bug.ref, signal), mark);
    },
  };
}

/** A closing that does not say which status it ended, as another program may have written it, could not be taken back exactly. */
function closingOf(bug: Bug, mark: Mark): Receipt | undefined {
  const status = closingAfter(bug, mark)?.from;
  return typeof status === 'string' ? closeReceipt({ ref: bug.ref, status }, true) : undefined;
}

function isOf(what: Selection, bug: Bug): boolean {
  if (bug.state !== what.state || what.within?.(placeOf(bug.ref)) === false) return false;
  return what.state === 'open' || bug.updatedAt >= what.since;
}

/** There is nowhere to load the rest of a history from: asked for, what was not saved could not be read. */
function withWhatThereIs(bug: Bug): Bug {
  return bug.history === 'unread' ? { ...bug, history: 'partial' } : bug;
}

/** One after the other, in the order of asking, whether or not the one before succeeded. */
function queue(): <T>(task: () => Promise<T>) => Promise<T> {
  let last: Promise<unknown> = Promise.resolve();
  return (task) => {
    const next = last.then(task, task);
    last = next;
    return next;
  };
}
