import type { Io } from '../../src/cli/io.js';

/** What the program says about itself. */
export interface ReferenceParts {
  /** JSON Schemas. */
  readonly config: unknown;
  readonly report: unknown;
  /** Name and meaning. */
  readonly placeholders: readonly (readonly [name: string, summary: string])[];
  readonly helps: readonly (readonly [command: string, help: string])[];
}

/** All generated files, by their path in the repository. */
export function referenceFiles(parts: ReferenceParts): Record<string, string>;

/** The help of the program and of each of its commands. */
export function helpTexts(run: (args: readonly string[], io: Io) => Promise<number>): Promise<[command: string, help: string][]>;
