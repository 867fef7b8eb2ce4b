import { z } from 'zod';
import { TrackerError } from '../../../errors.js';
import type { Target } from '../../../model/bug.js';
import type { Instant } from '../../../model/instant.js';
import { foldName } from '../../../model/text.js';
import type { Call } from '../../tracker.js';
import type { JiraSettings } from '../settings.js';
import { type JiraIssue, understand, type version } from '../transport/answers.js';
import type { Api } from '../transport/api.js';

/** The ids of the fields that hold targets besides the fix versions; null where they are not wanted. */
export interface FurtherFields {
  readonly sprint: string | null;
  readonly dueDate: string | null;
  readonly parent: string | null;
}

const fieldList = z.array(
  z.object({ id: z.string(), name: z.string(), schema: z.object({ custom: z.string().nullish() }).nullish() }),
);

type Field = z.output<typeof fieldList>[number];

/** The type of Jira Software's sprint field, whose id and name differ from site to site. */
const SPRINT = 'com.pyxis.greenhopper.jira:gh-sprint';

/** Finds the fields that the settings name. Asks for the list of fields only where it is needed. Throws `validation` for one that is not there. */
export async function furtherFields(
  { sprint, dueDate, parent }: JiraSettings['targets'],
  api: Api,
  call: Call,
): Promise<FurtherFields> {
  const byName = typeof dueDate === 'string' || typeof parent === 'string';
  const fields = sprint || byName ? understand(fieldList, await api.read({ path: '/field' }, call), 'its fields') : [];
  return {
    sprint: sprint ? fieldId(fields, sprint === true ? isSprint : named(sprint), sprint === true ? 'Sprint' : sprint) : null,
    dueDate: typeof dueDate === 'string' ? fieldId(fields, named(dueDate), dueDate) : dueDate ? 'duedate' : null,
    parent: typeof parent === 'string' ? fieldId(fields, named(parent), parent) : parent ? 'parent' : null,
  };
}

function fieldId(fields: readonly Field[], wanted: (field: Field) => boolean, name: string): string {
  const found = fields.filter(wanted);
  const [field] = found;
  if (field && found.length === 1) return field.id;
  const problem = field ? `more than one field: ${found.map(({ id }) => id).join(', ')}` : 'no field of this site';
  throw new TrackerError('validation', `The setting targets names ${name}, which is ${problem}.`, {
    hint: 'Name the field as the site does, or by its id.',
  });
}

function isSprint({ schema }: Field): boolean {
  return schema?.custom === SPRINT;
}

function named(name: string): (field: Field) => boolean {
  return (field) => field.id === name || foldName(field.name) === foldName(name);
}

const sprintObject = z.object({ name: z.string(), state: z.string().nullish() });

/** The sprints of an issue: objects on Cloud, the text of Java objects on Data Center: `…Sprint@1f[id=3,state=CLOSED,name=Sprint 3,…]`. */
export function sprintTargets(value: unknown): Target[] {
  if (!Array.isArray(value)) return [];
  return value.flatMap((entry) => {
    const sprint = typeof entry === 'string' ? sprintText(entry) : sprintObject.safeParse(entry).data;
    if (!sprint) return [];
    return [{ name: sprint.name, state: sprint.state?.toLowerCase() === 'closed' ? 'closed' : 'open' }];
  });
}

function sprintText(text: string): { name: string; state: string | undefined } | undefined {
  const name = /[[,]name=(.*?)(?:,[a-zA-Z]+=|\]$)/.exec(text)?.[1];
  return name === undefined ? undefined : { name, state: /[[,]state=(\w+)/.exec(text)?.[1] };
}

/** A due date as a target, which is slipped when the day is over everywhere in the world. */
export function dueTarget(value: unknown, now: Instant): Target[] {
  const day = typeof value === 'string' ? /^\d{4}-\d\d-\d\d/.exec(value)?.[0] : undefined;
  if (!day) return [];
  const over = Date.parse(now) > Date.parse(`${day}T00:00:00Z`) + 36 * 3_600_000;
  return [{ name: `due ${day}`, state: over ? 'closed' : 'open' }];
}

/** The key of an issue's parent: an object in `parent`, a text in Data Center's Epic Link; null where there is none. */
export function parentKey({ fields }: JiraIssue, { parent }: FurtherFields): string | null {
  const value = parent === null ? null : fields[parent];
  const { data } = z.union([z.string().min(1), z.object({ key: z.string() }).transform(({ key }) => key)]).safeParse(value);
  return data ?? null;
}

/** Fix versions as targets. One that was released or archived is behind us. */
export function versionTargets(versions: readonly z.output<typeof version>[]): Target[] {
  return versions.map(({ name, released, archived }) => {
    if (released || archived) return { name, state: 'closed' };
    return { name, state: typeof released === 'boolean' ? 'open' : 'unknown' };
  });
}
