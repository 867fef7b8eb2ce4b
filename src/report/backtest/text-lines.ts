import { wrap } from '../columns.js';
import { forTerminal } from '../escape.js';
import type { BacktestLooks } from './format.js';

/** What lines depend on. */
export type Looks = Pick<BacktestLooks, 'width' | 'palette'>;

/** Lines of at most as many columns as there are. */
export function prose(text: string, { width }: Pick<Looks, 'width'>, indent = ''): string[] {
  return wrap(forTerminal(text), width - indent.length).map((line) => `${indent}${line}`);
}

/** An item of a list: the lines after the first are indented like the text of the first. */
export function item(text: string, looks: Pick<Looks, 'width'>): string[] {
  return prose(text, looks, '    ').map((line, index) => (index === 0 ? line.replace(/^ {4}/, '  - ') : line));
}
