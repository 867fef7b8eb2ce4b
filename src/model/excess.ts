/** More than any document of ours has, and few enough to be looked at and written down in no time. */
const MOST_LEVELS = 100;
const MOST_VALUES = 100_000;

/**
 * What makes a document unfit to be worked with, in words; null for one that is fit. Aliases of YAML can put a list into itself, or a few
 * lines that unfold to billions of values; JSON nests as deep as it likes, and whatever follows it down runs out of stack.
 */
export function excessIn(document: unknown): string | null {
  let left = MOST_VALUES;
  const look = (value: unknown, level: number): string | null => {
    if (left-- <= 0)
      return `it has more than ${MOST_VALUES.toLocaleString('en')} values, counted as often as aliases repeat them`;
    if (typeof value !== 'object' || value === null) return null;
    if (level > MOST_LEVELS) return `it is nested more than ${MOST_LEVELS} levels deep, or within itself`;
    for (const inner of Object.values(value)) {
      const excess = look(inner, level + 1);
      if (excess !== null) return excess;
    }
    return null;
  };
  return look(document, 1);
}
