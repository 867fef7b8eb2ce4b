import stringWidth from 'string-width';

/** How many columns a text takes in a terminal; wide characters and emoji take two. */
export const widthOf = (text: string): number => stringWidth(text);

const graphemes = new Intl.Segmenter();

/** The text cut to a number of columns, ending in `…` where something is missing; never through the middle of a character. */
export function truncate(text: string, columns: number): string {
  if (widthOf(text) <= columns) return text;
  return columns > 0 ? `${head(text, columns - 1).trimEnd()}…` : '';
}

/** As much of the beginning as fits. */
function head(text: string, columns: number): string {
  let cut = '';
  let width = 0;
  for (const { segment } of graphemes.segment(text)) {
    width += widthOf(segment);
    if (width > columns) break;
    cut += segment;
  }
  return cut;
}

/** The text in lines of at most so many columns, broken between words; a word that is too long for a line is broken as well. */
export function wrap(text: string, columns: number): string[] {
  const lines = [''];
  for (const word of text.split(' ')) {
    const last = lines.at(-1) ?? '';
    const joined = last === '' ? word : `${last} ${word}`;
    if (widthOf(joined) <= columns) lines[lines.length - 1] = joined;
    else lines.push(...pieces(word, columns));
  }
  return lines[0] === '' ? lines.slice(1) : lines;
}

/** In one go: what is told may be a single word of any length. */
function pieces(word: string, columns: number): string[] {
  const lines: string[] = [];
  let line = '';
  let width = 0;
  for (const { segment } of graphemes.segment(word)) {
    const own = widthOf(segment);
    if (line !== '' && width + own > columns) {
      lines.push(line);
      [line, width] = ['', 0];
    }
    line += segment;
    width += own;
  }
  return [...lines, line];
}

/** The text filled up with blanks to a number of columns. */
export function pad(text: string, columns: number, align: 'left' | 'right' = 'left'): string {
  const blanks = ' '.repeat(Math.max(0, columns - widthOf(text)));
  return align === 'left' ? text + blanks : blanks + text;
}

/** A text behind a label, both ready to be shown, in lines of at most so many columns of which the later ones begin below the text. */
export function hanging(label: string, text: string, columns: number, paint: (line: string) => string = (line) => line): string {
  const indent = widthOf(label);
  const lines = wrap(text, Math.max(LEAST_COLUMNS, columns - indent));
  return `${label}${lines.map((line) => paint(line)).join(`\n${' '.repeat(indent)}`)}`.trimEnd();
}

/** Narrower columns are hard to read; then rather beyond the edge. */
const LEAST_COLUMNS = 20;
