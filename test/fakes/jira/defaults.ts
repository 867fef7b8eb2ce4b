import type { FakeCustomField, FakeIssueType, FakeStatus, FakeUser, Named, Workflow } from './model.js';

/** As Jira ships it. */
export const DEFAULT_TYPES: FakeIssueType[] = [
  { id: '10004', name: 'Bug', subtask: false },
  { id: '10002', name: 'Task', subtask: false },
  { id: '10001', name: 'Story', subtask: false },
  { id: '10000', name: 'Epic', subtask: false },
  { id: '10003', name: 'Sub-task', subtask: true },
];

export const DEFAULT_PRIORITIES: Named[] = ['Highest', 'High', 'Medium', 'Low', 'Lowest'].map((name, index) => ({
  id: String(index + 1),
  name,
}));

export const DEFAULT_STATUSES: FakeStatus[] = [
  { id: '1', name: 'Open', category: 'new' },
  { id: '3', name: 'In Progress', category: 'indeterminate' },
  { id: '4', name: 'Reopened', category: 'new' },
  { id: '5', name: 'Resolved', category: 'done' },
  { id: '6', name: 'Closed', category: 'done' },
  { id: '10000', name: 'To Do', category: 'new' },
  { id: '10001', name: 'Done', category: 'done' },
];

export const DEFAULT_RESOLUTIONS: Named[] = [
  { id: '1', name: 'Fixed' },
  { id: '2', name: "Won't Fix" },
  { id: '3', name: 'Duplicate' },
  { id: '5', name: 'Cannot Reproduce' },
  { id: '10000', name: 'Done' },
  { id: '10001', name: "Won't Do" },
];

/** Every Jira Software has sprints. */
export const DEFAULT_CUSTOM_FIELDS: FakeCustomField[] = [
  { id: 'customfield_10020', name: 'Sprint', type: 'array', custom: 'com.pyxis.greenhopper.jira:gh-sprint' },
];

/** A person with everything that can be made up from the name. */
export function makeUser(user: Partial<FakeUser> & { name: string }): FakeUser {
  return {
    accountId: `712020:${user.name}`,
    displayName: `${user.name.charAt(0).toUpperCase()}${user.name.slice(1)} Example`,
    email: `${user.name}@example.test`,
    accountType: 'atlassian',
    active: true,
    timeZone: 'UTC',
    roles: [],
    locked: false,
    failedLogins: 0,
    ...user,
  };
}

/** The lead (whose credentials the server knows) lives an hour east of UTC, so that time zones show in tests. */
export function defaultUsers(): FakeUser[] {
  return [
    makeUser({ name: 'lead', timeZone: 'Europe/Berlin', roles: ['Administrators', 'Developers'] }),
    makeUser({ name: 'alice', roles: ['Developers'] }),
    makeUser({ name: 'bob', roles: ['Developers'] }),
    makeUser({ name: 'carol', accountType: 'customer' }),
    makeUser({ name: 'automation', displayName: 'Automation for Jira', accountType: 'app' }),
  ];
}

const OPEN = ['Open', 'In Progress', 'Reopened'];
const RESOLUTION_SCREEN = { resolution: { required: true } };
const RESOLVING = { condition: { permission: 'RESOLVE_ISSUES' }, screenFields: RESOLUTION_SCREEN } as const;

/** Jira's own workflow: resolving and closing have a screen with the resolution, reopening clears it. */
export function classicWorkflow(): Workflow {
  return [
    { id: '4', name: 'Start Progress', from: ['Open', 'Reopened'], to: 'In Progress' },
    { id: '301', name: 'Stop Progress', from: ['In Progress'], to: 'Open' },
    { id: '5', name: 'Resolve Issue', from: OPEN, to: 'Resolved', ...RESOLVING },
    { id: '2', name: 'Close Issue', from: OPEN, to: 'Closed', ...RESOLVING },
    { id: '701', name: 'Close Issue', from: ['Resolved'], to: 'Closed', screenFields: RESOLUTION_SCREEN },
    { id: '3', name: 'Reopen Issue', from: ['Resolved', 'Closed'], to: 'Reopened', sets: { resolution: null } },
  ];
}

/** What Cloud gives new projects: every status from every other, no screens, Done sets a resolution by post-function. */
export function simplifiedWorkflow(): Workflow {
  return [
    { id: '11', name: 'To Do', from: 'any', to: 'To Do', sets: { resolution: null } },
    { id: '21', name: 'In Progress', from: 'any', to: 'In Progress', sets: { resolution: null } },
    { id: '31', name: 'Done', from: 'any', to: 'Done', sets: { resolution: 'Done' } },
  ];
}
