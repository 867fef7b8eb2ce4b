import {
  type ArgumentNode,
  type DocumentNode,
  type FieldNode,
  type GraphQLError,
  Kind,
  type SelectionSetNode,
  valueFromASTUntyped,
} from 'graphql';
import { githubError } from './connection.js';

const MOST_PER_CONNECTION = 100;
const MOST_NODES = 500_000;

/** What a query asks for at most, as GitHub counts it before it runs. `requests` make the points: a hundred for one. */
export interface Demand {
  readonly nodes: number;
  readonly cost: number;
  readonly errors: readonly GraphQLError[];
}

/** Counts nodes and requests, and refuses what GitHub refuses: no or too large `first` and `last`, too many ids or nodes. */
export function demandOf(document: DocumentNode, variables: Readonly<Record<string, unknown>>): Demand {
  const errors: GraphQLError[] = [];
  let nodes = 0;
  let requests = 0;

  const argument = (field: FieldNode, name: string): unknown => {
    const node = field.arguments?.find((one: ArgumentNode) => one.name.value === name);
    return node && valueFromASTUntyped(node.value, variables);
  };

  const walk = (set: SelectionSetNode | undefined, times: number, root: boolean): void => {
    for (const field of fieldsOf(document, set)) {
      const name = field.name.value;
      const ids = root && name === 'nodes' ? argument(field, 'ids') : undefined;
      if (Array.isArray(ids)) {
        if (ids.length > MOST_PER_CONNECTION) errors.push(tooManyIds(ids.length));
        walk(field.selectionSet, ids.length, false);
        continue;
      }
      const bound = argument(field, 'first') ?? argument(field, 'last');
      if (typeof bound !== 'number') {
        if (!root && wantsNodes(document, field)) errors.push(unbounded(name));
        walk(field.selectionSet, times, false);
        continue;
      }
      if (bound > MOST_PER_CONNECTION || bound < 0) errors.push(excessive(name, bound));
      requests += times;
      nodes += times * bound;
      if (nodes > MOST_NODES) errors.push(tooManyNodes(name, nodes));
      walk(field.selectionSet, times * bound, false);
    }
  };

  for (const definition of document.definitions) {
    if (definition.kind === Kind.OPERATION_DEFINITION) walk(definition.selectionSet, 1, true);
  }
  return { nodes, cost: Math.max(1, Math.round(requests / 100)), errors };
}

/** The fields of a selection, those of its fragments included. */
function fieldsOf(document: DocumentNode, set: SelectionSetNode | undefined): FieldNode[] {
  return (set?.selections ?? []).flatMap((selection) => {
    if (selection.kind === Kind.FIELD) return selection;
    if (selection.kind === Kind.INLINE_FRAGMENT) return fieldsOf(document, selection.selectionSet);
    const fragment = document.definitions.find(
      (definition) => definition.kind === Kind.FRAGMENT_DEFINITION && definition.name.value === selection.name.value,
    );
    return fragment?.kind === Kind.FRAGMENT_DEFINITION ? fieldsOf(document, fragment.selectionSet) : [];
  });
}

/** Only connections have `nodes` and `edges`; one that is merely counted needs no bounds. */
function wantsNodes(document: DocumentNode, field: FieldNode): boolean {
  return fieldsOf(document, field.selectionSet).some(({ name: { value } }) => value === 'nodes' || value === 'edges');
}

function unbounded(name: string): GraphQLError {
  const message = `You must provide a \`first\` or \`last\` value to properly paginate the \`${name}\` connection.`;
  return githubError('MISSING_PAGINATION_BOUNDARIES', message);
}

function excessive(name: string, bound: number): GraphQLError {
  const message = `Requesting ${bound} records on the \`${name}\` connection exceeds the \`first\` limit of ${MOST_PER_CONNECTION} records.`;
  return githubError('EXCESSIVE_PAGINATION', message);
}

function tooManyIds(count: number): GraphQLError {
  return githubError('ARGUMENT_LIMIT', `You may not provide more than 100 node ids; you provided ${count}.`);
}

function tooManyNodes(name: string, nodes: number): GraphQLError {
  const message = `By the time this query traverses to the ${name} connection, it is requesting up to ${nodes.toLocaleString('en')} possible nodes which exceeds the maximum limit of 500,000.`;
  return githubError('MAX_NODE_LIMIT_EXCEEDED', message);
}
