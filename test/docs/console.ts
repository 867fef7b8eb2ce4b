/** A command of a `console` block, behind `$ `, with what it prints. Lines that begin with `> ` go on with the command. */
export interface Exchange {
  readonly command: string;
  readonly shown: readonly string[];
}

/** Stands for any number of lines that a page leaves out. */
const LEFT_OUT = '…';

/** Chance chooses the end of a run's id. */
const RUN = /\b(\d{8}T\d{6}Z)-[0-9a-f]{6}\b/g;

/** The commands of a `console` block. */
export function exchangesOf(block: string): Exchange[] {
  const lines = block.trimEnd().split('\n');
  const starts = lines.flatMap((line, index) => (line.startsWith('$ ') ? [index] : []));
  return starts.map((start, nth) => {
    const own = lines.slice(start, starts[nth + 1]);
    const more = own.findIndex((line, index) => index > 0 && !line.startsWith('> '));
    const end = more < 0 ? own.length : more;
    return {
      command: own
        .slice(0, end)
        .map((line) => line.slice(2))
        .join('\n'),
      shown: own.slice(end),
    };
  });
}

/** What was printed, as lines that are the same at every run. */
export function steady(output: string): string[] {
  const lines = output.replace(RUN, '$1-3f9a2c').trimEnd().split('\n');
  return lines.length === 1 && lines[0] === '' ? [] : lines;
}

/** The parts of what a page shows, between the places where it leaves something out. */
function parts(shown: readonly string[]): string[][] {
  const all: string[][] = [[]];
  for (const line of shown) {
    if (line === LEFT_OUT) all.push([]);
    else all.at(-1)?.push(line);
  }
  return all;
}

/**
 * What the page should show: the same parts of what was printed now. A part is found by its first line; the first part begins with the
 * output, and the last ends with it, unless something is left out there. A part whose first line is no more stays as it is, and so fails.
 */
export function refreshed(shown: readonly string[], printed: readonly string[]): string[] {
  if (!shown.includes(LEFT_OUT)) return [...printed];
  const all = parts(shown);
  let from = 0;
  const found = all.map((part, index) => {
    if (part.length === 0) return part;
    const isLast = index === all.length - 1;
    const at = index === 0 ? 0 : isLast ? printed.length - part.length : printed.indexOf(part[0] ?? '', from);
    if (at < from) return part;
    from = at + part.length;
    return printed.slice(at, from);
  });
  return found.flatMap((part, index) => (index === 0 ? part : [LEFT_OUT, ...part]));
}
