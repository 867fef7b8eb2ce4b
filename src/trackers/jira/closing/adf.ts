import { z } from 'zod';
import { splitLinks } from './links.js';
import { paragraphs } from './wiki.js';

interface TextNode {
  readonly type: 'text';
  readonly text: string;
  readonly marks?: readonly { readonly type: 'link'; readonly attrs: { readonly href: string } }[];
}

interface Paragraph {
  readonly type: 'paragraph';
  readonly content: readonly (TextNode | { readonly type: 'hardBreak' })[];
}

/** A document of Cloud's API v3, as far as we write any. */
export interface AdfDocument {
  readonly type: 'doc';
  readonly version: 1;
  readonly content: readonly Paragraph[];
}

/** A text as a document: paragraphs, line breaks and links, nothing else. What is no address stays text, so nobody is mentioned. */
export function toAdf(text: string): AdfDocument {
  return { type: 'doc', version: 1, content: paragraphs(text).map(paragraph) };
}

function paragraph(lines: readonly string[]): Paragraph {
  const content = lines.flatMap((line, index) => [...(index > 0 ? [{ type: 'hardBreak' as const }] : []), ...textNodes(line)]);
  return { type: 'paragraph', content };
}

function textNodes(line: string): TextNode[] {
  return splitLinks(line).map(({ text, href }) => ({
    type: 'text',
    text,
    ...(href ? { marks: [{ type: 'link', attrs: { href } }] } : {}),
  }));
}

const node = z.object({ type: z.string().optional(), text: z.string().optional(), content: z.array(z.unknown()).optional() });

/** The words of a comment's body, of a document or of wiki text, with single spaces between them: what stays the same in storage. */
export function plainWords(body: unknown): string {
  return plain(body).replace(/\s+/g, ' ').trim();
}

/** Our own documents have three levels. A comment that somebody nests as deep as a request is long must not end a run. */
const DEEPEST = 100;

function plain(body: unknown, level = 0): string {
  if (typeof body === 'string') return body;
  const { data } = node.safeParse(body);
  if (!data || level > DEEPEST) return '';
  const inner = (data.content ?? []).map((part) => plain(part, level + 1)).join('');
  return (data.text ?? '') + inner + (data.type === 'text' ? '' : ' ');
}
