import { z } from 'zod';
import { type Instant, toInstant } from './instant.js';
import { cleanText } from './text.js';

/** Names and titles: cleaned whenever a bug comes into being, from a tracker or from a file. */
const text = z.string().transform(cleanText);

const instant = z.string().transform((value, context): Instant => {
  const at = toInstant(value);
  if (at === null) context.addIssue({ code: 'custom', message: 'expected an instant such as 2026-11-22T09:00:00Z' });
  return at ?? value;
});

/** An account that did something. `self`: it is the account bugprune runs as. */
const actor = z.strictObject({
  id: z.string().nullable(),
  name: text,
  kind: z.enum(['human', 'bot']),
  self: z.literal(true).optional(),
});

/** What a mark may be of. */
export const MARK_ACTIONS = ['close', 'warn', 'snooze', 'undo'] as const;

/** Until when a bug is left alone: the last day in UTC, or `forever`. In that form the later of two is the greater string. */
export const SNOOZE_END = /^(?:\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])|forever)$/;

/** The end of a snooze in a mark. One that nobody can read any more has not come yet: in doubt a bug is kept. */
export const snoozeEnd = z.string().regex(SNOOZE_END).catch('forever').optional();

/**
 * The invisible trace of a run on a bug: which run, what it did, by which policy. `undo`: that it was taken back. `until` goes
 * with a snooze.
 */
export const markSchema: z.ZodType<Mark> = z.strictObject({
  run: z.string(),
  action: z.enum(MARK_ACTIONS),
  policy: z.string(),
  until: snoozeEnd,
});

/** See {@link markSchema}. */
export interface Mark {
  run: string;
  action: (typeof MARK_ACTIONS)[number];
  policy: string;
  until?: string | undefined;
}

const EVENT_KINDS = [
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
] as const;

/**
 * Something that happened to a bug. `actor: null` means the tracker no longer says who it was.
 * `value` is the label, target, assignee, new title, new status or way of closing; `from` the title or status before it;
 * `id` the tracker's own id of a comment; `mark` our marker, where the comment carries one.
 */
const event = z.strictObject({
  at: instant,
  kind: z.enum(EVENT_KINDS),
  actor: actor.nullable(),
  value: text.nullable().optional(),
  from: text.nullable().optional(),
  id: z.string().optional(),
  mark: markSchema.optional(),
});

/** A release, or what stands for one. `closed` is a closed milestone, a released or archived version. */
const target = z.strictObject({ name: text, state: z.enum(['open', 'closed', 'unknown']) });

/** Unfinished work that hangs on the bug: a change that will close it, a child of it, or something that it blocks. */
const linkedWork = z.strictObject({ kind: z.enum(['change', 'child', 'blocks']), name: text });

/**
 * A bug in bugprune's own words; adapters map their tracker's words to these and nothing else of the tracker leaks.
 * `null` means that it could not be known, never "none".
 */
export const bugSchema = z.strictObject({
  /** The tracker's name in the configuration. */
  tracker: z.string(),
  /** What people call it: `acme/app#12`, `ERP-12`. */
  ref: text,
  /** The tracker's own identifier, for its adapter alone. */
  id: z.string(),
  url: text,
  title: text,
  state: z.enum(['open', 'closed']),
  /** The tracker's word for the state: `open`, `In Progress`. */
  status: text,
  inProgress: z.boolean(),
  createdAt: instant,
  /** Nothing at all has happened to the bug since. */
  updatedAt: instant,
  author: actor.nullable(),
  type: text.nullable(),
  labels: z.array(text),
  priority: text.nullable(),
  assignees: z.array(actor),
  /** `unplanned`: the project plans no releases at all, so nothing in it can have a target. `unreadable`: we may not see them. */
  targets: z.union([z.array(target), z.enum(['unplanned', 'unreadable'])]),
  /** Votes in favour (+1). */
  votes: z.number().int().nullable(),
  /** Comments by anyone. */
  comments: z.number().int().nullable(),
  linkedWork: z.array(linkedWork).nullable(),
  /** Not for everyone's eyes: shown by ref only. */
  confidential: z.boolean(),
  /** Why we could not close it even if we wanted to: read-only repository, no permission. */
  obstacle: text.nullable(),
  /** How it would be closed, where the tracker leaves a choice: the transition and the resolution. */
  closing: text.nullable().default(null),
  /** What is odd about it and may interest people: a resolution although it is open. */
  remarks: z.array(text).default([]),
  /** Oldest first. */
  events: z.array(event),
  /** `unread`: not asked for yet. `partial`: asked for, but not all of it could be read. */
  history: z.enum(['unread', 'partial', 'complete']),
});

/** See {@link bugSchema}. */
export type Bug = z.output<typeof bugSchema>;
export type Actor = z.output<typeof actor>;
export type BugEvent = z.output<typeof event>;
export type EventKind = BugEvent['kind'];
export type Target = z.output<typeof target>;
export type LinkedWork = z.output<typeof linkedWork>;
