import { readFileSync } from 'node:fs';
import { buildSchema, type DocumentNode, GraphQLError, type GraphQLSchema, isUnionType, parse, validate } from 'graphql';

/** Not exported by its package other than parsed together with five megabytes of JSON. */
const FILE = new URL('../../../node_modules/@octokit/graphql-schema/schema.graphql', import.meta.url);

/**
 * GitHub's published schema, of mid-2025: older than the API, it knows neither issue types nor issue fields. Building it takes
 * a fifth of a second, so it is done when first needed, once.
 */
export function githubSchema(): GraphQLSchema {
  schema ??= buildSchema(readFileSync(FILE, 'utf8'), { assumeValid: true, assumeValidSDL: true, noLocation: true });
  return schema;
}

let schema: GraphQLSchema | undefined;

/** A query understood, or GitHub's errors about it. */
export type Prepared = { readonly document: DocumentNode } | { readonly errors: readonly GraphQLError[] };

const prepared = new Map<string, Prepared>();

/** Parses and validates a query; each text only once. */
export function prepare(query: string): Prepared {
  const known = prepared.get(query) ?? understand(query);
  prepared.set(query, known);
  return known;
}

function understand(query: string): Prepared {
  try {
    const document = parse(query);
    const errors = validate(githubSchema(), document);
    return errors.length > 0 ? { errors: errors.map(inGithubsWords) } : { document };
  } catch (error) {
    if (error instanceof GraphQLError) return { errors: [error] };
    throw error;
  }
}

function inGithubsWords(error: GraphQLError): GraphQLError {
  const [, field, type] = /^Cannot query field "(\w+)" on type "(\w+)"/.exec(error.message) ?? [];
  if (!field || !type) return error;
  return new GraphQLError(`Field '${field}' doesn't exist on type '${type}'`, {
    ...(error.nodes && { nodes: error.nodes }),
    extensions: { code: 'undefinedField', typeName: type, fieldName: field },
  });
}

/** The names of the types that may stand in an issue's timeline. */
export function timelineTypes(): ReadonlySet<string> {
  const union = githubSchema().getType('IssueTimelineItems');
  return new Set(isUnionType(union) ? union.getTypes().map(({ name }) => name) : []);
}
