import type { TrackerDescriptor } from '../../../src/trackers/tracker.js';
import type { Deed, Who } from './deed.js';
import type { Look, Releases } from './on-bugs.js';

/** A tracker on which a team lives, seen from the side of the people. */
export interface Stage {
  /** Settings and descriptor of the tracker, for the program. */
  readonly settings: { readonly type: string; readonly [key: string]: unknown };
  readonly descriptor: TrackerDescriptor;
  /** Environment variables that the program needs. */
  readonly variables: Readonly<Record<string, string>>;
  /** Whether our account is that of a person, who may use it by hand as well. */
  readonly isPersonal: boolean;
  /** What the tracker is able to do; the others are not tried. */
  readonly kinds: ReadonlySet<Deed['kind']>;
  /** Somebody files a bug, with a number from 1 on; gives its ref. */
  file(number: number, labels: readonly string[], who: Who, at: number): string;
  /** Somebody does something to a bug. */
  act(ref: string, who: Who, deed: Deed, at: number): void;
  /** A release comes to its end. */
  release(over: Releases): void;
  /** A release is deleted; bugs that were planned for it are not any more. */
  remove(release: string, at: number): void;
  look(ref: string): Look;
  /** When the last write of ours happened, by the tracker's own record. */
  lastAt(ref: string): number;
}

/** Everything there is. */
export const ALL_KINDS: ReadonlySet<Deed['kind']> = new Set<Deed['kind']>([
  ...(['comment', 'paste', 'label', 'unlabel', 'assign', 'unassign', 'target', 'untarget', 'rename', 'edit'] as const),
  ...(['vote', 'block', 'unblock', 'prioritize', 'start', 'pause', 'close', 'reopen'] as const),
]);
