import type { Config } from '../config/load.js';
import type { Bug } from '../model/bug.js';
import { withBots } from '../model/history.js';
import type { Call } from '../trackers/tracker.js';
import type { World } from './collect.js';

/** How bugs are worked through one after another. */
export interface InTurn<Item, Result> {
  readonly world: Pick<World, 'signal' | 'on'>;
  bugOf(item: Item): { readonly tracker: string; readonly ref: string };
  /** Does what is to be done with a bug; `onRefusal` is to be called when its tracker refuses for want of permission. */
  act(item: Item, onRefusal: () => void): Promise<Result>;
  /** Whether a result proves that the account may write. */
  isDone(result: Result): boolean;
}

/** One bug may be locked; an account that is refused twice in a row may not write, and need not try all the others first. */
const MOST_REFUSALS = 2;

/**
 * Works through bugs one after another and gives what became of each: null for those that were not tried, because their tracker had
 * refused before. An interruption finishes the bug at hand; the others do not get their turn.
 */
export async function* inTurn<Item, Result>(
  items: readonly Item[],
  { world, bugOf, act, isDone }: InTurn<Item, Result>,
): AsyncGenerator<readonly [Item, Result | null]> {
  const refusals = new Map<string, number>();
  for (const [index, item] of items.entries()) {
    if (world.signal.aborted) return;
    const { ref, tracker } = bugOf(item);
    const before = refusals.get(tracker) ?? 0;
    if (before >= MOST_REFUSALS) {
      yield [item, null];
      continue;
    }
    world.on({ type: 'acting', ref, index, total: items.length });
    const onRefusal = () => void refusals.set(tracker, before + 1);
    const result = await untilStopped(ref, world, () => act(item, onRefusal));
    if (isDone(result)) refusals.delete(tracker);
    yield [item, result];
  }
}

/** Tells whoever interrupts that the bug at hand is being finished. */
async function untilStopped<Result>(ref: string, { signal, on }: Pick<World, 'signal' | 'on'>, work: () => Promise<Result>) {
  const stopping = () => on({ type: 'stopping', ref });
  signal.addEventListener('abort', stopping, { once: true });
  try {
    return await work();
  } finally {
    signal.removeEventListener('abort', stopping);
  }
}

/** How the bugs of a tracker are handled: what may stop that, how accounts are judged, how long pauses are waited for. */
export function handsFor(name: string, { isBot }: Pick<Config, 'isBot'>, world: World, signal: AbortSignal) {
  const call: Call = { signal, on: (event) => world.on({ ...event, tracker: name }) };
  return {
    call,
    prepare: (bug: Bug) => (isBot ? withBots(bug, isBot) : bug),
    async pause(seconds: number, reason: string) {
      call.on({ type: 'wait', seconds, reason });
      await world.sleep(seconds * 1000, world.signal);
    },
  };
}
