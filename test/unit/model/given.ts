import fc from 'fast-check';
import type { Actor, BugEvent, EventKind, Mark } from '../../../src/model/bug.js';

export const MONA: Actor = { id: '1', name: 'mona', kind: 'human' };
export const ROBOT: Actor = { id: '2', name: 'stale-robot', kind: 'bot' };
/** A team lead who prunes with a token of their own. */
export const LEAD: Actor = { id: '3', name: 'lead', kind: 'human', self: true };
export const APP: Actor = { id: '4', name: 'bugprune', kind: 'bot', self: true };

export const KINDS: readonly EventKind[] = [
  'commented',
  'labeled',
  'unlabeled',
  'assigned',
  'unassigned',
  'targeted',
  'untargeted',
  'renamed',
  'moved',
  'edited',
  'closed',
  'reopened',
];

export const mark = (action: Mark['action'], policy = 'untargeted'): Mark => ({ run: 'run-1', action, policy });

/** The day of 2026 on which something happened: `day(32)` is 1 February. */
export const day = (number: number): string => new Date(Date.UTC(2026, 0, number)).toISOString().replace('.000', '');

/** An event on a day of 2026. */
export const on = (number: number, kind: EventKind, actor: Actor | null, more: Partial<BugEvent> = {}): BugEvent => ({
  at: day(number),
  kind,
  actor,
  ...more,
});

const actors = fc.constantFrom(MONA, ROBOT, LEAD, APP, null);
const marks = fc.option(fc.constantFrom(mark('close'), mark('warn'), mark('undo')), { nil: undefined, freq: 2 });

/** Events in any order; several in one second, but no two of a kind, for whose order nothing speaks. */
export const someEvents: fc.Arbitrary<BugEvent[]> = fc.uniqueArray(
  fc
    .record({ number: fc.integer({ min: 2, max: 20 }), kind: fc.constantFrom(...KINDS), actor: actors, mark: marks })
    .map(({ number, kind, actor, mark: one }) => on(number, kind, actor, kind === 'commented' && one ? { mark: one } : {})),
  { maxLength: 15, selector: ({ at, kind }) => `${at} ${kind}` },
);

/** The same events twice, the second time in another order. */
export const shuffled: fc.Arbitrary<[BugEvent[], BugEvent[]]> = someEvents.chain((events) =>
  fc.tuple(fc.constant(events), fc.shuffledSubarray(events, { minLength: events.length })),
);
