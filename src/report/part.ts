import { MOST_SHARDS, type Shard } from '../model/shard.js';
import type { Report } from './document.js';

/** What is wanted of a part as people write it. */
export const PART_WORDS = `a part such as 2/8: the second of 8, of at most ${MOST_SHARDS}`;

/** A part as people write it, `2/8`; null for a text that is none. */
export function parsePart(text: string): Shard | null {
  const [, first, second] = /^([1-9]\d{0,2})\/([1-9]\d{0,2})$/.exec(text) ?? [];
  const [index, count] = [Number(first), Number(second)];
  return index <= count && count <= MOST_SHARDS ? { index, count } : null;
}

/** A part as it is spoken of: `part 2 of 8`. */
export function partInWords({ index, count }: Shard): string {
  return `part ${index} of ${count}`;
}

/** That a report is one part, as a sentence; none where it is whole. */
export function partLines({ shard }: Pick<Report, 'shard'>): string[] {
  if (!shard) return [];
  return [`This is ${partInWords(shard)}: some of the repositories and projects. bugprune merge puts the parts together.`];
}
