/** One of several runs that share the work among them, counted from 1: `{ index: 2, count: 8 }`. */
export interface Shard {
  readonly index: number;
  readonly count: number;
}

/** Into no more parts than this: the most jobs that GitHub Actions makes of one matrix. */
export const MOST_SHARDS = 256;

/** Which places a run has to read: see {@link shardOf}. */
export function inShard({ index, count }: Shard): (place: string) => boolean {
  return (place) => shardOf(place, count) === index;
}

/**
 * The part, from 1 to `count`, that reads a repository or project. It follows from nothing but its name, in any case: not from other
 * places, the order of sources or the machine. This must never change: two versions that share a run would leave places out.
 */
export function shardOf(place: string, count: number): number {
  return (mixed(fnv1a(place.toLowerCase())) % count) + 1;
}

/**
 * The repository or project of a bug, by its ref: `acme/app` for `acme/app#12`, `ERP` for `ERP-12`. A ref of another make is a place of
 * its own.
 */
export function placeOf(ref: string): string {
  const end = ref.includes('#') ? ref.lastIndexOf('#') : ref.lastIndexOf('-');
  return end > 0 ? ref.slice(0, end) : ref;
}

/** FNV-1a of 32 bits over UTF-8. Source: Fowler, Noll and Vo, http://www.isthe.com/chongo/tech/comp/fnv/. */
function fnv1a(text: string): number {
  let hash = 0x811c9dc5;
  for (const byte of new TextEncoder().encode(text)) hash = Math.imul(hash ^ byte, 0x01000193);
  return hash >>> 0;
}

/**
 * The last steps of MurmurHash3 (Austin Appleby, public domain: `fmix32`). The low bits of FNV-1a depend on the low bits of the text alone,
 * so a remainder by 2 or 8 of similar names would be anything but even.
 */
function mixed(hash: number): number {
  let mix = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  mix = Math.imul(mix ^ (mix >>> 13), 0xc2b2ae35);
  return (mix ^ (mix >>> 16)) >>> 0;
}
