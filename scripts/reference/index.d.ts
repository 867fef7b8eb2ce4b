import type { Grammar } from '../../src/cli/completion/grammar.js';
import type { Io } from '../../src/cli/io.js';
import type { formatLine } from '../../src/journal/lines.js';

/** What the program says about itself. */
export interface ReferenceParts {
  /** JSON Schemas. */
  readonly config: unknown;
  readonly report: unknown;
  readonly journal: unknown;
  readonly backtest: unknown;
  /** Makes the lines of the example of a journal. */
  readonly formatLine: typeof formatLine;
  /** Name and meaning. */
  readonly placeholders: readonly (readonly [name: string, summary: string])[];
  readonly helps: readonly (readonly [command: string, help: string])[];
  /** The command line, for the manual. */
  readonly grammar: Grammar;
}

/** All generated files, by their path in the repository. */
export function referenceFiles(parts: ReferenceParts): Record<string, string>;

/** The help of the program and of each of its commands. */
export function helpTexts(run: (args: readonly string[], io: Io) => Promise<number>): Promise<[command: string, help: string][]>;
