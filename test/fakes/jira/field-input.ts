import { adfToText, isAdf } from './adf.js';
import * as edit from './edits.js';
import type { FakeChange, FakeIssue, Named } from './model.js';
import { isRecord, recordOf } from './request.js';
import type { Session } from './session.js';
import { projectNamed } from './store.js';

/** What to do to a field: the operations of `update`, or the `set` that `fields` stands for. */
export interface FieldInput {
  readonly field: string;
  readonly operations: readonly { readonly verb: string; readonly value: unknown }[];
}

/** What was sent in `fields` and `update`, comments apart; a field in both is an error. */
export function readFields(body: unknown): { inputs: FieldInput[]; comments: unknown[]; errors: Record<string, string> } {
  const fields = recordOf(recordOf(body).fields);
  const { comment, ...update } = recordOf(recordOf(body).update);
  const errors: Record<string, string> = {};
  for (const field of Object.keys(update)) {
    if (field in fields) errors[field] = `Field '${field}' cannot appear in both 'fields' and 'update'`;
  }
  const set = Object.entries(fields).map(([field, value]) => ({ field, operations: [{ verb: 'set', value }] }));
  const updated = Object.entries(update).map(([field, list]) => ({ field, operations: operationsOf(list) }));
  const comments = operationsOf(comment).filter(({ verb }) => verb === 'add');
  return { inputs: [...set, ...updated], comments: comments.map(({ value }) => value), errors };
}

function operationsOf(list: unknown): { verb: string; value: unknown }[] {
  return Array.isArray(list)
    ? list.flatMap((entry) => Object.entries(recordOf(entry)).map(([verb, value]) => ({ verb, value })))
    : [];
}

/** Jira's refusal for a field that is on no screen here; clients decide by its very words. */
export function notOnScreen(field: string): string {
  return `Field '${field}' cannot be set. It is not on the appropriate screen, or unknown.`;
}

/** A change ready to be made, or what is wrong with the value. Nothing is changed before all values are known to be good. */
export type Prepared = { readonly apply: () => FakeChange[] } | { readonly error: string };

type Prepare = (session: Session, issue: FakeIssue, input: FieldInput) => Prepared;

const text =
  (apply: (issue: FakeIssue, value: string) => FakeChange[]): Prepare =>
  (_, issue, input) => {
    const value = lastSet(input);
    return typeof value === 'string' ? { apply: () => apply(issue, value) } : { error: 'Operation value must be a string' };
  };

const FIELDS: Record<string, Prepare> = {
  summary: text(edit.setSummary),
  duedate: (_, issue, input) => {
    const day = lastSet(input);
    if (day === null) return { apply: () => edit.setDueDate(issue, null) };
    if (typeof day !== 'string' || !/^\d{4}-\d\d-\d\d$/.test(day))
      return { error: "Error parsing date string. The correct format is: 'yyyy-MM-dd'" };
    return { apply: () => edit.setDueDate(issue, day) };
  },
  description: (session, issue, input) => {
    const value = lastSet(input);
    if (value === null) return { apply: () => edit.setDescription(issue, null) };
    if (session.version === 3) {
      if (!isAdf(value)) return { error: 'Operation value must be an Atlassian Document (see the Atlassian Document Format)' };
      return { apply: () => edit.setDescription(issue, adfToText(value)) };
    }
    return typeof value === 'string'
      ? { apply: () => edit.setDescription(issue, value) }
      : { error: 'Operation value must be a string' };
  },
  labels: (_, issue, input) => {
    const labels = listAfter(issue.labels, input, (value) =>
      typeof value === 'string' && !/\s/.test(value) ? value : undefined,
    );
    return labels ? { apply: () => edit.setLabels(issue, labels) } : { error: "The label can't contain spaces." };
  },
  fixVersions: ({ store }, issue, input) => {
    const { versions } = projectNamed(store, issue.project);
    const ids = listAfter(issue.fixVersionIds, input, (value) => findNamed(versions, value)?.id);
    return ids ? { apply: () => edit.setFixVersions(store, issue, ids) } : { error: 'Version name is not valid' };
  },
  assignee: (session, issue, input) => {
    const value = lastSet(input);
    const { accountId, name } = recordOf(value);
    const user = session.store.users.find((each) =>
      session.flavour === 'cloud' ? each.accountId === accountId : each.name === name,
    );
    if (!user && value !== null) return { error: 'User does not exist.' };
    return { apply: () => edit.setAssignee(session.store, issue, user?.name ?? null) };
  },
  priority: ({ store }, issue, input) =>
    named(store.priorities, input, 'priority', (name) => edit.setPriority(store, issue, name)),
  resolution: ({ store, now }, issue, input) =>
    named(store.resolutions, input, 'resolution', (name) => edit.setResolution(store, issue, name, now)),
};

/** Checks a value for a field. Fields that the stand-in does not know count as unknown to Jira. */
export function prepareField(session: Session, issue: FakeIssue, input: FieldInput): Prepared {
  const prepare = FIELDS[input.field];
  return prepare ? prepare(session, issue, input) : { error: notOnScreen(input.field) };
}

function lastSet({ operations }: FieldInput): unknown {
  return operations.findLast(({ verb }) => verb === 'set')?.value;
}

/** The list after `set`, `add` and `remove`; undefined when one of the values is no good. */
function listAfter(
  before: readonly string[],
  { operations }: FieldInput,
  read: (value: unknown) => string | undefined,
): string[] | undefined {
  let list = [...before];
  for (const { verb, value } of operations) {
    const values = (Array.isArray(value) ? value : [value]).map(read);
    const good = values.filter((entry) => entry !== undefined);
    if (good.length < values.length) return undefined;
    if (verb === 'set') list = good;
    else if (verb === 'add') list = [...list, ...good.filter((entry) => !list.includes(entry))];
    else list = list.filter((entry) => !good.includes(entry));
  }
  return list;
}

/** `{name}` or `{id}`; nothing else will do. */
function findNamed<T extends Named>(list: readonly T[], value: unknown): T | undefined {
  if (!isRecord(value)) return undefined;
  return list.find(({ id, name }) => (value.id === undefined ? name === value.name : id === value.id));
}

function named(list: readonly Named[], input: FieldInput, what: string, apply: (name: string | null) => FakeChange[]): Prepared {
  const value = lastSet(input);
  if (value === null) return { apply: () => apply(null) };
  if (!isRecord(value)) return { error: 'data was not an object' };
  const found = findNamed(list, value);
  return found ? { apply: () => apply(found.name) } : { error: `Could not find valid 'id' or 'name' in ${what} object.` };
}
