import type { BacktestFormat } from './format.js';
import { backtestHtml } from './html.js';
import { backtestJson } from './json.js';
import { backtestMarkdown } from './markdown.js';
import { backtestText } from './text.js';

/** The formats of a backtest, by the name to use with --format. */
export const BACKTEST_FORMATS = {
  table: backtestText,
  json: backtestJson,
  markdown: backtestMarkdown,
  html: backtestHtml,
} satisfies Record<string, BacktestFormat>;
