import type { FakeIssue, FakeProject } from '../model.js';
import { type Answer, DONE, NO_ISSUE, ok, refuse } from '../request.js';
import { may, type Session, self, visibleIssue } from '../session.js';

const LIMIT = 32_768;

type Handler = (session: Session, issue: FakeIssue, property: string, project: FakeProject) => Answer;

/** Properties of issues: seen by whoever sees the issue, changed by whoever may edit it. `updated` stays what it was. */
function onIssue(handler: Handler): (session: Session, key: string, property?: string) => Answer {
  return (session, key, property = '') => {
    const found = visibleIssue(session, key);
    return found ? handler(session, found.issue, property, found.project) : NO_ISSUE;
  };
}

function onEditableIssue(handler: Handler): ReturnType<typeof onIssue> {
  return onIssue((session, issue, property, project) => {
    if (!may(session, project, 'EDIT_ISSUES')) return refuse(403, 'You do not have permission to edit this issue.');
    return handler(session, issue, property, project);
  });
}

const missing = (property: string): Answer => refuse(404, `The property ${property} does not exist.`);

export const listProperties = onIssue((session, { id, properties }) =>
  ok({ keys: [...properties.keys()].map((key) => ({ self: self(session, `issue/${id}/properties/${key}`), key })) }),
);

export const getProperty = onIssue((_, { properties }, key) =>
  properties.has(key) ? ok({ key, value: properties.get(key) }) : missing(key),
);

/** 201 for a new one, 200 for one that was there. */
export const putProperty = onEditableIssue((session, { properties }, key) => {
  const { body } = session.request;
  if (body === undefined || body === null) return refuse(400, 'The property value has to be a valid, non-empty JSON.');
  if (key.length > 255) return refuse(400, 'The property key cannot be longer than 255 characters.');
  if (JSON.stringify(body).length > LIMIT) return refuse(400, `The property value cannot be longer than ${LIMIT} characters.`);
  const status = properties.has(key) ? 200 : 201;
  properties.set(key, structuredClone(body));
  session.store.revision += 1;
  return { status };
});

export const deleteProperty = onEditableIssue((session, { properties }, key) => {
  session.store.revision += 1;
  return properties.delete(key) ? DONE : missing(key);
});
