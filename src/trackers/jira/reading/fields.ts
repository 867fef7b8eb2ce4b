import type { Flavour } from '../transport/credentials.js';
import type { FurtherFields } from './further.js';

const FIELDS = [
  'summary',
  'status',
  'issuetype',
  'project',
  'created',
  'updated',
  'creator',
  'reporter',
  'assignee',
  'labels',
  'priority',
  'resolution',
  'fixVersions',
  'votes',
  'comment',
  'security',
  'subtasks',
  'issuelinks',
];

/** The fields of an issue that a bug is made of; Jira answers with hardly anything unless asked. */
export function wantedFields(flavour: Flavour, { sprint, dueDate, parent }: FurtherFields): string[] {
  const further = [sprint, dueDate, parent].filter((id) => id !== null);
  return [...FIELDS, ...(flavour === 'cloud' ? ['issuerestriction'] : []), ...further];
}
