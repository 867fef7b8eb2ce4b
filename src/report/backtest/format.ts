import type { RenderOptions } from '../format.js';
import type { NextStep } from '../next.js';
import type { Backtests } from './document.js';

/** Everything but the document that its looks depend on. `all`: every regret is listed, however many there are. */
export interface BacktestLooks extends Pick<RenderOptions, 'width' | 'palette' | 'all'> {
  /** Commands to type next, ready to be copied. */
  readonly next: readonly NextStep[];
}

/** A format for backtests: a pure function to text, which ends with a newline. Titles are hostile. */
export interface BacktestFormat {
  /** Of files: `md`. */
  readonly extension: string;
  render(document: Backtests, looks: BacktestLooks): string | Iterable<string>;
}
