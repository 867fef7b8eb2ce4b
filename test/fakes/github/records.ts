/** How GitHub thinks of things, underneath both of its APIs. Records are plain and mutable: a test may simply change one. */

export type AccountType = 'User' | 'Bot' | 'Organization' | 'Mannequin';

/** `login` as REST writes it: that of an app ends in `[bot]`. */
export interface Account {
  login: string;
  id: number;
  type: AccountType;
}

/** From most to least; READ may comment, TRIAGE may close. */
export const PERMISSIONS = ['ADMIN', 'MAINTAIN', 'WRITE', 'TRIAGE', 'READ'] as const;
export type Permission = (typeof PERMISSIONS)[number];

export const CLOSE_REASONS = ['completed', 'not_planned', 'duplicate'] as const;
export type CloseReason = (typeof CLOSE_REASONS)[number];

export interface Label {
  id: number;
  name: string;
  color: string;
}

/** Instants are texts like `2026-11-22T09:00:00Z`, here and everywhere else. */
export interface Milestone {
  id: number;
  number: number;
  title: string;
  state: 'open' | 'closed';
  createdAt: string;
  closedAt: string | null;
  dueOn: string | null;
}

export interface Repository {
  id: number;
  nodeId: string;
  owner: string;
  name: string;
  ownerType: 'User' | 'Organization';
  archived: boolean;
  issuesEnabled: boolean;
  private: boolean;
  /** What the token may do here: `undefined` as the server says, null nothing (a private one is then invisible). */
  permission: Permission | null | undefined;
  /** False for some tokens of apps, which `viewerPermission` says nothing to. */
  tellsPermission: boolean;
  /** Only a redirect is left under this name: `acme/new`. */
  renamedTo: string | undefined;
  /** False on an old Enterprise Server, which drops `state_reason` silently. */
  knowsStateReason: boolean;
  createdAt: string;
  labels: Label[];
  milestones: Milestone[];
  /** Issues and pull requests by number, deleted and transferred ones included. */
  issues: Map<number, Issue>;
}

/** What happened to an issue, a comment included; `event` is REST's word for it: `commented`, `milestoned`, `cross-referenced`. */
export interface TimelineEvent {
  id: number;
  nodeId: string;
  event: string;
  /** Null for the few kinds that have no time of their own (commits, reviews). */
  at: string | null;
  actor: Account | null;
  body?: string | undefined;
  updatedAt?: string | undefined;
  editor?: Account | null | undefined;
  minimized?: boolean | undefined;
  label?: string | undefined;
  milestone?: string | undefined;
  assignee?: Account | undefined;
  from?: string | undefined;
  to?: string | undefined;
  reason?: CloseReason | null | undefined;
  /** The issue or pull request that refers to this one. */
  source?: Issue | undefined;
  /** Whether merging the source will close this one. */
  willClose?: boolean | undefined;
}

/** The reactions that GitHub has; `+1` is a vote. */
export const REACTIONS = ['+1', '-1', 'laugh', 'confused', 'heart', 'hooray', 'eyes', 'rocket'] as const;
export type Reaction = (typeof REACTIONS)[number];

export interface Issue {
  id: number;
  nodeId: string;
  number: number;
  repository: Repository;
  /** Null for an issue proper. */
  pullRequest: { draft: boolean; mergedAt: string | null } | null;
  title: string;
  body: string | null;
  state: 'open' | 'closed';
  stateReason: CloseReason | 'reopened' | null;
  /** Null when the account was deleted. */
  author: Account | null;
  authorAssociation: string;
  labels: Label[];
  assignees: Account[];
  milestone: Milestone | null;
  type: string | null;
  /** Issue fields by name: `{ Priority: 'Urgent' }`. */
  fields: Record<string, string>;
  locked: boolean;
  lockReason: string | null;
  createdAt: string;
  updatedAt: string;
  closedAt: string | null;
  closedBy: Account | null;
  reactions: Partial<Record<Reaction, number>>;
  parent: Issue | null;
  children: Issue[];
  blocks: Issue[];
  blockedBy: Issue[];
  events: TimelineEvent[];
  gone: null | 'deleted' | { transferredTo: Issue };
}
