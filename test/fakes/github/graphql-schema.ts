import { readFileSync } from 'node:fs';
import { buildASTSchema, type DocumentNode, GraphQLError, type GraphQLSchema, isUnionType, Kind, parse, validate } from 'graphql';

/** Not exported by its package other than parsed together with five megabytes of JSON. */
const FILE = new URL('../../../node_modules/@octokit/graphql-schema/schema.graphql', import.meta.url);

/**
 * GitHub's published schema, of mid-2025: older than the API, it knows neither issue types nor issue fields. Building it takes
 * a fifth of a second, so it is done when first needed, once. `lacks`: fields that a server is without, as `Issue.isPinned`.
 */
export function githubSchema(lacks: readonly string[] = []): GraphQLSchema {
  const key = lacks.join();
  const schema = schemas.get(key) ?? buildASTSchema(definitions(lacks), { assumeValid: true, assumeValidSDL: true });
  schemas.set(key, schema);
  return schema;
}

const schemas = new Map<string, GraphQLSchema>();

function definitions(lacks: readonly string[]): DocumentNode {
  const document = parse(readFileSync(FILE, 'utf8'), { noLocation: true });
  const without = document.definitions.map((type) =>
    type.kind === Kind.OBJECT_TYPE_DEFINITION && type.fields
      ? { ...type, fields: type.fields.filter(({ name }) => !lacks.includes(`${type.name.value}.${name.value}`)) }
      : type,
  );
  return { ...document, definitions: without };
}

/** A query understood, or GitHub's errors about it. */
export type Prepared = { readonly document: DocumentNode } | { readonly errors: readonly GraphQLError[] };

const prepared = new Map<string, Prepared>();

/** Parses and validates a query; each text only once. */
export function prepare(query: string, lacks: readonly string[] = []): Prepared {
  const key = `${lacks.join()}\n${query}`;
  const known = prepared.get(key) ?? understand(query, lacks);
  prepared.set(key, known);
  return known;
}

function understand(query: string, lacks: readonly string[]): Prepared {
  try {
    const document = parse(query);
    const errors = validate(githubSchema(lacks), document);
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
