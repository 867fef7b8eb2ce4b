import type { FakeIssue, FakeTransition, ScreenField } from '../model.js';
import type { Session } from '../session.js';
import { statusNamed } from '../store.js';
import { namedJson, statusJson } from './things.js';

/** A transition as it is offered; the fields of its screen only when they are asked for. */
export function transitionJson(session: Session, issue: FakeIssue, transition: FakeTransition, withFields: boolean): object {
  const { id, name, to, from, screenFields, condition } = transition;
  const flags = {
    hasScreen: screenFields !== undefined,
    isGlobal: from === 'any',
    isInitial: false,
    isAvailable: true,
    isConditional: condition !== undefined,
    isLooped: false,
  };
  return {
    id,
    name,
    to: statusJson(session, statusNamed(session.store, issue.project, to)),
    ...(session.flavour === 'cloud' && flags),
    ...(withFields && { fields: screenJson(session, screenFields ?? {}) }),
  };
}

const SCHEMAS: Record<string, { name: string; type: string; items?: string }> = {
  resolution: { name: 'Resolution', type: 'resolution' },
  assignee: { name: 'Assignee', type: 'user' },
  priority: { name: 'Priority', type: 'priority' },
  fixVersions: { name: 'Fix versions', type: 'array', items: 'version' },
  labels: { name: 'Labels', type: 'array', items: 'string' },
};

/** A comment is never listed, although it may be sent. */
function screenJson(session: Session, screen: Record<string, ScreenField>): object {
  const listed = Object.entries(screen).filter(([field, { listed: shown }]) => field !== 'comment' && shown !== false);
  return Object.fromEntries(listed.map(([field, settings]) => [field, fieldJson(session, field, settings)]));
}

function fieldJson(session: Session, field: string, settings: ScreenField): object {
  const { name, ...schema } = SCHEMAS[field] ?? { name: field, type: 'string' };
  const fallback = settings.default;
  return {
    required: settings.required ?? false,
    schema: { ...schema, system: field },
    name,
    [session.flavour === 'cloud' ? 'key' : 'fieldId']: field,
    hasDefaultValue: fallback !== undefined,
    operations: ['set'],
    ...allowedValues(session, field, settings),
  };
}

function allowedValues(session: Session, field: string, { allowed }: ScreenField): object {
  const { resolutions, priorities } = session.store;
  const list = field === 'resolution' ? resolutions : field === 'priority' ? priorities : undefined;
  if (!list) return {};
  const offered = list.filter(({ name }) => allowed?.includes(name) ?? true);
  return { allowedValues: offered.map((entry) => namedJson(session, field, entry)) };
}
