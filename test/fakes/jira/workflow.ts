import { setResolution, setStatus } from './edits.js';
import type { FakeChange, FakeIssue, FakeProject, FakeTransition, Validator, Workflow } from './model.js';
import { may, type Session } from './session.js';
import { byId, required, statusNamed } from './store.js';

export function workflowOf(project: FakeProject, type: string): Workflow {
  return required(project.workflows[type] ?? project.workflows['*'], `workflow of ${type} in ${project.key}`);
}

/**
 * The transitions that this viewer is offered from where the issue stands. None at all without the permission:
 * Jira does not call that an error.
 */
export function availableTransitions(session: Session, issue: FakeIssue, project: FakeProject): FakeTransition[] {
  if (!may(session, project, 'TRANSITION_ISSUES')) return [];
  const current = byId(session.store.statuses, issue.statusId, 'status').name;
  return workflowOf(project, issue.type).filter(({ from, condition }) => {
    const starts = from === 'any' || from.includes(current);
    return starts && (!condition || may(session, project, condition.permission));
  });
}

/** What came along with a transition, as far as validators care. */
export interface Brought {
  readonly resolution: string | null;
  readonly comment: boolean;
  readonly fields: ReadonlySet<string>;
}

/** What validators say: those about a field in `errors`, the others in `errorMessages`. */
export function validate(
  validators: readonly Validator[],
  brought: Brought,
): { messages: string[]; errors: Record<string, string> } {
  const messages: string[] = [];
  const errors: Record<string, string> = {};
  for (const validator of validators) {
    if (isMet(validator, brought)) continue;
    const message = validator.message ?? defaultMessage(validator);
    if (validator.requires === 'field') errors[validator.field] = message;
    else messages.push(message);
  }
  return { messages, errors };
}

function isMet(validator: Validator, { resolution, comment, fields }: Brought): boolean {
  if (validator.requires === 'resolution') return resolution !== null;
  return validator.requires === 'comment' ? comment : fields.has(validator.field);
}

function defaultMessage(validator: Validator): string {
  if (validator.requires === 'field') return `${validator.field} is required.`;
  return validator.requires === 'comment' ? 'A comment is required.' : 'A resolution is required.';
}

/** Moves the issue, then runs the post-functions. Gives the lines of history. */
export function carryOut(session: Session, issue: FakeIssue, transition: FakeTransition): FakeChange[] {
  const { store, now } = session;
  const moved = setStatus(store, issue, statusNamed(store, issue.project, transition.to), now);
  const resolution = transition.sets?.resolution;
  return resolution === undefined ? moved : [...setResolution(store, issue, resolution, now), ...moved];
}
