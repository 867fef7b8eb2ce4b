import type { Instant } from '../model/instant.js';
import type { Report } from './document.js';

/** Colours and links, or their absence, as functions. */
export interface Palette {
  bold(text: string): string;
  dim(text: string): string;
  red(text: string): string;
  yellow(text: string): string;
  green(text: string): string;
  cyan(text: string): string;
  /** The text, leading to the address if there is one of the web and a terminal can do that. Takes no further columns. */
  link(text: string, address?: string): string;
}

/** Everything but the report that its looks depend on. */
export interface RenderOptions {
  /** Columns. */
  readonly width: number;
  readonly palette: Palette;
  /** Whether everything is listed, however long: in files, after a prune, and where somebody is asked to agree. */
  readonly all: boolean;
  /** The command to type next, to be shown: the one that would carry the report out, or take the run back; null for none. */
  readonly next: string | null;
  /** How many bugs were open in the past, oldest first, where that is known. */
  readonly backlog?: readonly BacklogPoint[];
}

/** How many bugs were open at one moment. */
export interface BacklogPoint {
  readonly at: Instant;
  readonly open: number;
}

/**
 * A report format: a pure function to text, which ends with a newline. A long text may come in parts, so that it need not be held
 * in memory as a whole. Titles in a report are hostile; escape them for the destination.
 */
export interface Format {
  /** Of files: `md`. */
  readonly extension: string;
  render(report: Report, options: RenderOptions): string | Iterable<string>;
}
