import { instant, WEEK } from './clock.js';

/** What happened in a year, bug by bug: for whoever has to understand what went wrong. */
export interface Diary {
  /** Writes a line about a bug; null: about all of them. */
  write(ref: string | null, at: number, line: string): void;
  /** The story of one bug, week by week. */
  story(ref: string | null): string;
}

/** An empty diary that begins at a time. */
export function newDiary(start: number): Diary {
  const lines: { readonly ref: string | null; readonly at: number; readonly line: string }[] = [];
  const weekOf = (at: number) => Math.floor((at - start) / WEEK);
  return {
    write: (ref, at, line) => void lines.push({ ref, at, line }),
    story(ref) {
      // What concerns all bugs is told in the weeks in which something happens to this one.
      const weeks = new Set(lines.filter((one) => one.ref === ref).map(({ at }) => weekOf(at)));
      return lines
        .filter((one) => one.ref === ref || (one.ref === null && weeks.has(weekOf(one.at))))
        .map(({ at, line }) => `week ${String(weekOf(at)).padStart(3)}  ${instant(at)}  ${line}`)
        .join('\n');
    },
  };
}
