import { z } from 'zod';
import type { Actor, Bug } from '../../../src/model/bug.js';
import { aBug, type MemoryTracker, memoryTracker } from '../../../src/testing.js';
import type { Receipt, Tracker, TrackerDescriptor } from '../../../src/trackers/tracker.js';
import { type Clock, instant } from './clock.js';
import { ACTORS, afterDeletion, afterRelease, changed, lookAt, type Releases } from './on-bugs.js';
import { ALL_KINDS, type Stage } from './stage.js';

/** How a tracker in memory is to behave. */
export interface Manners {
  /** Our account is that of a person; else it is a robot's. */
  readonly personal: boolean;
  /** Lists come without histories, as those of real trackers do. */
  readonly bare: boolean;
  /** Seconds from one write to the next. With none, all that a run does falls into one second. */
  readonly tick: number;
}

/** A team on the tracker in memory. */
export function onMemory(clock: Clock, { personal, bare, tick }: Manners): Stage {
  const us: Actor = { id: 'us', name: 'us', kind: personal ? 'human' : 'bot', self: true };
  let over: Releases = new Set();
  const tracker = memoryTracker([], () => {
    clock.pass(tick * 1000);
    return instant(clock.now());
  });
  const find = (ref: string): Bug => {
    const bug = tracker.bugs.get(ref);
    if (!bug) throw new Error(`there is no bug ${ref}`);
    return bug;
  };
  const changeAll = (change: (bug: Bug) => Bug) => {
    for (const bug of tracker.bugs.values()) tracker.bugs.set(bug.ref, change(bug));
  };
  const descriptor: TrackerDescriptor = {
    type: 'test',
    settings: z.strictObject({ type: z.literal('test') }),
    recognize: () => null,
    open: () => Promise.resolve({ ...asUs(tracker, us), ...(bare && listingBare(tracker)) }),
  };
  return {
    settings: { type: 'test' },
    descriptor,
    variables: {},
    isPersonal: personal,
    kinds: ALL_KINDS,
    file(number, labels, who, at) {
      const ref = `acme/app#${number}`;
      const author = who === 'lead' ? us : ACTORS[who];
      tracker.bugs.set(ref, aBug({ ref, title: `Bug ${ref}`, createdAt: instant(at), labels: [...labels], author }));
      return ref;
    },
    act: (ref, who, deed, at) => {
      tracker.bugs.set(ref, changed(find(ref), deed, who === 'lead' ? us : ACTORS[who], at, over));
    },
    release: (ended) => {
      over = ended;
      changeAll((bug) => afterRelease(bug, ended));
    },
    remove: (release, at) => changeAll((bug) => afterDeletion(bug, release, at)),
    look: (ref) => lookAt(find(ref)),
    lastAt: (ref) => Date.parse(find(ref).updatedAt),
  };
}

/** The tracker in memory writes as a robot; its last event becomes ours, whoever we are. */
function asUs(tracker: MemoryTracker, us: Actor): Tracker {
  const ours = (ref: string) => {
    const bug = tracker.bugs.get(ref);
    if (!bug) return;
    const events = bug.events.map((event) => (event.actor?.id === 'bugprune' ? { ...event, actor: us } : event));
    tracker.bugs.set(ref, { ...bug, events });
  };
  const asOurs =
    <Rest extends unknown[]>(write: (bug: Bug, ...rest: Rest) => Promise<Receipt>) =>
    async (bug: Bug, ...rest: Rest) => {
      const receipt = await write(bug, ...rest);
      ours(bug.ref);
      return receipt;
    };
  return {
    ...tracker,
    comment: asOurs(tracker.comment),
    close: asOurs(tracker.close),
    async revert(receipt, call) {
      await tracker.revert(receipt, call);
      ours(receipt.ref);
    },
  };
}

function listingBare(tracker: MemoryTracker): Pick<Tracker, 'search'> {
  return {
    async *search(what, call) {
      for await (const bug of tracker.search(what, call)) {
        const { linkedWork } = bug;
        yield { ...bug, events: [], history: 'unread', linkedWork: linkedWork && linkedWork.length > 0 ? linkedWork : null };
      }
    },
  };
}
