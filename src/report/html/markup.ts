import { forHtml } from '../escape.js';

/** HTML that may stand as it is. Only {@link markup} and {@link verbatim} make it, so that no text gets into the page unescaped. */
export interface Markup {
  readonly html: string;
}

/** What can stand in a template: text and numbers are escaped, lists are joined, null is nothing. */
export type Piece = Markup | string | number | null | readonly Piece[];

/** HTML from a template; everything put into it is escaped, for text and for attributes in quotes alike. */
export function markup(template: TemplateStringsArray, ...pieces: readonly Piece[]): Markup {
  let html = template[0] ?? '';
  for (const [index, piece] of pieces.entries()) html += htmlOf(piece) + (template[index + 1] ?? '');
  return { html };
}

/** A text of our own that is HTML already, or must not be escaped: the style, the script. */
export const verbatim = (html: string): Markup => ({ html });

function htmlOf(piece: Piece): string {
  if (piece === null) return '';
  if (typeof piece === 'string') return forHtml(piece);
  if (typeof piece === 'number') return String(piece);
  return 'html' in piece ? piece.html : piece.map(htmlOf).join('');
}
