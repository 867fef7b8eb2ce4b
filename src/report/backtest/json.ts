import { forJson } from '../escape.js';
import type { BacktestFormat } from './format.js';

/** The document itself: the bytes of `JSON.stringify` with an indentation of two. */
export const backtestJson = {
  extension: 'json',
  render: (document) => `${forJson(JSON.stringify(document, null, 2))}\n`,
} satisfies BacktestFormat;
