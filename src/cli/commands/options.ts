import type { FailOn } from '../outcome.js';
import type { OutputOptions } from '../outputs.js';
import type { CommonOptions } from '../session.js';

/** The options of `bugprune report`, as commander gives them. */
export type ReportOptions = CommonOptions & OutputOptions & FailOn;

/** The options of `bugprune prune`. */
export type PruneOptions = ReportOptions & {
  readonly yes?: boolean;
  readonly limit?: number;
  readonly drain?: boolean;
  readonly resume?: string;
  readonly interactive?: boolean;
};
