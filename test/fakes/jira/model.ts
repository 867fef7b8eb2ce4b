/** What a Jira site holds, in one shape for both flavours. Instants are epoch milliseconds; people are referred to by `name`. */

export type CategoryKey = 'new' | 'indeterminate' | 'done';

/** The ids of the status categories are the same on every site and never translated. */
export const CATEGORY_IDS: Record<CategoryKey, number> = { new: 2, indeterminate: 4, done: 3 };

export type Permission = 'BROWSE_PROJECTS' | 'TRANSITION_ISSUES' | 'ADD_COMMENTS' | 'EDIT_ISSUES' | 'RESOLVE_ISSUES';

export interface FakeUser {
  /** Login name and key on Data Center, and what the stand-in calls the person. */
  name: string;
  /** The id on Cloud. */
  accountId: string;
  displayName: string;
  email: string;
  /** Cloud only. Absent for accounts whose profile hides it. */
  accountType: 'atlassian' | 'app' | 'customer' | undefined;
  active: boolean;
  /** An IANA zone. JQL dates are read in it, and Cloud writes timestamps with its offset. */
  timeZone: string;
  /** Project roles and groups, for restricted comments. */
  roles: string[];
  /** Data Center asks for a CAPTCHA: nothing but a browser helps. */
  locked: boolean;
  failedLogins: number;
}

export interface Named {
  id: string;
  name: string;
}

export interface FakeIssueType extends Named {
  subtask: boolean;
}

export interface FakeStatus extends Named {
  category: CategoryKey;
  /** The key of the team-managed project it belongs to; such statuses repeat the names of others. */
  project?: string;
}

export interface FakeVersion extends Named {
  released: boolean;
  archived: boolean;
  /** A day: 2026-03-01. */
  releaseDate?: string | undefined;
}

export interface FakeSprint {
  id: number;
  name: string;
  state: 'active' | 'closed' | 'future';
}

/** A custom field as `/field` lists it; its values stand in `custom` of issues. */
export interface FakeCustomField extends Named {
  /** `string`, `date`, `any`, or `array` of JSON. */
  type: string;
  /** The key of the type: `com.pyxis.greenhopper.jira:gh-epic-link`. */
  custom: string;
}

export interface ScreenField {
  required?: boolean;
  /** Names, where only some values are offered. */
  allowed?: string[];
  /** What the field gets when nothing is sent. */
  default?: string;
  /** `false`: it can be set, but `transitions.fields` does not list it. Real sites under-report. */
  listed?: boolean;
}

/** What a validator wants to see in the transition. */
export type Validator =
  | { requires: 'resolution'; message?: string }
  | { requires: 'comment'; message?: string }
  | { requires: 'field'; field: string; message?: string };

export interface FakeTransition extends Named {
  /** Names of statuses. */
  from: readonly string[] | 'any';
  /** Name of a status. */
  to: string;
  /** The fields of its screen by field id; without it there is no screen. */
  screenFields?: Record<string, ScreenField>;
  validators?: readonly Validator[];
  /** Hidden from people without the permission. */
  condition?: { permission: Permission };
  /** What a post-function sets, after anything that was sent; null clears. */
  sets?: { resolution?: string | null };
}

export type Workflow = readonly FakeTransition[];

export interface FakeProject extends Named {
  key: string;
  type: 'software' | 'service_desk' | 'business';
  style: 'classic' | 'next-gen';
  /** The feature toggle of team-managed projects; the field can be written although people do not see it. */
  releasesEnabled: boolean;
  /** Whether anonymous visitors may browse. */
  public: boolean;
  archived: boolean;
  versions: FakeVersion[];
  components: Named[];
  /** Names of issue types. */
  issueTypes: string[];
  /** By name of the issue type; `*` for all others. */
  workflows: Record<string, Workflow>;
  /** Its edit screen has the resolution, which most leave to transitions. */
  resolutionEditable?: boolean;
  /** Overrides of what the server's permissions say. */
  permissions: Partial<Record<Permission, boolean>>;
  lastNumber: number;
}

/** An Atlassian document. */
export interface AdfDocument {
  type: 'doc';
  version: 1;
  content: unknown[];
}

export interface FakeComment {
  id: string;
  author: string | null;
  body: string | AdfDocument;
  created: number;
  updated: number;
  updateAuthor: string | null;
  visibility?: { type: 'role' | 'group'; value: string };
  properties: { key: string; value: unknown }[];
  /** Service desk: whether the customer sees it, and gets it by mail. True unless `sd.public.comment` says internal. */
  public: boolean;
}

export interface FakeChange {
  field: string;
  /** Absent for what is not a field: Link, Workflow. Data Center never has it. */
  fieldId?: string;
  fieldtype: 'jira' | 'custom';
  from: string | null;
  fromString: string | null;
  to: string | null;
  toString: string | null;
}

export interface FakeHistory {
  id: string;
  author: string | null;
  created: number;
  items: FakeChange[];
  historyMetadata?: unknown;
}

export interface FakeLink {
  id: string;
  type: { id: string; name: string; inward: string; outward: string };
  /** `outward`: this issue blocks the other one. */
  direction: 'inward' | 'outward';
  key: string;
  /** What is known of an issue that is not in the store. */
  stub?: { id: string; summary: string; status: string; type: string; priority: string | null };
}

export interface FakeIssue {
  id: string;
  key: string;
  project: string;
  type: string;
  /** The id of a status: names repeat. */
  statusId: string;
  statusSince: number;
  summary: string;
  description: string | null;
  priority: string | null;
  resolution: string | null;
  resolvedAt: number | null;
  created: number;
  updated: number;
  creator: string | null;
  reporter: string | null;
  assignee: string | null;
  labels: string[];
  components: string[];
  /** Ids of versions. */
  fixVersionIds: string[];
  affectedVersionIds: string[];
  /** A day: 2026-03-01. */
  duedate: string | null;
  votes: number;
  security: Named | null;
  /** Cloud: the project role that alone may see it. */
  restrictedTo: string | null;
  parentId: string | null;
  childIds: string[];
  links: FakeLink[];
  sprints: FakeSprint[];
  comments: FakeComment[];
  /** Oldest first. */
  histories: FakeHistory[];
  /** Issue properties. */
  properties: Map<string, unknown>;
  /** Custom fields by id, as they are answered. */
  custom: Record<string, unknown>;
  /** So many of the next transitions answer 409: someone else is moving it. */
  conflicts: number;
}
