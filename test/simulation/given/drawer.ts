import { BugpruneError } from '../../../src/errors.js';
import { encoder } from '../../../src/journal/encode.js';
import { type RunState, startFold } from '../../../src/journal/fold.js';
import type { Journal, StateFolder } from '../../../src/journal/journal.js';
import { readLines } from '../../../src/journal/lines.js';

/** A state folder, and what can happen to it. */
export interface Drawer {
  readonly folder: StateFolder;
  /** Leaves half a line at the end of the latest journal, as a process that dies while it writes does. */
  tear(): Promise<void>;
  /** Takes the journals away. */
  lose(): Promise<void>;
}

interface Kept {
  readonly text: string;
  /** What the text adds up to; journals are read far more often than written. */
  readonly state: RunState | null;
}

/**
 * Journals in memory, made of the very parts of the real folder but for the disk: most of a year with the real one is waiting for the
 * disk to be sure.
 */
export function inMemory(): Drawer {
  const kept = new Map<string, Kept>();
  const stateOf = (run: string): RunState => {
    const { text, state } = kept.get(run) ?? { text: '', state: null };
    if (text === '') throw new BugpruneError('usage', `There is no run "${run}".`);
    const known = state ?? addUp(text).state();
    kept.set(run, { text, state: known });
    return known;
  };
  const journalOn = (run: string, encode: ReturnType<typeof encoder>): Journal => ({
    run,
    append(...lines) {
      kept.set(run, { text: (kept.get(run)?.text ?? '') + encode(lines), state: null });
      return Promise.resolve();
    },
    close: () => Promise.resolve(),
  });
  const folder: StateFolder = {
    path: 'in memory',
    runs: () => Promise.resolve([...kept.keys()].toSorted().map(stateOf)),
    find: (run) => Promise.resolve().then(() => stateOf(run)),
    async begin(header, ...lines) {
      const journal = journalOn(
        header.run,
        encoder(null, (text) => text),
      );
      await journal.append(header, ...lines);
      return journal;
    },
    reopen(run) {
      const { length, sum } = readLines(kept.get(run)?.text ?? '');
      const text = Buffer.from(kept.get(run)?.text ?? '').toString('utf8', 0, length);
      kept.set(run, { text, state: null });
      const journal = journalOn(
        run,
        encoder({ folding: addUp(text), sum }, (one) => one),
      );
      return Promise.resolve({ state: stateOf(run), journal });
    },
    exclusively: (_run, task) => task(),
  };
  return {
    folder,
    tear() {
      const last = [...kept.keys()].toSorted().at(-1);
      if (last !== undefined) kept.set(last, { text: `${kept.get(last)?.text}{"line":"resu`, state: null });
      return Promise.resolve();
    },
    lose() {
      kept.clear();
      return Promise.resolve();
    },
  };
}

function addUp(text: string) {
  const [first, ...others] = readLines(text).lines;
  const folding = startFold(first);
  for (const line of others) folding.add(line);
  return folding;
}
