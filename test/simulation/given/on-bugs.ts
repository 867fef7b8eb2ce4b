import type { Actor, Bug, BugEvent } from '../../../src/model/bug.js';
import { instant } from './clock.js';
import type { Deed, Who } from './deed.js';
import { PARKED } from './house.js';

/** What a tracker knows of those who act; a deleted account is nobody. */
export const ACTORS: Readonly<Record<Exclude<Who, 'lead'>, Actor | null>> = {
  mona: { id: 'mona', name: 'mona', kind: 'human' },
  rolf: { id: 'rolf', name: 'rolf', kind: 'human' },
  ghost: null,
  ci: { id: 'ci', name: 'ci', kind: 'bot' },
  'k8s-robot': { id: 'k8s-robot', name: 'k8s-robot', kind: 'human' },
};

/** Which releases are over. */
export type Releases = ReadonlySet<string>;

type Change = (
  bug: Bug,
  value: string,
  over: Releases,
) => [Pick<BugEvent, 'kind' | 'value' | 'from' | 'mark'> | null, Partial<Bug>?];

/** The bug after somebody has done something to it: what trackers do, whose bugs are our own. */
export function changed(bug: Bug, { kind, value = '' }: Deed, actor: Actor | null, at: number, over: Releases): Bug {
  const [event, fields = {}] = CHANGES[kind](bug, value, over);
  const events = event ? [...bug.events, { at: instant(at), actor, ...event }] : bug.events;
  return { ...bug, ...fields, updatedAt: instant(at), events };
}

const without = (list: readonly string[], one: string): string[] => list.filter((other) => other !== one);
const targetsOf = ({ targets }: Bug) => (Array.isArray(targets) ? targets : []);
const commented = ({ comments }: Bug) => ({ comments: (comments ?? 0) + 1 });

const CHANGES: Record<Deed['kind'], Change> = {
  comment: (bug) => [{ kind: 'commented', value: 'A word.' }, commented(bug)],
  paste: (bug, value) => [
    {
      kind: 'commented',
      mark: { run: '20240101T000000Z-pasted', action: value === 'close' ? 'close' : 'warn', policy: 'untargeted' },
    },
    commented(bug),
  ],
  label: ({ labels }, value) => [{ kind: 'labeled', value }, { labels: [...labels, value] }],
  unlabel: ({ labels }, value) => [{ kind: 'unlabeled', value }, { labels: without(labels, value) }],
  assign: ({ assignees }, name) => [
    { kind: 'assigned', value: name },
    { assignees: [...assignees, { id: name, name, kind: 'human' }] },
  ],
  unassign: ({ assignees }, name) => [
    { kind: 'unassigned', value: name },
    { assignees: assignees.filter((one) => one.name !== name) },
  ],
  target: (bug, name, over) => [
    { kind: 'targeted', value: name },
    { targets: [...targetsOf(bug), { name, state: over.has(name) && name !== PARKED ? 'closed' : 'open' }] },
  ],
  untarget: (bug, value) => [{ kind: 'untargeted', value }, { targets: targetsOf(bug).filter(({ name }) => name !== value) }],
  rename: ({ title }, value) => [{ kind: 'renamed', value, from: title }, { title: value }],
  edit: () => [{ kind: 'edited', value: 'description' }],
  vote: ({ votes }) => [null, { votes: (votes ?? 0) + 1 }],
  block: () => [null, { linkedWork: [{ kind: 'blocks', name: 'acme/app#99' }] }],
  unblock: () => [null, { linkedWork: [] }],
  prioritize: (_bug, value) => [{ kind: 'edited', value: 'priority' }, { priority: value === '' ? null : value }],
  start: ({ status }) => [
    { kind: 'moved', value: 'in progress', from: status },
    { status: 'in progress', inProgress: true },
  ],
  pause: ({ status }) => [
    { kind: 'moved', value: 'open', from: status },
    { status: 'open', inProgress: false },
  ],
  close: () => [
    { kind: 'closed', value: 'completed' },
    { state: 'closed', status: 'completed' },
  ],
  reopen: () => [{ kind: 'reopened' }, { state: 'open', status: 'open', inProgress: false }],
};

/** The bug after a release is over, which no history of a bug tells. */
export function afterRelease(bug: Bug, over: Releases): Bug {
  const targets = targetsOf(bug).map((target) => (over.has(target.name) ? { ...target, state: 'closed' as const } : target));
  return Array.isArray(bug.targets) ? { ...bug, targets } : bug;
}

/** The bug after one of its targets was deleted: it has changed, and no event says how. */
export function afterDeletion(bug: Bug, release: string, at: number): Bug {
  const left = targetsOf(bug).filter(({ name }) => name !== release);
  return left.length === targetsOf(bug).length ? bug : { ...bug, targets: left, updatedAt: instant(at) };
}

/** What of a bug an undo must bring back: all but its history. */
export interface Look {
  readonly open: boolean;
  /** Of an open bug. */
  readonly status: string;
  readonly title: string;
  readonly labels: readonly string[];
  readonly assignees: readonly string[];
  readonly targets: readonly string[];
  readonly votes: number;
  readonly priority: string | null;
  /** Bugprune's comments: `close by 20250106T090000Z-1`; what was taken back says `undo`. */
  readonly said: readonly string[];
}

/** See {@link Look}. */
export function lookAt(bug: Bug): Look {
  const ours = bug.events.filter(({ mark, actor }) => mark && actor?.self);
  return {
    open: bug.state === 'open',
    status: bug.state === 'open' ? bug.status : '',
    title: bug.title,
    labels: bug.labels,
    assignees: bug.assignees.map(({ name }) => name),
    targets: targetsOf(bug).map(({ name }) => name),
    votes: bug.votes ?? 0,
    priority: bug.priority,
    said: ours.map(({ mark }) => `${mark?.action} by ${mark?.run}`),
  };
}
