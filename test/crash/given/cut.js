/**
 * Where a journal ends. Gives a function that is told of every text on its way there, and says how many of its characters arrive:
 * null for all of them, and then the program goes on.
 */
export function cutter(line, how) {
  let lines = 0;
  return (text) => {
    const texts = text.split(/(?<=\n)/);
    const index = line - lines - 1;
    lines += texts.length;
    const last = texts[index];
    if (last === undefined) return null;
    const before = texts.slice(0, index).join('').length;
    return before + (how === 'torn' ? Math.floor(last.length / 2) : last.length);
  };
}
