import { JournalError } from '../../../src/journal/failure.js';
import type { Journal, StateFolder } from '../../../src/journal/journal.js';
import { Crash } from './wire.js';

/** What goes wrong as a line is written to a journal. `full`: the disk is. */
export interface DeskTrouble {
  readonly kind: 'crash' | 'full';
  /** Which writing, from 1 on: the beginning of a journal counts too. */
  readonly nth: number;
  readonly after: boolean;
}

/** Where journals are written. */
export interface Desk {
  trouble: DeskTrouble | null;
  count: number;
}

/** A state folder with which things go wrong. */
export function troubled(folder: StateFolder, desk: Desk): StateFolder {
  let isFull = false;
  const through = async <Result>(act: () => Promise<Result>): Promise<Result> => {
    desk.count++;
    const { trouble, count } = desk;
    if (isFull) throw full();
    if (!trouble || trouble.nth !== count) return act();
    if (trouble.kind === 'full') {
      isFull = true;
      throw full();
    }
    if (trouble.after) await act();
    throw new Crash('the process dies');
  };
  const watched = (journal: Journal): Journal => ({
    ...journal,
    append: (...lines) => through(() => journal.append(...lines)),
  });
  return {
    ...folder,
    async begin(header, ...lines) {
      isFull = false;
      let begun: Journal | null = null;
      const begin = async () => {
        begun = await folder.begin(header, ...lines);
        return begun;
      };
      return watched(
        await through(begin).catch(async (error: unknown) => {
          await begun?.close();
          throw error;
        }),
      );
    },
    async reopen(run) {
      isFull = false;
      const { state, journal } = await folder.reopen(run);
      return { state, journal: watched(journal) };
    },
  };
}

const full = () => new JournalError('written', 'the journal', Object.assign(new Error('full'), { code: 'ENOSPC' }));
