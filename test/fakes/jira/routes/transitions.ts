import { addComment } from '../builders.js';
import { record } from '../changes.js';
import { type CommentInput, readComment } from '../comment-input.js';
import { type FieldInput, notOnScreen, type Prepared, prepareField, readFields } from '../field-input.js';
import type { FakeIssue, FakeProject, FakeTransition } from '../model.js';
import { transitionJson } from '../render/transitions.js';
import { type Answer, DONE, NO_ISSUE, ok, recordOf, refuse } from '../request.js';
import { type Session, visibleIssue } from '../session.js';
import { availableTransitions, carryOut, validate } from '../workflow.js';
import { refuseComment } from './comments.js';

export function listTransitions(session: Session, key: string): Answer {
  const found = visibleIssue(session, key);
  if (!found) return NO_ISSUE;
  const { query } = session.request;
  const withFields = query.get('expand')?.split(',').includes('transitions.fields') ?? false;
  const wanted = query.get('transitionId');
  const transitions = availableTransitions(session, found.issue, found.project)
    .filter(({ id }) => wanted === null || id === wanted)
    .map((transition) => transitionJson(session, found.issue, transition, withFields));
  return ok({ expand: 'transitions', transitions });
}

export function postTransition(session: Session, key: string): Answer {
  const found = visibleIssue(session, key);
  if (!found) return NO_ISSUE;
  const { issue, project } = found;
  const id = recordOf(recordOf(session.request.body).transition).id;
  if (id === undefined) return refuse(400, "Missing 'transition' identifier");
  if (!/^\d+$/.test(String(id))) return refuse(400, "'transition' identifier must be an integer");
  if (issue.conflicts > 0) {
    issue.conflicts -= 1;
    return refuse(409, 'The issue is being transitioned by someone else.');
  }
  const transition = availableTransitions(session, issue, project).find((each) => each.id === String(id));
  if (!transition) return refuse(400, `Transition id '${String(id)}' is not valid for this issue.`);
  return attempt(session, issue, project, transition);
}

/** Checks everything that was sent, and only then changes anything. */
function attempt(session: Session, issue: FakeIssue, project: FakeProject, transition: FakeTransition): Answer {
  const { body } = session.request;
  if (recordOf(body).properties !== undefined) session.violation('the stand-in has not learnt properties inside a transition');
  const sent = readFields(body);
  const inputs = withDefaults(transition, sent.inputs);
  const prepared = inputs.map((input) => ({ input, change: prepareOnScreen(session, issue, transition, input) }));
  const errors = { ...sent.errors, ...errorsOf(prepared) };
  if (Object.keys(errors).length > 0) return refuse(400, [], errors);
  const comments = commentsOn(session, project, transition, sent.comments);
  if ('refused' in comments) return comments.refused;
  const complaint = validate(transition.validators ?? [], {
    resolution: inputs.some(({ field }) => field === 'resolution') ? 'sent' : issue.resolution,
    comment: comments.inputs.length > 0,
    fields: new Set(inputs.map(({ field }) => field)),
  });
  if (complaint.messages.length + Object.keys(complaint.errors).length > 0)
    return refuse(400, complaint.messages, complaint.errors);
  apply(session, issue, transition, prepared, comments.inputs);
  return DONE;
}

/** A screen's default counts when nothing is sent. That a field is required there is for people: the API does not mind. */
function withDefaults({ screenFields = {} }: FakeTransition, inputs: readonly FieldInput[]): FieldInput[] {
  const defaults = Object.entries(screenFields).flatMap(([field, { default: name }]) => {
    const unsent = name !== undefined && !inputs.some((input) => input.field === field);
    return unsent ? [{ field, operations: [{ verb: 'set', value: { name } }] }] : [];
  });
  return [...inputs, ...defaults];
}

interface PreparedField {
  readonly input: FieldInput;
  readonly change: Prepared;
}

function prepareOnScreen(session: Session, issue: FakeIssue, transition: FakeTransition, input: FieldInput): Prepared {
  const screen = transition.screenFields?.[input.field];
  if (!screen) return { error: notOnScreen(input.field) };
  const change = prepareField(session, issue, input);
  const name = sentName(session, input);
  if ('error' in change || !screen.allowed || screen.allowed.includes(name)) return change;
  return { error: `The value '${name}' is not allowed for the field '${input.field}'.` };
}

/** The name of a resolution that may have been sent by id. */
function sentName({ store }: Session, { operations }: FieldInput): string {
  const { id, name } = recordOf(operations[0]?.value);
  return typeof name === 'string' ? name : (store.resolutions.find((entry) => entry.id === id)?.name ?? '');
}

function errorsOf(prepared: readonly PreparedField[]): Record<string, string> {
  return Object.fromEntries(prepared.flatMap(({ input, change }) => ('error' in change ? [[input.field, change.error]] : [])));
}

type GoodComment = Exclude<CommentInput, { refused: Answer }>;

/** Without a screen, comments are dropped, and nobody says so. */
function commentsOn(
  session: Session,
  project: FakeProject,
  transition: FakeTransition,
  sent: readonly unknown[],
): { inputs: GoodComment[] } | { refused: Answer } {
  if (!transition.screenFields || sent.length === 0) return { inputs: [] };
  const forbidden = refuseComment(session, project);
  if (forbidden) return { refused: forbidden };
  const inputs: GoodComment[] = [];
  for (const each of sent) {
    const input = readComment(session, each);
    if ('refused' in input) return input;
    inputs.push(input);
  }
  return { inputs };
}

function apply(
  session: Session,
  issue: FakeIssue,
  transition: FakeTransition,
  prepared: readonly PreparedField[],
  comments: readonly GoodComment[],
): void {
  const { store, now, viewer, request } = session;
  const author = viewer?.name ?? null;
  const changes = prepared.flatMap(({ change }) => ('apply' in change ? change.apply() : []));
  const items = [...changes, ...carryOut(session, issue, transition)];
  record(store, issue, { author, at: now, items, historyMetadata: recordOf(request.body).historyMetadata });
  for (const comment of comments) addComment(store, issue.key, { ...comment, author, at: now });
}
