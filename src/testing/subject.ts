import assert from 'node:assert/strict';
import type { Bug, Mark } from '../model/bug.js';
import type { Call, Selection, Tracker } from '../trackers/tracker.js';

/** A bug that the tracker under test is to hold. */
export interface Seed {
  readonly title: string;
  readonly createdAt: string;
  /** The name of a live target. */
  readonly target?: string;
  readonly closed?: boolean;
}

/** A tracker under test, with the given bugs in it and nothing else, and a person who works on them. */
export interface Subject {
  readonly tracker: Tracker;
  /** The refs of the seeds, in their order. */
  readonly refs: readonly string[];
  /** What env.name was when the tracker was opened. */
  readonly name: string;
  /** A person who is not us comments. */
  personComments(ref: string, text: string): Promise<void>;
  /** A person who is not us reopens. */
  personReopens(ref: string): Promise<void>;
  dispose(): Promise<void>;
}

/** What is found out about a subject; rejects with what is wrong. `first` is the ref of the first seed. */
export type Check = (subject: Subject & { readonly call: Call; readonly first: string }) => Promise<void>;

/** What the checks leave on bugs. */
export const MARK: Mark = { run: '20261122T090000Z-c0ffee', action: 'close', policy: 'untargeted' };
/** A comment of ours. */
export const TEXT = 'No target release for 412 days.\n\nThis is a planning decision.';

/** A call that nobody listens to. */
export function quietCall(signal: AbortSignal = new AbortController().signal): Call {
  return { signal, on: () => undefined };
}

/** All that a tracker finds, into memory. */
export async function searchAll(tracker: Tracker, call: Call, what: Selection = { state: 'open' }): Promise<Bug[]> {
  const bugs: Bug[] = [];
  for await (const bug of tracker.search(what, call)) bugs.push(bug);
  return bugs;
}

/** Fails for what JSON would change. */
export function assertJson(value: unknown): void {
  assert.deepEqual(JSON.parse(JSON.stringify(value)), value, 'a receipt is plain JSON');
}
