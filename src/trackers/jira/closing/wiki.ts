import { cleanText } from '../../../model/text.js';
import { splitLinks } from './links.js';

/** What the renderer takes a backslash before. Source: BackslashEscapeRendererComponent of the Atlassian renderer. */
const SPECIAL = /[!#%()*+?@[\]^_{|}~-]/g;

/**
 * A text as wiki markup of Data Center that shows as exactly that text: no mentions, no macros, no formatting. Only URLs become
 * links, by themselves. A blank line starts a paragraph.
 */
export function toWiki(text: string): string {
  return paragraphs(text)
    .map((lines) => lines.map(wikiLine).join('\n'))
    .join('\n\n');
}

/** The paragraphs of a text, each as its lines without control characters. */
export function paragraphs(text: string): string[][] {
  return text
    .split(/(?:\r?\n[^\S\n]*){2,}/)
    .map((block) => block.split(/\r?\n/).map(cleanText).filter(Boolean))
    .filter((lines) => lines.length > 0);
}

function wikiLine(line: string): string {
  const markup = splitLinks(line)
    .map(({ text, href }) => (href ? text : escapeWiki(text)))
    .join('');
  // `h1.` and `bq.` at the start of a line make a heading and a quotation; the renderer keeps entities.
  return markup.replace(/^(h)(?=[1-6]\.)|^(b)(?=q\.)/, (letter) => `&#${letter.charCodeAt(0)};`);
}

/** Two backslashes would be a line break, so a backslash is written as an entity, and what looks like one is none. */
function escapeWiki(text: string): string {
  return text
    .replace(/&(?=#?\w+;)/g, '&amp;')
    .replace(SPECIAL, (special, index: number) => (isInWord(text, special, index) ? special : `\\${special}`))
    .replace(/\\(?![!#%()*+?@[\]^_{|}~-])/g, '&#92;');
}

/** A hyphen between two letters is only a hyphen. */
function isInWord(text: string, special: string, index: number): boolean {
  return special === '-' && /\w/.test(text[index - 1] ?? '') && /\w/.test(text[index + 1] ?? '');
}
