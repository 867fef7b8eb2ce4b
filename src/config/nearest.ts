import { closest, distance } from 'fastest-levenshtein';

/** The known word that somebody meant who typed another one, whatever the case; null when none is near. */
export function nearest(word: string, known: readonly string[]): string | null {
  if (known.length === 0) return null;
  const typed = word.toLowerCase();
  const lower = known.map((one) => one.toLowerCase());
  const found = closest(typed, lower);
  const near = distance(typed, found) <= Math.min(3, Math.ceil(typed.length / 3));
  return near ? (known[lower.indexOf(found)] ?? null) : null;
}
