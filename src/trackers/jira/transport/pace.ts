import type { Call, TrackerEnv } from '../../tracker.js';

/** Says for each write when it may be sent. */
export interface WriteGate {
  /** Waits until the next write may be sent. Rejects when the call is aborted. */
  turn(call: Call): Promise<void>;
  /** To be told when an answer came: the pace is measured from then. */
  done(): void;
}

/**
 * Keeps writes to a host at least `pace` milliseconds apart, whichever tracker sends them; where trackers differ, the slower pace holds.
 */
export function writeGate(
  pace: number,
  host: string,
  { shared, elapsed, sleep }: Pick<TrackerEnv, 'shared' | 'elapsed' | 'sleep'>,
): WriteGate {
  const beat = shared(`jira:writes:${host}`, () => ({ last: Number.NEGATIVE_INFINITY, pace }));
  beat.pace = Math.max(beat.pace, pace);
  return {
    async turn(call) {
      const now = elapsed();
      const milliseconds = Math.max(0, beat.last + beat.pace - now);
      // Taken before it is waited for: another tracker gets the turn after this one.
      beat.last = now + milliseconds;
      if (milliseconds === 0) return;
      call.on({ type: 'wait', seconds: Math.ceil(milliseconds / 100) / 10, reason: 'a pause between two writes' });
      await sleep(milliseconds, call.signal);
    },
    done() {
      beat.last = Math.max(beat.last, elapsed());
    },
  };
}
