import type { AdfDocument } from './model.js';

/** Node types that may hold others, those that hold text, and those that stand alone. */
const BLOCKS = new Set(['paragraph', 'heading', 'bulletList', 'orderedList', 'listItem', 'blockquote', 'codeBlock', 'panel']);
const LEAVES = new Set(['text', 'hardBreak', 'rule', 'mention', 'emoji', 'inlineCard', 'date', 'status']);

/** Whether v3 takes it as a document: Jira answers 400 for strings, empty text nodes and unknown node types. */
export function isAdf(value: unknown): value is AdfDocument {
  return isRecord(value) && value.type === 'doc' && value.version === 1 && everyNode(value.content);
}

function everyNode(content: unknown): boolean {
  return Array.isArray(content) && content.every(isNode);
}

function isNode(node: unknown): boolean {
  if (!isRecord(node) || typeof node.type !== 'string') return false;
  if (node.type === 'text') return typeof node.text === 'string' && node.text !== '';
  if (LEAVES.has(node.type)) return true;
  return BLOCKS.has(node.type) && (node.content === undefined || everyNode(node.content));
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** What v2 answers for a document: its text, a blank line between blocks. Marks are lost. */
export function adfToText(document: AdfDocument): string {
  return document.content.map(nodeText).join('\n\n');
}

function nodeText(node: unknown): string {
  if (!isRecord(node)) return '';
  if (node.type === 'hardBreak') return '\n';
  if (typeof node.text === 'string') return node.text;
  return Array.isArray(node.content) ? node.content.map(nodeText).join('') : '';
}

/** What v3 answers for a text: one paragraph for each block. */
export function textToAdf(text: string): AdfDocument {
  const blocks = text.split(/\n{2,}/).filter((block) => block !== '');
  return { type: 'doc', version: 1, content: blocks.map((block) => ({ type: 'paragraph', content: lines(block) })) };
}

function lines(block: string): unknown[] {
  return block
    .split('\n')
    .flatMap((line, index) => [...(index > 0 ? [{ type: 'hardBreak' }] : []), ...(line ? [{ type: 'text', text: line }] : [])]);
}
