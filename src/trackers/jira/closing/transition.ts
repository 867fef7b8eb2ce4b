import { TrackerError } from '../../../errors.js';
import type { Call } from '../../tracker.js';
import type { JiraSettings } from '../settings.js';
import type { Resolution } from '../transport/answers.js';
import type { Api } from '../transport/api.js';
import type { Envelope } from '../transport/http.js';
import { complaints, words } from '../transport/refusal.js';
import type { Plan } from './transition-choice.js';

/** What goes along with a transition. */
export interface Attachments {
  readonly resolution: Resolution | null;
  readonly fields: JiraSettings['closeAs']['fields'];
  /** The comment's body, where the workflow wants it inside the transition; else null, since without a screen it would vanish. */
  readonly comment: unknown;
}

/** How a transition ended: done, or refused because of what went along with it. */
export type Outcome = 'done' | 'no-resolution' | 'wants-comment';

/**
 * Sends an issue through a transition. Throws `validation` when Jira complains about something that we cannot mend, and
 * `ambiguousWrite` when the answer was lost.
 */
export async function sendTransition(id: string, plan: Plan, attachments: Attachments, api: Api, call: Call): Promise<Outcome> {
  const { transition } = plan;
  const { resolution, fields, comment } = attachments;
  const set = { ...fields, ...(resolution ? { resolution: byId(resolution) } : {}) };
  const body = {
    transition: { id: transition.id },
    ...(Object.keys(set).length > 0 ? { fields: set } : {}),
    ...(comment === null ? {} : { update: { comment: [{ add: { body: comment } }] } }),
  };
  const answer = await api.write({ method: 'POST', path: `/issue/${id}/transitions`, body, complains: true }, call);
  if (answer.status !== 400) return 'done';
  if (resolution && isOffScreen(answer, plan)) return 'no-resolution';
  if (comment === null && wantsComment(answer)) return 'wants-comment';
  throw new TrackerError('validation', `Jira refuses the transition ${transition.name}: ${words(answer)}`, {
    hint: 'What the workflow asks for can be given in closeAs.fields.',
  });
}

/** Jira takes an object, never a bare name. */
function byId({ id, name }: Resolution): { id: string } | { name: string } {
  return id === undefined ? { name } : { id };
}

/**
 * "Field 'resolution' cannot be set. It is not on the appropriate screen, or unknown." In other languages it reads differently: where
 * the screen did not list the field in the first place, any complaint about it alone means the same.
 */
function isOffScreen(answer: Envelope, { resolution }: Plan): boolean {
  const { fields, messages } = complaints(answer);
  const [only, ...others] = Object.keys(fields);
  if (only !== 'resolution' || others.length > 0 || messages.length > 0) return false;
  return resolution === null || /cannot be set/i.test(fields.resolution ?? '');
}

function wantsComment(answer: Envelope): boolean {
  const { fields, messages } = complaints(answer);
  return 'comment' in fields || [...messages, ...Object.values(fields)].some((message) => /comment/i.test(message));
}
