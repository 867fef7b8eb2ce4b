/** A piece of a line: a link where it has an address. */
export interface Piece {
  readonly text: string;
  readonly href?: string;
}

/** A web address, up to what cannot be part of it or may be markup. */
const ADDRESS = /https?:\/\/[^\s<>"'`{}|\\^[\]()*!]+/g;

/** A line in pieces, so that the web addresses in it can become links. The pieces joined are the line. */
export function splitLinks(line: string): Piece[] {
  const pieces: Piece[] = [];
  let end = 0;
  for (const match of line.matchAll(ADDRESS)) {
    const href = match[0].replace(/[.,;:?]+$/, '');
    if (!URL.canParse(href)) continue;
    if (match.index > end) pieces.push({ text: line.slice(end, match.index) });
    pieces.push({ text: href, href });
    end = match.index + href.length;
  }
  if (end < line.length) pieces.push({ text: line.slice(end) });
  return pieces;
}
