import type { AccountType, CloseReason, Issue, Permission, Reaction, TimelineEvent } from './records.js';

/** An account by login (`…[bot]` is an app), or with its type; null is a deleted account. */
export type Who = string | { readonly login: string; readonly id?: number; readonly type?: AccountType } | null;

/** Who did it (a person called `mona` unless said) and when (by the store's clock unless said). */
export interface By {
  readonly by?: Who;
  readonly at?: string;
}

/** What a repository may be given; the rest has defaults: public, of an organization, with issues. */
export interface RepositoryFields {
  readonly id?: number;
  readonly ownerType?: 'User' | 'Organization';
  readonly archived?: boolean;
  readonly issuesEnabled?: boolean;
  readonly private?: boolean;
  readonly permission?: Permission | null;
  readonly tellsPermission?: boolean;
  readonly labels?: readonly string[];
  readonly renamedTo?: string;
  readonly knowsStateReason?: boolean;
  readonly createdAt?: string;
}

export interface MilestoneFields {
  readonly title: string;
  readonly number?: number;
  readonly state?: 'open' | 'closed';
  readonly createdAt?: string;
  readonly closedAt?: string | null;
  readonly dueOn?: string | null;
}

/** One event of a timeline; `event` is REST's word for it. */
export interface EventFields
  extends Partial<
    Pick<
      TimelineEvent,
      'body' | 'updatedAt' | 'minimized' | 'label' | 'milestone' | 'from' | 'to' | 'reason' | 'source' | 'willClose'
    >
  > {
  readonly event: string;
  readonly id?: number;
  readonly at?: string | null;
  readonly actor?: Who;
  readonly assignee?: Who | undefined;
}

/** What an issue may be given; the rest has defaults: open, by `mona`, one year old, without a label or an event. */
export interface IssueFields {
  readonly number?: number;
  readonly id?: number;
  readonly nodeId?: string;
  readonly title?: string;
  readonly body?: string | null;
  readonly state?: 'open' | 'closed';
  readonly stateReason?: CloseReason | 'reopened' | null;
  readonly author?: Who;
  readonly authorAssociation?: string;
  /** Names, or names with colours; the repository gets the labels that it lacks. */
  readonly labels?: readonly (string | { readonly name: string; readonly color: string })[];
  readonly assignees?: readonly Who[];
  /** The title or the number of a milestone; one with an unknown title is created, open. */
  readonly milestone?: string | number | null;
  readonly type?: string | null;
  readonly fields?: Readonly<Record<string, string>>;
  readonly locked?: boolean;
  readonly lockReason?: string | null;
  readonly createdAt?: string;
  /** Defaults to the last thing that happened. */
  readonly updatedAt?: string;
  readonly closedAt?: string | null;
  /** A number counts votes (+1). */
  readonly reactions?: number | Partial<Record<Reaction, number>>;
  readonly parent?: Issue;
  readonly blocks?: readonly Issue[];
  readonly events?: readonly EventFields[];
}

export interface PullRequestFields extends IssueFields {
  readonly draft?: boolean;
  readonly mergedAt?: string | null;
  /** The issues that merging it will close: each gets the cross reference. */
  readonly closes?: readonly Issue[];
}
