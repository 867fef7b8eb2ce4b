import { TrackerError } from '../../../src/errors.js';
import type { Bug, Mark } from '../../../src/model/bug.js';
import type { Call, Receipt, Tracker, TrackerDescriptor } from '../../../src/trackers/tracker.js';
import type { Observer } from './observer.js';
import type { Stage } from './stage.js';

/** The process dies. */
export class Crash extends Error {}

/** What goes wrong with one write to the tracker, before it takes effect or after. */
export interface WireTrouble {
  /** `lost`: the answer. `cut`: from then on nothing gets through. `busy`: come back later. `forbidden`: it and all others. `kill`: a second Ctrl-C. */
  readonly kind: 'crash' | 'lost' | 'cut' | 'busy' | 'forbidden' | 'kill';
  /** Which write, from 1 on. */
  readonly nth: number;
  readonly after: boolean;
}

/** The way to a tracker. */
export interface Wire {
  trouble: WireTrouble | null;
  /** How many writes there were since the trouble was set. */
  count: number;
  isCut: boolean;
  kill(): void;
  now(): number;
}

/** A tracker whose writes an observer sees as they take effect, and with which things go wrong. */
export function watched(stage: Stage, observer: Observer, wire: Wire): TrackerDescriptor {
  return {
    ...stage.descriptor,
    async open(settings, env) {
      return watchedTracker(await stage.descriptor.open(settings, env), stage, observer, wire);
    },
  };
}

function watchedTracker(tracker: Tracker, stage: Stage, observer: Observer, wire: Wire): Tracker {
  const told = <Result>(act: () => Promise<Result>, tell: (result: Result) => void) =>
    through(wire, async () => {
      const result = await act();
      tell(result);
      return result;
    });
  return {
    ...tracker,
    async *search(what, call) {
      mustGetThrough(wire);
      yield* tracker.search(what, call);
    },
    loadHistory: (bugs, call) => read(wire, () => tracker.loadHistory(bugs, call)),
    read: (ref, call) => read(wire, () => tracker.read(ref, call)),
    findMark: (bug, mark, call) => read(wire, () => tracker.findMark(bug, mark, call)),
    findClosing: (bug, mark, call) => read(wire, () => tracker.findClosing(bug, mark, call)),
    comment: (bug: Bug, text: string, mark: Mark, call: Call) =>
      told(
        () => tracker.comment(bug, text, mark, call),
        () => observer.commented(bug.ref, mark, stage.lastAt(bug.ref)),
      ),
    close: (bug: Bug, mark: Mark, call: Call) =>
      told(
        () => tracker.close(bug, mark, call),
        () => observer.closed(bug.ref, stage.lastAt(bug.ref)),
      ),
    revert: (receipt: Receipt, call: Call) =>
      told(
        () => tracker.revert(receipt, call),
        () => {
          // That a comment was rewritten need not show.
          if (receipt.action === 'comment') observer.rewrote(receipt.ref, wire.now());
          else observer.reopened(receipt.ref, stage.lastAt(receipt.ref));
        },
      ),
  };
}

function read<Result>(wire: Wire, act: () => Promise<Result>): Promise<Result> {
  mustGetThrough(wire);
  return act();
}

function mustGetThrough({ isCut }: Wire): void {
  if (isCut) throw new TrackerError('network', 'The line is dead.');
}

async function through<Result>(wire: Wire, act: () => Promise<Result>): Promise<Result> {
  mustGetThrough(wire);
  wire.count++;
  const { trouble, count } = wire;
  if (trouble?.kind === 'forbidden' && trouble.nth <= count) throw new TrackerError('permission', 'You may not.');
  if (!trouble || trouble.nth !== count) return act();
  if (trouble.kind === 'busy') throw new TrackerError('rate-limit', 'Not so fast.', { retryAfter: 90 });
  if (trouble.after) await act();
  if (trouble.kind === 'crash') throw new Crash('the process dies');
  if (trouble.kind === 'kill') {
    wire.kill();
    return act();
  }
  if (trouble.kind === 'cut') wire.isCut = true;
  throw new TrackerError('network', 'The answer was lost.', { ambiguousWrite: true });
}
