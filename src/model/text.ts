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

type NameMatcher = (name: string) => boolean;
const matchers = new WeakMap<readonly string[], NameMatcher>();

/** Whether a name is in a list whose entries may hold `*` for any characters. Each list is compiled once. */
export function nameMatcher(patterns: readonly string[]): NameMatcher {
  const matcher = matchers.get(patterns) ?? compile(patterns);
  matchers.set(patterns, matcher);
  return matcher;
}

function compile(patterns: readonly string[]): NameMatcher {
  const exact = new Set(patterns.filter((pattern) => !pattern.includes('*')).map(foldName));
  const globs = patterns.filter((pattern) => pattern.includes('*')).map(compileGlob);
  return (name) => {
    const folded = foldName(name);
    return exact.has(folded) || globs.some((matches) => matches(folded));
  };
}

/**
 * The first and the last part stand where they must, and each part between is taken where it first occurs: nothing is tried twice,
 * while a regular expression with some stars can be kept busy for hours by a title made for it.
 */
function compileGlob(pattern: string): NameMatcher {
  const [first = '', ...middle] = foldName(pattern).split(/\*+/);
  const last = middle.pop() ?? '';
  return (name) => {
    if (!name.startsWith(first) || !name.endsWith(last)) return false;
    let position = first.length;
    for (const part of middle) {
      const found = name.indexOf(part, position);
      if (found < 0) return false;
      position = found + part.length;
    }
    return position + last.length <= name.length;
  };
}
