import { z } from 'zod';

/** What came back for a request. */
export interface Answer {
  readonly status: number;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, unknown>>;
  readonly data: unknown;
  /** The name of the place that a redirect points to, where it is known. */
  readonly movedTo?: string;
}

/**
 * How a request ended: with an answer (a redirect is one), with a refusal (status 400 and above), or without either. Octokit
 * throws for the last two, and gives what never came the status 500: only `response` tells them apart.
 */
export type Outcome<A extends Answer = Answer> =
  | { readonly answer: A }
  | { readonly refusal: Answer }
  | { readonly lost: unknown };

const withResponse = z.object({
  response: z.object({ status: z.number(), headers: z.record(z.string(), z.unknown()), data: z.unknown().optional() }),
});

/** The outcome behind what octokit threw. */
export function outcomeOf(error: unknown): { refusal: Answer } | { lost: unknown } {
  const { data } = withResponse.safeParse(error);
  return data ? { refusal: { data: undefined, ...data.response } } : { lost: error };
}

/** The answer or refusal that came; null when nothing did. */
export function whatCame(outcome: Outcome): Answer | null {
  if ('answer' in outcome) return outcome.answer;
  return 'refusal' in outcome ? outcome.refusal : null;
}

/** A header as text; null when it is absent, as rate limits are on many GitHub Enterprise Servers. */
export function header({ headers }: Answer, name: string): string | null {
  const value = headers[name];
  return value === undefined || value === null ? null : String(value);
}

/** One entry of `errors` in a GraphQL answer, which comes with status 200. */
export interface GraphqlProblem {
  readonly type?: string | null | undefined;
  readonly message: string;
  readonly path?: readonly (string | number)[] | null | undefined;
  readonly extensions?: { readonly saml_failure?: boolean | undefined } | null | undefined;
}

const graphqlProblems = z.object({
  errors: z.array(
    z.object({
      type: z.string().nullish(),
      message: z.string().catch(''),
      path: z.array(z.union([z.string(), z.number()])).nullish(),
      extensions: z.object({ saml_failure: z.boolean().optional() }).nullish().catch(null),
    }),
  ),
});

/** The errors of a GraphQL answer, or of what octokit threw because of them; none when it has none. */
export function graphqlErrors(value: unknown): readonly GraphqlProblem[] {
  return graphqlProblems.safeParse(value).data?.errors ?? [];
}

/** Whether an answer is what an API gives: JSON, or nothing where nothing is announced (204). */
export function isReadable({ status, data }: Answer): boolean {
  return status === 204 || status === 205 || (typeof data === 'object' && data !== null && !(data instanceof ArrayBuffer));
}

/** Whether an answer is a web page, such as the login page of a proxy. */
export function isWebPage(answer: Answer): boolean {
  return /\bhtml\b/i.test(header(answer, 'content-type') ?? '');
}
