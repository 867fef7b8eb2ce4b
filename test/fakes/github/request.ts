/** A request as the stand-in understood it, whatever became of it. */
export interface FakeRequest {
  readonly method: string;
  /** As it was sent, without the query and without the `/api/v3` prefix; `/graphql` for GraphQL. */
  readonly path: string;
  readonly query: URLSearchParams;
  /** Parsed JSON; undefined where nothing was sent, null where it was not JSON. */
  readonly body: unknown;
  readonly headers: Record<string, string>;
  readonly kind: 'rest' | 'graphql';
  /** Whether it asks to change something. */
  readonly write: boolean;
}
