import { execute, type GraphQLError, type GraphQLFieldResolver } from 'graphql';
import { githubError, type View } from './connection.js';
import { organizationView, repositoryView } from './graphql-repository.js';
import { githubSchema, prepare } from './graphql-schema.js';
import { actorView, issueView } from './graphql-views.js';
import { type Answer, isRecord, refuse } from './json.js';
import { type Demand, demandOf } from './limits.js';
import type { FakeRequest } from './request.js';
import { findRepository, permissionIn, type Session } from './session.js';
import { eventView } from './timeline.js';

/** GitHub's GraphQL API: queries run against the published schema, mutations are not served. */
export async function answerGraphql(session: Session, { body }: FakeRequest): Promise<Answer> {
  if (!session.viewer) return refuse(401, 'This endpoint requires you to be authenticated.');
  if (!isRecord(body) || typeof body.query !== 'string') {
    session.violation('a GraphQL request without a query');
    return refuse(400, 'Problems parsing JSON');
  }
  const { query, variables } = body;
  const ready = prepare(query, session.lacks);
  if ('errors' in ready) return rejected(session, ready.errors);
  const variableValues = isRecord(variables) ? variables : {};
  const demand = demandOf(ready.document, variableValues);
  if (demand.errors.length > 0) return rejected(session, demand.errors);

  const { data, errors = [] } = await execute({
    schema: githubSchema(session.lacks),
    document: ready.document,
    variableValues,
    rootValue: rootView(session, demand),
    contextValue: session,
    fieldResolver: resolve,
  });
  for (const error of errors) if (error.extensions.type !== 'NOT_FOUND') session.violation(`GraphQL: ${error.message}`);
  return {
    status: 200,
    body: { ...(data !== undefined && { data }), ...(errors.length > 0 && { errors: errors.map(errorRow) }) },
  };
}

function rejected(session: Session, errors: readonly GraphQLError[]): Answer {
  for (const error of errors) session.violation(`GraphQL: ${error.message}`);
  return { status: 200, body: { errors: errors.map(errorRow) } };
}

/** GitHub writes the type of an error beside its message. */
function errorRow(error: GraphQLError) {
  const { message, path, locations, extensions } = error.toJSON();
  const { type, ...rest } = extensions ?? {};
  const more = Object.keys(rest).length > 0 && { extensions: rest };
  return { ...(typeof type === 'string' && { type }), ...(path && { path }), ...more, ...(locations && { locations }), message };
}

const resolve: GraphQLFieldResolver<unknown, Session> = (source, args, session, { fieldName, parentType }) => {
  const value = isRecord(source) ? source[fieldName] : undefined;
  if (value === undefined) throw new Error(`the stand-in does not serve ${parentType.name}.${fieldName}`);
  return isField(value) ? value(args, session) : value;
};

function isField(value: unknown): value is (args: unknown, session: Session) => unknown {
  return typeof value === 'function';
}

function rootView(session: Session, demand: Demand): View {
  return {
    viewer: () => session.viewer && { ...actorView(session, session.viewer), login: session.viewer.login },
    rateLimit: () => (session.enterprise ? null : rateLimitView(session, demand)),
    repository: ({ owner, name, followRenames }: { owner: string; name: string; followRenames: boolean }) => {
      const found = findRepository(session, `${owner}/${name}`);
      if (found && (followRenames || !found.moved)) return repositoryView(session, found.repository);
      throw githubError('NOT_FOUND', `Could not resolve to a Repository with the name '${owner}/${name}'.`);
    },
    organization: ({ login }: { login: string }) => organizationView(session, login),
    node: ({ id }: { id: string }) => nodeView(session, id),
    nodes: ({ ids }: { ids: readonly string[] }) => ids.map((id) => nodeView(session, id)),
  };
}

/** A missing node is an error in its own place, and null there. */
function nodeView(session: Session, id: string): View | GraphQLError {
  const issue = session.store.issuesByNode.get(id);
  if (issue && !issue.gone && permissionIn(session, issue.repository) !== null) return issueView(session, issue);
  const repository = [...session.store.repositories.values()].find((one) => one.nodeId === id && one.renamedTo === undefined);
  if (repository && permissionIn(session, repository) !== null) return repositoryView(session, repository);
  const known = [...session.store.comments.values()].find(({ comment }) => comment.nodeId === id);
  if (known && !known.issue.gone && permissionIn(session, known.issue.repository) !== null) {
    return eventView(session, known.issue, known.comment);
  }
  return githubError('NOT_FOUND', `Could not resolve to a node with the global id of '${id}'`);
}

function rateLimitView({ rates: { graphql } }: Session, demand: Demand): View {
  const { limit, used, reset } = graphql;
  const resetAt = `${new Date(reset * 1000).toISOString().slice(0, 19)}Z`;
  return { limit, used, remaining: limit - used, cost: demand.cost, nodeCount: demand.nodes, resetAt };
}
