import { TrackerError } from '../errors.js';
import type { Bug, BugEvent, Mark } from '../model/bug.js';
import { closingAfter } from '../model/history.js';
import type { Instant } from '../model/instant.js';
import { placeOf } from '../model/shard.js';
import { cleanText } from '../model/text.js';
import type { Receipt, Tracker } from '../trackers/tracker.js';

/** A tracker that holds its bugs in memory: for tests of what works on trackers, and the simplest adapter to read. */
export interface MemoryTracker extends Tracker {
  /** The bugs as they are, by ref; tests may change them as people would. */
  readonly bugs: Map<string, Bug>;
}

const SELF = { id: 'bugprune', name: 'bugprune', kind: 'bot', self: true } as const;

/** Makes one; `now` dates what is written to it. */
export function memoryTracker(bugs: readonly Bug[], now: () => Instant): MemoryTracker {
  const store = new Map(bugs.map((bug) => [bug.ref, bug]));

  const find = (ref: string): Bug => {
    const bug = store.get(ref);
    if (!bug) throw new TrackerError('not-found', `There is no bug ${ref}.`);
    return bug;
  };
  const record = (bug: Bug, event: Omit<BugEvent, 'at' | 'actor'>, change: Partial<Bug> = {}) => {
    const at = now();
    store.set(bug.ref, { ...bug, ...change, updatedAt: at, events: [...bug.events, { ...event, at, actor: SELF }] });
  };
  const receipt = (action: Receipt['action'], ref: string, recorded: string, detail: Receipt['detail']): Receipt => ({
    action,
    ref,
    recorded,
    detail,
  });

  return {
    id: 'memory',
    bugs: store,
    identify: ({ signal }) => settle(signal, () => ({ name: 'bugprune' })),
    async *search(what, { signal, on }) {
      const isWanted = (bug: Bug) =>
        bug.state === what.state &&
        (what.state === 'open' || bug.updatedAt >= what.since) &&
        what.within?.(placeOf(bug.ref)) !== false;
      for (const bug of await settle(signal, () => [...store.values()].filter(isWanted))) {
        signal.throwIfAborted();
        on({ type: 'read', count: 1 });
        yield bug;
      }
    },
    loadHistory: (wanted, { signal }) => settle(signal, () => wanted.map(({ ref }) => find(ref))),
    read: (ref, { signal }) => settle(signal, () => find(ref)),
    comment: ({ ref }, text, mark, { signal }) =>
      settle(signal, () => {
        const bug = find(ref);
        const id = `c${bug.events.length + 1}`;
        const comments = bug.comments === null ? null : bug.comments + 1;
        record(bug, { kind: 'commented', id, mark, value: cleanText(text) }, { comments });
        return receipt('comment', ref, 'commented', { id });
      }),
    close: ({ ref }, mark, { signal }) =>
      settle(signal, () => {
        const bug = find(ref);
        const was = closingAfter(bug, mark)?.from ?? bug.status;
        if (bug.state === 'open')
          record(bug, { kind: 'closed', value: 'not planned', from: was }, { state: 'closed', status: 'not planned' });
        return receipt('close', ref, 'closed as not planned', { was });
      }),
    revert: ({ action, ref, detail }, { signal }) =>
      settle(signal, () => {
        const bug = find(ref);
        if (action === 'close' && bug.state === 'closed')
          record(bug, { kind: 'reopened' }, { state: 'open', status: String(detail.was) });
        if (action === 'comment') store.set(ref, { ...bug, events: bug.events.map((event) => takenBack(event, detail.id)) });
      }),
    findMark: ({ ref }, mark, { signal }) =>
      settle(signal, () => {
        const event = find(ref).events.find((one) => one.actor?.self && sameMark(one.mark, mark));
        return event ? receipt('comment', ref, 'commented', { id: event.id ?? '' }) : undefined;
      }),
    findClosing: ({ ref }, mark, { signal }) =>
      settle(signal, () => {
        const was = closingAfter(find(ref), mark)?.from;
        return typeof was === 'string' ? receipt('close', ref, 'closed as not planned', { was }) : undefined;
      }),
  };
}

function takenBack(event: BugEvent, id: unknown): BugEvent {
  if (event.id !== id || !event.mark || event.mark.action === 'undo') return event;
  return { ...event, value: `[taken back] ${event.value ?? ''}`, mark: { ...event.mark, action: 'undo' } };
}

function sameMark(a: Mark | undefined, b: Mark): boolean {
  return a?.run === b.run && a.action === b.action && a.policy === b.policy;
}

async function settle<Value>(signal: AbortSignal, work: () => Value): Promise<Value> {
  await Promise.resolve();
  signal.throwIfAborted();
  return work();
}
