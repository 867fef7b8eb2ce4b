/**
 * Control characters (escape sequences begin with one), line and paragraph separators, and the bidirectional
 * overrides that make text read differently from what it is. What remains prints where it is put and nowhere else.
 */
// biome-ignore lint/suspicious/noControlCharactersInRegex: removing them is the point
const UNSAFE = /[\u0000-\u001f\u007f-\u009f\u061c\u200b\u200e\u200f\u2028-\u202e\u2060\u2066-\u2069\ufeff]+/g;

/** One line of harmless characters: what every name and title from a tracker goes through when a bug is mapped. */
export function cleanText(text: string): string {
  return text.replace(UNSAFE, ' ').replace(/ {2,}/g, ' ').trim();
}

/** The form in which names are compared: without regard to case and to the shape of the apostrophe. */
export function foldName(name: string): string {
  return name
    .trim()
    .toLowerCase()
    .replace(/[\u2018\u2019\u02bc\u00b4`]/g, "'");
}

/** Whether a name is in a list whose entries may hold `*` for any characters. */
export function nameMatcher(patterns: readonly string[]): (name: string) => boolean {
  const exact = new Set(patterns.filter((pattern) => !pattern.includes('*')).map(foldName));
  const globs = patterns.filter((pattern) => pattern.includes('*')).map(globToRegExp);
  return (name) => {
    const folded = foldName(name);
    return exact.has(folded) || globs.some((glob) => glob.test(folded));
  };
}

function globToRegExp(pattern: string): RegExp {
  const parts = foldName(pattern)
    .split(/\*+/)
    .map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
  return new RegExp(`^${parts.join('.*')}$`, 's');
}
