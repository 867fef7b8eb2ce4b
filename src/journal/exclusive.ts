import { join } from 'node:path';
import { BugpruneError } from '../errors.js';
import { acquireLock, type Holder } from '../lock.js';
import { onDisk } from './failure.js';
import { FILE_MODE, makeStateFolder } from './write.js';

/** Nobody waits for a run to end; this is for a lock that is just being written, let go or taken over. */
const REQUEST = { mode: FILE_MODE, attempts: 5, pause: () => new Promise<void>((resolve) => setTimeout(resolve, 20)) };

/** Does a task while the lock of the folder says that this run is at work. Throws `refused` when another one is. */
export async function exclusively<Result>(path: string, run: string, task: () => Promise<Result>): Promise<Result> {
  await makeStateFolder(path);
  const lock = join(path, 'lock');
  const locking = await onDisk('written', lock, () => acquireLock(lock, { ...REQUEST, note: run }));
  if (!locking.held) throw atWork(lock, locking.holder);
  try {
    return await task();
  } finally {
    await locking.release();
  }
}

function atWork(lock: string, holder: Holder | null): BugpruneError {
  const who = holder ? `: ${holder.note} (process ${holder.pid} on ${holder.host})` : `; ${lock} does not say which`;
  return new BugpruneError('refused', `Another run is at work${who}.`, {
    hint: `Wait until it has finished. If it is not running any more, delete ${lock} (and ${lock}.takeover, if there is one).`,
  });
}
