import { foldName } from './text.js';

/** Nobody reads longer lists. */
const MOST = 5;

/** `1 label`, `2 labels`. */
export function count(number: number, singular: string, plural = `${singular}s`): string {
  return `${number} ${number === 1 ? singular : plural}`;
}

/** A share in percent, to one decimal: `20.6 %`. */
export function percent(share: number): string {
  return `${Math.round(share * 1000) / 10} %`;
}

/** `a, b and c`; of a long list the first five: `a, b, c, d, e and 7 more`. */
export function enumerate(parts: readonly string[], conjunction: 'and' | 'or' = 'and'): string {
  const shown = parts.length > MOST + 1 ? [...parts.slice(0, MOST), `${parts.length - MOST} more`] : parts;
  const last = shown.at(-1) ?? '';
  return shown.length > 1 ? `${shown.slice(0, -1).join(', ')} ${conjunction} ${last}` : last;
}

/** `"a" and "b"`. */
export function quoted(names: readonly string[], conjunction: 'and' | 'or' = 'and'): string {
  return enumerate(
    names.map((name) => `"${name}"`),
    conjunction,
  );
}

/** What there is instead of names that do not exist: those that are at least half as like one of them as the most like one is. */
export function nearest(words: readonly string[], names: readonly string[], noun: string, plural = `${noun}s`): string {
  const wanted = words.map(pairs);
  const ranked = [...new Set(names)].map((name) => ({
    name,
    rank: Math.max(...wanted.map((word) => overlap(word, pairs(name)))),
  }));
  const best = Math.max(...ranked.map(({ rank }) => rank));
  const near = ranked.filter(({ rank }) => rank >= best / 2).toSorted((a, b) => b.rank - a.rank);
  const found = near.map(({ name }) => name);
  const nouns = found.length === 1 ? noun : plural;
  if (found.length === 0) return `There is no ${noun} at all.`;
  return best > 0 ? `Nearest ${nouns}: ${found.slice(0, MOST).join(', ')}.` : `Existing ${nouns}: ${enumerate(found)}.`;
}

/** Pairs of neighbouring letters: names that share many are alike, wherever in the name they stand (`P0`, `priority/p0`). */
function pairs(name: string): ReadonlySet<string> {
  const text = ` ${foldName(name).replaceAll('*', '')} `;
  return new Set(Array.from({ length: text.length - 1 }, (_, index) => text.slice(index, index + 2)));
}

/** 0 for nothing in common, 1 for the same. */
function overlap(a: ReadonlySet<string>, b: ReadonlySet<string>): number {
  return (2 * [...a].filter((pair) => b.has(pair)).length) / (a.size + b.size);
}
