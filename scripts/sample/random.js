/**
 * Random choices that are the same on every machine and on every run (mulberry32).
 * @param {number} seed
 */
export function randomFrom(seed) {
  let state = seed >>> 0;

  /** From 0 up to, not including, 1. */
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
  /** A whole number, both ends included. */
  const between = (least, most) => least + Math.floor(next() * (most - least + 1));
  const chance = (share) => next() < share;
  const pick = (list) => list[between(0, list.length - 1)];
  const shuffled = (list) => {
    const copy = [...list];
    for (let last = copy.length - 1; last > 0; last--) {
      const other = between(0, last);
      [copy[last], copy[other]] = [copy[other], copy[last]];
    }
    return copy;
  };
  /** Between two numbers, every order of magnitude alike: many small ones and a long tail. */
  const longTail = (least, most) => least * (most / least) ** next();

  return { next, between, chance, pick, shuffled, longTail };
}
