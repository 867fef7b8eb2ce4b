import type { z } from 'zod';
import type { TrackerError } from '../errors.js';
import type { Bug, Mark } from '../model/bug.js';
import type { Instant } from '../model/instant.js';

/** What an adapter tells while it works; whoever listens may show it. */
export type TrackerEvent =
  /** `count` more bugs were read. */
  | { readonly type: 'read'; readonly count: number }
  /** Nothing happens for some seconds, and why: a rate limit, a pause between two writes. */
  | { readonly type: 'wait'; readonly seconds: number; readonly reason: string }
  /** Something was left out on purpose: an archived repository. The list is complete without it. */
  | { readonly type: 'note'; readonly message: string }
  /** Something could not be read. What could be is still reported, as incomplete. */
  | { readonly type: 'problem'; readonly error: TrackerError };

/** What goes along with every call: how to stop it, and who listens. */
export interface Call {
  readonly signal: AbortSignal;
  on(event: TrackerEvent): void;
}

/** Who the tracker takes us for. */
export interface Identity {
  /** The name people know the account by. */
  readonly name: string;
}

/** Anything that JSON can hold. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

/**
 * What a write did, as plain JSON of the adapter's own: all that {@link Tracker.revert} needs, with nothing secret in it.
 * `recorded` says in words what the tracker recorded: `closed as not_planned`.
 */
export interface Receipt {
  readonly action: 'comment' | 'close';
  readonly ref: string;
  readonly recorded: string;
  readonly detail: { readonly [key: string]: Json };
}

/** Names that a configuration uses for things of a tracker, as far as somebody wrote them; `*` stands for any characters. */
export interface NamesInUse {
  readonly labels: readonly string[];
  readonly types: readonly string[];
  readonly priorities: readonly string[];
  /** Of milestones or versions: the parked ones. */
  readonly targets: readonly string[];
}

/**
 * One thing that was looked at to see whether bugprune can do its work. `note`: worth knowing, nothing is wrong. `config`: a name that
 * does not exist, a setting that cannot work. `credentials`: not allowed to.
 */
export interface Diagnosis {
  readonly severity: 'ok' | 'note' | 'config' | 'credentials';
  /** One line: what was found. */
  readonly message: string;
  /** What to do about it; nothing where there is nothing to do. */
  readonly hint?: string;
  /** The name, out of {@link NamesInUse}, that this tracker does not have: a mistake only where no tracker has it. */
  readonly missing?: { readonly kind: keyof NamesInUse; readonly name: string };
}

/** A label or an issue type, and whether its name says that it makes an issue a bug. */
export interface Sign {
  readonly kind: 'label' | 'type';
  readonly name: string;
  /** `plain`: it says just that. `perhaps`: that and more, or it could not be seen whether it exists. */
  readonly fit: 'plain' | 'perhaps' | 'no';
}

/** What there is in a tracker that a first configuration can speak of. */
export interface Exploration {
  /** All labels and types. The chosen ones become the settings `bugs: { labels, types }`, of which a tracker may know only one. */
  readonly signs: readonly Sign[];
  /** The names of all targets, whether or not any bug has them. */
  readonly targets: readonly string[];
  /** The tracker's own priorities; labels that stand for some are a matter of its settings. */
  readonly priorities: readonly string[];
  /** Settings that go well with what is there, besides `bugs`. */
  readonly settings: { readonly [key: string]: Json };
}

/**
 * Which bugs a list is to hold: the open ones, or those that are closed and to which anything happened since an instant. With `within`
 * only those in the repositories or projects of which it holds: a run may be one of several that share the work. An adapter that asks it
 * saves requests; whoever collects asks again.
 */
export type Selection = ({ readonly state: 'open' } | { readonly state: 'closed'; readonly since: Instant }) & {
  readonly within?: (place: string) => boolean;
};

/** The reading half of a tracker. Everything that only reports holds one of these, and so cannot write even by mistake. */
export interface TrackerReader {
  /** What is read, for people and logs: `github:acme/app`. */
  readonly id: string;

  /** Asks the tracker who we are. Throws a {@link TrackerError} of kind `auth` when credentials were given and the answer is "nobody". */
  identify(call: Call): Promise<Identity>;

  /**
   * All bugs of a selection, targeted ones included, each once. May give too many (rules decide again), never too few: what cannot be
   * read is told as a `problem`, or thrown when nothing can be. A bug's history may be left `unread` where it costs requests.
   */
  search(what: Selection, call: Call): AsyncIterable<Bug>;

  /** The same bugs, in the same order, with their histories, read in batches. A history that could not be read whole says `partial`. */
  loadHistory(bugs: readonly Bug[], call: Call): Promise<Bug[]>;

  /**
   * One bug with its history, open or closed, as it is at this moment. Throws `not-found`, also for a bug outside of what the settings
   * name: a report may be older than they are. `gone` for a deleted or moved one. What is no bug any more has an `obstacle`.
   */
  read(ref: string, call: Call): Promise<Bug>;

  /**
   * Looks whether everything is there that the settings and the given names speak of, what we may do, and what is left of the rate
   * limit. Adapters may go without.
   */
  diagnose?(names: NamesInUse, call: Call): Promise<Diagnosis[]>;

  /**
   * Looks around for a first configuration: the settings say no more than where. What could be read only in part is told as a
   * `problem`; throws when there is nothing to look at. Adapters may go without.
   */
  explore?(call: Call): Promise<Exploration>;
}

/**
 * The writing half. No method retries a write that may have been carried out: it throws with `ambiguousWrite` instead. Nor does one wait
 * for more than a minute before a write: what was read by then is too old. It throws `rate-limit` with `retryAfter`.
 */
export interface Tracker extends TrackerReader {
  /** Posts a comment that carries the mark, and checks that it arrived. */
  comment(bug: Bug, text: string, mark: Mark, call: Call): Promise<Receipt>;

  /**
   * Closes the bug as not to be fixed, in the way the settings say, and checks what the tracker recorded. What {@link findClosing} finds
   * closed by us already gets what is missing (a label), and the same receipt.
   */
  close(bug: Bug, mark: Mark, call: Call): Promise<Receipt>;

  /** Takes back what the receipt is for: reopens, restores, or edits our comment to say that it was taken back. */
  revert(receipt: Receipt, call: Call): Promise<void>;

  /** The receipt of our own comment that carries this mark, if there is one: did a crash lose only the answer? */
  findMark(bug: Bug, mark: Mark, call: Call): Promise<Receipt | undefined>;

  /**
   * The receipt of the closing that our comment with this mark announced, if that is what has closed the bug and it still stands: as
   * good for {@link revert} as the one that `close` gave. For a run whose journal was lost or cut short; `bug` was just read.
   */
  findClosing(bug: Bug, mark: Mark, call: Call): Promise<Receipt | undefined>;
}

/** The world around a tracker, so that adapters touch no global: environment, clock and waiting. */
export interface TrackerEnv {
  /** The tracker's name in the configuration; every bug carries it. */
  readonly name: string;
  /** Environment variables: the only place tokens come from. */
  readonly variables: Readonly<Record<string, string | undefined>>;
  /** Relative paths in settings start here: the folder of the configuration. */
  readonly folder: string;
  /** bugprune's own version, for the User-Agent. */
  readonly version: string;
  /** The clock that a run goes by; `--now` sets it. */
  now(): Instant;
  /** Milliseconds on a clock that only ever goes forward, for pacing. */
  elapsed(): number;
  /**
   * The same object for all trackers of a command that name the same key, made by the first: what a host allows is counted once,
   * however many trackers ask it.
   */
  shared<Value>(key: string, make: () => Value): Value;
  /** Waits; rejects with the signal's reason when it is aborted. */
  sleep(milliseconds: number, signal: AbortSignal): Promise<void>;
  /** Announces a secret, so that it is taken out of everything that is ever printed or written. */
  secret(value: string): void;
  /** The output of another program (`gh auth token`), trimmed; null when it is not there or fails. */
  run(command: string, args: readonly string[]): Promise<string | null>;
}

/** What a person pasted, understood: settings as the configuration would have them and, where it named one bug, its ref. */
export interface Recognized {
  /** A short name for reports: `acme/app`. */
  readonly name: string;
  readonly settings: { readonly type: string; readonly [key: string]: Json };
  readonly ref?: string;
}

/** What {@link TrackerDescriptor.recognize} may look at besides the text itself. */
export interface RecognizeContext {
  readonly variables: Readonly<Record<string, string | undefined>>;
  isFile(path: string): boolean;
}

/** A kind of tracker: light enough to be loaded always; the SDK is imported when one is opened. */
export interface TrackerDescriptor<Settings = unknown> {
  /** The word in the configuration: `type: github`. */
  readonly type: string;
  /** The settings, validated; descriptions end up in the reference. Holds `type` as a literal. */
  readonly settings: z.ZodType<Settings>;
  /** Whether a pasted text (URL, short form, path) is one of ours. */
  recognize(text: string, context: RecognizeContext): Recognized | null;
  /**
   * Which of the usual variables would be sent, and to which host; null where the settings name a variable of their own, or none is
   * set. With this a configuration is refused in which one site's credentials would go to another.
   */
  usualCredentials?(
    settings: Settings,
    variables: TrackerEnv['variables'],
  ): { readonly from: string; readonly host: string } | null;
  open(settings: Settings, env: TrackerEnv): Promise<Tracker>;
}
