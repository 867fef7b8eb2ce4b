import { TrackerError } from '../../errors.js';
import { acquireLock, type Holder, type LockRequest } from '../../lock.js';
import { asTrackerError } from './failure.js';

/** As anybody may read and write a snapshot who may the folder. */
const REQUEST = { note: '', mode: 0o666, attempts: 200 };

/**
 * Does a task while holding `path.lock`, which says who holds it; others wait their turn with `pause`, 200 times at most, and then
 * throw `conflict`. What becomes of the lock of a process that no longer lives, see {@link acquireLock}.
 */
export async function withLock<T>(path: string, pause: () => Promise<void>, task: () => Promise<T>): Promise<T> {
  const lock = `${path}.lock`;
  const locking = await acquire(lock, { ...REQUEST, pause });
  if (!locking.held) throw inUse(lock, locking.holder);
  try {
    return await task();
  } finally {
    await locking.release();
  }
}

async function acquire(lock: string, request: LockRequest): ReturnType<typeof acquireLock> {
  try {
    return await acquireLock(lock, request);
  } catch (error) {
    throw asTrackerError(error, lock);
  }
}

function inUse(lock: string, holder: Holder | null): TrackerError {
  const who = holder ? `process ${holder.pid} on ${holder.host}` : 'another process';
  const hint = `Wait until it has finished. If it is not running any more, delete ${lock} (and ${lock}.takeover, if there is one).`;
  return new TrackerError('conflict', `${lock}: ${who} is writing to this snapshot`, { hint });
}
