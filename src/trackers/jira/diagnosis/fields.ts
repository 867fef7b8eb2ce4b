import { z } from 'zod';
import { TrackerError } from '../../../errors.js';
import { nearest } from '../../../model/phrases.js';
import { foldName } from '../../../model/text.js';
import type { Call, Diagnosis } from '../../tracker.js';
import type { Facts } from '../reading/facts.js';
import type { JiraSettings } from '../settings.js';
import { understand } from '../transport/answers.js';

const fieldList = z.array(z.object({ id: z.string(), name: z.string() }));

type Field = z.output<typeof fieldList>[number];

/** Whether the fields exist that are set when a bug is closed, and those that hold further targets. Asks only where any is named. */
export async function fieldsUsed({ closeAs }: JiraSettings, facts: Facts, call: Call): Promise<Diagnosis[]> {
  const ids = Object.keys(closeAs.fields ?? {});
  const targets = await furtherTargets(facts, call);
  if (ids.length === 0) return targets;
  const { api } = await facts.session(call);
  const fields = understand(fieldList, await api.read({ path: '/field' }, call), 'its fields');
  const unknown = ids.filter((id) => !fields.some((field) => field.id === id));
  return [...targets, ...unknown.map((id) => missing(id, fields))];
}

function missing(id: string, fields: readonly Field[]): Diagnosis {
  const named = fields.filter(({ name }) => foldName(name) === foldName(id)).map((field) => field.id);
  const names = fields.map(({ name }) => name);
  const instead = named.length > 0 ? `It is meant by ${named.join(' or ')}.` : nearest([id], names, 'field');
  const hint = `Name fields by their id, such as customfield_10200. ${instead}`;
  return { severity: 'config', message: `There is no field with the id "${id}" (closeAs.fields).`, hint };
}

async function furtherTargets(facts: Facts, call: Call): Promise<Diagnosis[]> {
  try {
    await facts.further(call);
    return [];
  } catch (error) {
    if (!(error instanceof TrackerError) || error.kind !== 'validation') throw error;
    return [{ severity: 'config', message: error.message, hint: error.hint ?? 'Correct targets.' }];
  }
}
