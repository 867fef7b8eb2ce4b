/** Chance, the same for the same seed. */
export interface Dice {
  /** True so often out of one. */
  chance(probability: number): boolean;
  /** A whole number from 0 on, below this one. */
  below(count: number): number;
  oneOf<Item>(items: readonly [Item, ...Item[]]): Item;
}

/** Dice of their own for each seed. Source of the generator: mulberry32, by Tommy Ettinger, in the public domain. */
export function dice(seed: string): Dice {
  let state = hash(seed);
  const next = () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  const below = (count: number) => Math.floor(next() * count);
  return { chance: (probability) => next() < probability, below, oneOf: (items) => items[below(items.length)] ?? items[0] };
}

/** FNV-1a. */
function hash(text: string): number {
  let sum = 0x811c9dc5;
  for (const letter of text) sum = Math.imul(sum ^ (letter.codePointAt(0) ?? 0), 0x01000193);
  return sum;
}

/** One of several, each as often as its number says among all of them. */
export function drawn<Item>({ below }: Dice, weights: readonly (readonly [weight: number, item: Item])[]): Item | null {
  let rest = below(weights.reduce((sum, [weight]) => sum + weight, 0) || 1);
  for (const [weight, item] of weights) {
    if (rest < weight) return item;
    rest -= weight;
  }
  return null;
}
