import { TrackerError } from '../errors.js';
import type { Call } from '../trackers/tracker.js';

/** How to wait for a tracker, and whom to tell that it refuses. */
export interface Patience {
  readonly call: Call;
  /** Told of each request that was refused for want of permission. */
  onRefusal(): void;
  /** Waits for a tracker that wants no more requests for now; rejects when somebody interrupts. */
  pause(seconds: number, reason: string): Promise<void>;
}

/** A tracker that wants more pauses than this for one bug, or a longer one, does not want to be written to. */
const MOST_PAUSES = 5;
const LONGEST_PAUSE = 3_700;

/**
 * Tries something with one bug, and again from the beginning after each pause that the tracker wants. Gives what it failed with in the
 * end; only an interruption or a defect throws.
 */
export async function patiently<Result>(attempt: () => Promise<Result>, patience: Patience): Promise<Result | TrackerError> {
  for (let pauses = 0; ; pauses++) {
    try {
      return await attempt();
    } catch (error) {
      if (!(error instanceof TrackerError) || patience.call.signal.aborted) throw error;
      const { retryAfter = Number.POSITIVE_INFINITY, message, kind } = error;
      if (kind === 'auth' || kind === 'permission') patience.onRefusal();
      if (kind !== 'rate-limit' || retryAfter > LONGEST_PAUSE || pauses === MOST_PAUSES) return error;
      await patience.pause(retryAfter, message);
    }
  }
}
