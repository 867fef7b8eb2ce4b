import type { Actor, Bug, BugEvent, EventKind, Target } from '../model/bug.js';
import { humanComments } from '../model/history.js';
import type { Instant } from '../model/instant.js';
import { count, enumerate } from '../model/phrases.js';
import { targetNames } from '../model/target.js';
import { nameMatcher } from '../model/text.js';

/** Something that people can do about a bug, in words: `remove the label pinned`. */
export interface Change {
  readonly words: string;
  /** The bug after that; null where it takes more than a change of the bug. */
  readonly to: Bug | null;
}

/** What turns the outcome of one rule, once that is known, when a person does it now. What is missing here, nobody can do. */
interface Turn {
  /** So that the rule keeps the bug. */
  keep?(bug: Bug, options: unknown, now: Instant): Change;
  /** So that it no longer does. */
  release?(bug: Bug, options: unknown, now: Instant): Change;
}

const names = (options: unknown): string[] =>
  Array.isArray(options) ? options.filter((name): name is string => typeof name === 'string') : [];
const threshold = (options: unknown): number => (typeof options === 'number' ? options : 0);
const some = (options: unknown): string => enumerate(names(options), 'or');
/** A name that a pattern fits. */
const example = (options: unknown): string => (names(options)[0] ?? '').replaceAll('*', '') || 'any';

const SOMEBODY: Actor = { id: null, name: 'somebody', kind: 'human' };
const A_RELEASE: Target = { name: 'a release', state: 'open' };

/** The bug with further doings of a person. */
function after(bug: Bug, now: Instant, doings: readonly { kind: EventKind; value?: string }[], parts: Partial<Bug> = {}): Bug {
  const events = doings.map((doing): BugEvent => ({ at: now, actor: SOMEBODY, ...doing }));
  return { ...bug, ...parts, updatedAt: now, events: [...bug.events, ...events] };
}

function withoutLabels(bug: Bug, options: unknown, now: Instant): Change {
  const found = bug.labels.filter(nameMatcher(names(options)));
  const labels = bug.labels.filter((label) => !found.includes(label));
  const doings = found.map((value) => ({ kind: 'unlabeled' as const, value }));
  return { words: `remove the label ${enumerate(found)}`, to: after(bug, now, doings, { labels }) };
}

function withLabel(bug: Bug, options: unknown, now: Instant): Change {
  const value = example(options);
  const to = after(bug, now, [{ kind: 'labeled', value }], { labels: [...bug.labels, value] });
  return { words: `add the label ${some(options)}`, to };
}

function withPriority(bug: Bug, priority: string | null, words: string, now: Instant): Change {
  return { words, to: after(bug, now, [{ kind: 'edited' }], { priority }) };
}

function withComments(bug: Bug, more: number, words: string, now: Instant): Change {
  const doings = Array.from({ length: more }, () => ({ kind: 'commented' as const }));
  return { words, to: after(bug, now, doings, { comments: bug.comments === null ? null : bug.comments + more }) };
}

const acted = (bug: Bug, _options: unknown, now: Instant): Change =>
  withComments(bug, 1, 'comment on it, or do anything else to it', now);

/** Turns of bugprune's own rules, by kind and id. What only time turns is not among them. */
export const TURNS: Readonly<Record<string, Turn>> = {
  'criterion target': {
    keep: (bug, _options, now) => ({
      words: 'set a target release',
      to: after(bug, now, [{ kind: 'targeted', value: A_RELEASE.name }], { targets: [A_RELEASE] }),
    }),
    release(bug, _options, now) {
      const held = targetNames(bug.targets);
      const doings = held.map((value) => ({ kind: 'untargeted' as const, value }));
      return { words: `take it out of ${enumerate(held)}`, to: after(bug, now, doings, { targets: [] }) };
    },
  },
  'criterion open': {
    release: (bug, _options, now) => ({
      words: 'reopen it',
      to: after(bug, now, [{ kind: 'reopened' }], { state: 'open', status: 'open' }),
    }),
  },
  'criterion idleFor': { keep: acted },
  'criterion warned': { keep: acted },
  'criterion labels': { keep: withoutLabels, release: withLabel },
  'criterion types': {
    keep: (bug, _options, now) => ({
      words: `make it another type than ${bug.type}`,
      to: after(bug, now, [{ kind: 'edited' }], { type: null }),
    }),
    release: (bug, options, now) => ({
      words: `make it of type ${some(options)}`,
      to: after(bug, now, [{ kind: 'edited' }], { type: example(options) }),
    }),
  },
  'criterion priorities': {
    keep: (bug, _options, now) => withPriority(bug, null, `give it another priority than ${bug.priority}`, now),
    release: (bug, options, now) => withPriority(bug, example(options), `give it the priority ${some(options)}`, now),
  },
  'criterion title': {
    keep: (bug, _options, now) => ({
      words: 'give it another title',
      to: after(bug, now, [{ kind: 'renamed', value: '' }], { title: '' }),
    }),
    release: (bug, options, now) => ({
      words: `give it a title like ${some(options)}`,
      to: after(bug, now, [{ kind: 'renamed' }], { title: example(options) }),
    }),
  },
  'guard labels': { keep: withLabel, release: withoutLabels },
  'guard priorities': {
    keep: (bug, options, now) => withPriority(bug, example(options), `give it the priority ${some(options)}`, now),
    release: (bug, _options, now) => withPriority(bug, null, `give it a lower priority than ${bug.priority}`, now),
  },
  'guard inProgress': {
    keep: (bug, _options, now) => ({
      words: 'start working on it, and let its status say so',
      to: after(bug, now, [{ kind: 'moved' }], { inProgress: true }),
    }),
    release: (bug, _options, now) => ({
      words: 'stop working on it, and let its status say so',
      to: after(bug, now, [{ kind: 'moved' }], { inProgress: false }),
    }),
  },
  'guard linkedWork': {
    keep: (bug) => ({
      words: 'open a change that will close it',
      to: { ...bug, linkedWork: [{ kind: 'change', name: 'a change' }] },
    }),
    release: (bug, _options, now) => ({
      words: `finish or unlink ${enumerate((bug.linkedWork ?? []).map(({ name }) => name))}`,
      to: after(bug, now, [{ kind: 'edited' }], { linkedWork: [] }),
    }),
  },
  'guard snoozed': {
    release: (bug, _options, now) => {
      const events = bug.events.filter(({ mark }) => mark?.action !== 'snooze');
      return { words: 'delete the comment that snoozed it', to: { ...bug, updatedAt: now, events } };
    },
  },
  'guard assigned': {
    keep: (bug) => ({
      words: 'assign it to somebody',
      to: { ...bug, assignees: [{ id: null, name: 'somebody', kind: 'human' }] },
    }),
    release: (bug, _options, now) => ({
      words: `unassign ${enumerate(bug.assignees.map(({ name }) => name))}`,
      to: after(bug, now, [{ kind: 'unassigned' }], { assignees: [] }),
    }),
  },
  'guard votes': {
    keep: (bug, options) => ({
      words: `${count(threshold(options) - (bug.votes ?? 0), 'more vote')} (+1)`,
      to: { ...bug, votes: threshold(options) },
    }),
    release: (bug, options) => ({
      words: `${count((bug.votes ?? 0) - threshold(options) + 1, 'vote')} (+1) less`,
      to: { ...bug, votes: threshold(options) - 1 },
    }),
  },
  'guard comments': {
    keep(bug, options, now) {
      const missing = threshold(options) - humanComments(bug);
      return withComments(bug, missing, `${count(missing, 'more comment')} by people`, now);
    },
  },
};
