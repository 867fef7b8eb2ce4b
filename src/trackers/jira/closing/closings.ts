import type { Bug } from '../../../model/bug.js';
import type { Call } from '../../tracker.js';
import { projectOf } from '../key.js';
import type { JiraSettings } from '../settings.js';
import { type Transition, transitions, understand } from '../transport/answers.js';
import type { Api } from '../transport/api.js';
import { type Choice, chooseTransition } from './transition-choice.js';

/** Finds out how bugs would be closed. */
export interface Closings {
  /** How bugs of this project, type and status would be closed: asked for one of them, and remembered. */
  forKind(bug: Bug, api: Api, call: Call): Promise<Choice>;
  /** How this very bug would be. `offered`: the ids of the transitions that it offers; null where Jira did not tell them along with it. */
  forBug(bug: Bug, offered: readonly string[] | null, api: Api, call: Call): Promise<Choice>;
}

/** Nothing is known yet. Ids of transitions differ from workflow to workflow and from status to status. */
export function newClosings({ closeAs }: Pick<JiraSettings, 'closeAs'>): Closings {
  const kinds = new Map<string, { readonly choice: Choice; readonly id: string }>();
  return { forKind: async (bug, api, call) => (await known(bug, api, call)).choice, forBug };

  async function forBug(bug: Bug, offered: readonly string[] | null, api: Api, call: Call): Promise<Choice> {
    const { choice, id } = await known(bug, api, call);
    // Conditions may hide from one bug what is offered to another.
    const holds = 'plan' in choice && (offered === null || offered.includes(choice.plan.transition.id));
    return holds || id === bug.id ? choice : ask(bug, api, call);
  }

  async function known(bug: Bug, api: Api, call: Call): Promise<{ choice: Choice; id: string }> {
    const kind = JSON.stringify([projectOf(bug.ref), bug.type, bug.status]);
    const found = kinds.get(kind) ?? { choice: await ask(bug, api, call), id: bug.id };
    kinds.set(kind, found);
    return found;
  }

  async function ask(bug: Bug, api: Api, call: Call): Promise<Choice> {
    return chooseTransition(await offeredTransitions(bug.id, api, call), closeAs);
  }
}

/** The transitions that an issue offers to us in its present status, with their screens. None is no error but a lack of permission. */
export async function offeredTransitions(id: string, api: Api, call: Call): Promise<Transition[]> {
  const answer = await api.read({ path: `/issue/${id}/transitions`, query: { expand: 'transitions.fields' } }, call);
  return understand(transitions, answer, 'the transitions of an issue').transitions;
}
