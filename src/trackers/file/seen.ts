const NUMBERED = /^(.*\D)([1-9]\d{0,8})$/s;
const PAGE = 1024;

/**
 * Remembers refs: adds one and says whether it is new. Nearly all refs are a prefix and a number, and those take a bit each,
 * so that a million bugs do not cost the memory that reading line by line has just saved.
 */
export function refMemory(): (ref: string) => boolean {
  const pages = new Map<string, Map<number, Uint32Array>>();
  const others = new Set<string>();

  return (ref) => {
    const [, prefix, number] = NUMBERED.exec(ref) ?? [];
    if (prefix === undefined) {
      const known = others.has(ref);
      others.add(ref);
      return !known;
    }
    const numbers = pages.get(prefix) ?? new Map<number, Uint32Array>();
    pages.set(prefix, numbers);
    return setBit(numbers, Number(number));
  };
}

function setBit(pages: Map<number, Uint32Array>, number: number): boolean {
  const index = Math.floor(number / PAGE);
  const page = pages.get(index) ?? new Uint32Array(PAGE / 32);
  pages.set(index, page);
  const word = (number % PAGE) >> 5;
  const bit = 1 << (number & 31);
  const before = page[word] ?? 0;
  page[word] = before | bit;
  return (before & bit) === 0;
}
