/** What somebody does to a bug. */
export interface Deed {
  readonly kind: DeedKind;
  /** The label, the target, the assignee, the new title. */
  readonly value?: string;
}

export type DeedKind =
  | 'comment'
  /** Copies a marker of bugprune's into a comment; the value is its action. */
  | 'paste'
  | 'label'
  | 'unlabel'
  | 'assign'
  | 'unassign'
  | 'target'
  | 'untarget'
  | 'rename'
  /** Another field, which is no sign of care. */
  | 'edit'
  /** Leaves no trace in a history, as the next two. */
  | 'vote'
  | 'block'
  | 'unblock'
  /** Sets the priority, or takes it away. */
  | 'prioritize'
  | 'start'
  | 'pause'
  | 'close'
  | 'reopen';

/** Who does something. `lead`: our own account, used by hand, where the program runs with a personal token. */
export type Who = 'mona' | 'rolf' | 'ghost' | 'lead' | 'ci' | 'k8s-robot';

/** All but robots are people: also an account that was deleted, and our own when it is used by hand. */
export function isPerson(who: Who): boolean {
  return who !== 'ci' && who !== 'k8s-robot';
}

const WORDS: Record<DeedKind, string> = {
  comment: 'comments',
  paste: "pastes a comment with bugprune's marker:",
  label: 'labels it',
  unlabel: 'takes off the label',
  assign: 'assigns',
  unassign: 'unassigns',
  target: 'plans it for',
  untarget: 'takes away the target',
  rename: 'renames it',
  edit: 'edits it',
  vote: 'votes for it',
  block: 'says that it blocks something',
  unblock: 'says that it blocks nothing any more',
  prioritize: 'sets the priority',
  start: 'starts to work on it',
  pause: 'stops working on it',
  close: 'closes it as fixed',
  reopen: 'reopens it',
};

/** The same as a line of a story. */
export function inWords(who: Who, { kind, value }: Deed): string {
  return [who, WORDS[kind], value].filter((word) => word !== undefined).join(' ');
}
