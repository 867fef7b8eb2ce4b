import { z } from 'zod';
import type { Call } from '../../tracker.js';
import { jiraStatus, resolution, understand } from '../transport/answers.js';
import type { Api } from '../transport/api.js';

const stateSchema = z.object({ fields: z.object({ status: jiraStatus, resolution: resolution.nullish() }) });

/** The status and the resolution of an issue. */
export type State = z.output<typeof stateSchema>['fields'];

/** Reads them as they are at this moment. */
export async function readState(id: string, api: Api, call: Call): Promise<State> {
  const answer = await api.read({ path: `/issue/${id}`, query: { fields: 'status,resolution' } }, call);
  return understand(stateSchema, answer, 'what was recorded').fields;
}
