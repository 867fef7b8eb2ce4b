import { GraphQLError } from 'graphql';

/** An object as GraphQL's resolvers see it: values, and functions of a field's arguments. */
export type View = Readonly<Record<string, unknown>>;

/** How a connection may be sliced. */
export interface Slice {
  readonly first?: number | null;
  readonly last?: number | null;
  readonly after?: string | null;
  readonly before?: string | null;
}

/** GitHub's error of a certain `type`, which it writes beside the message. */
export function githubError(type: string, message: string): GraphQLError {
  return new GraphQLError(message, { extensions: { type } });
}

/** A connection in the order of the items. `key` names an item in a cursor, so that cursors survive new items. */
export function connection<Item>(
  items: readonly Item[],
  { first, last, after, before }: Slice,
  key: (item: Item) => string,
  view: (item: Item) => View | undefined,
): View {
  const start = after ? position(items, key, after) + 1 : 0;
  const end = before ? position(items, key, before) : items.length;
  const filtered = Math.max(end - start, 0);
  const from = first == null && last != null ? start + Math.max(filtered - last, 0) : start;
  const count = Math.min(first ?? last ?? 0, filtered);
  const page = items.slice(from, from + count);
  const cursor = (item: Item | undefined) => (item === undefined ? null : encode(key(item)));
  return {
    totalCount: items.length,
    filteredCount: filtered,
    pageCount: page.length,
    nodes: () => page.map(view),
    edges: () => page.map((item) => ({ cursor: cursor(item), node: view(item) })),
    pageInfo: {
      startCursor: cursor(page[0]),
      endCursor: cursor(page.at(-1)),
      hasPreviousPage: from > 0 && page.length > 0,
      hasNextPage: from + count < items.length && page.length > 0,
    },
  };
}

function encode(key: string): string {
  return Buffer.from(`cursor:v2:${key}`).toString('base64');
}

function position<Item>(items: readonly Item[], key: (item: Item) => string, cursor: string): number {
  const index = items.findIndex((item) => encode(key(item)) === cursor);
  if (index === -1) throw githubError('INVALID_CURSOR_ARGUMENTS', `\`${cursor}\` does not appear to be a valid cursor.`);
  return index;
}
