import { createHash } from 'node:crypto';
import type { TrackerEnv } from '../../tracker.js';
import { hostOfApi } from '../address.js';
import { type ReadGate, readGate } from './read-gate.js';
import { hostSilence, type Silence } from './silence.js';
import { type WriteGate, writeGate } from './write-gate.js';

/** All that goes to one host with one token: what GitHub allows, it allows to an account, however many trackers there are. */
export interface Traffic {
  readonly reads: ReadGate;
  readonly writes: WriteGate;
  /** What the host asked for; both gates keep it. */
  readonly silence: Silence;
}

/** The traffic that a tracker is a part of. Of several `pace`s (milliseconds between two writes) on one host the slowest holds. */
export function trafficTo(api: string, token: string, pace: number, env: TrackerEnv): Traffic {
  // The token itself stays out of keys: nobody who looks at them is to see it.
  const account = createHash('sha256').update(token).digest('hex');
  const traffic = env.shared(`github ${hostOfApi(api)} ${account}`, (): Traffic => {
    const silence = hostSilence(env);
    return { reads: readGate(silence, env), writes: writeGate(silence, env), silence };
  });
  traffic.writes.slowTo(pace);
  return traffic;
}
