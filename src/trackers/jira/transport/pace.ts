import type { Call, TrackerEnv } from '../../tracker.js';

/** Says for each write when it may be sent. */
export interface WriteGate {
  /** Waits until the next write may be sent. Rejects when the call is aborted. */
  turn(call: Call): Promise<void>;
  /** To be told when an answer came: the pace is measured from then. */
  done(): void;
}

/** Keeps writes at least `pace` milliseconds apart. Writes come one after another: whoever writes awaits each. */
export function writeGate(pace: number, env: Pick<TrackerEnv, 'elapsed' | 'sleep'>): WriteGate {
  let last = Number.NEGATIVE_INFINITY;
  return {
    async turn(call) {
      const milliseconds = last + pace - env.elapsed();
      if (milliseconds <= 0) return;
      call.on({ type: 'wait', seconds: Math.ceil(milliseconds / 100) / 10, reason: 'a pause between two writes' });
      await env.sleep(milliseconds, call.signal);
    },
    done() {
      last = env.elapsed();
    },
  };
}
