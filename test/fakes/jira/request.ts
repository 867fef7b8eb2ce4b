/** A request as the stand-in understood it, whatever became of it. */
export interface FakeRequest {
  readonly method: string;
  /** Without the query and without what stands before `/rest`: a context path, or the gateway's `/ex/jira/CLOUDID`. */
  readonly path: string;
  readonly query: URLSearchParams;
  /** Parsed JSON; undefined where nothing was sent, null where it was not JSON. */
  readonly body: unknown;
  readonly headers: Record<string, string>;
  /** Whether it asks to change something. Searches go by POST and change nothing. */
  readonly write: boolean;
}

/** What the stand-in does instead of answering properly. */
export type Fault =
  /** The connection breaks: before anything happened, or after it took effect. */
  | { drop: 'before' | 'after' }
  /** Some other answer, and no effect. A text goes out as HTML, anything else as JSON. */
  | { status: number; headers?: Record<string, string>; body?: unknown }
  /** The proper answer, so many milliseconds late. */
  | { delay: number };

/** What a handler answers. */
export interface Answer {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: unknown;
}

const READS_BY_POST = /\/(search|search\/jql|search\/approximate-count|changelog\/bulkfetch)$/;

export function isWrite(method: string, path: string): boolean {
  return method !== 'GET' && method !== 'HEAD' && !READS_BY_POST.test(path);
}

/** Whether a parsed JSON value is an object. */
export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The value as an object; an empty one for anything else. */
export function recordOf(value: unknown): Readonly<Record<string, unknown>> {
  return isRecord(value) ? value : {};
}

/** The texts in a list; a comma-separated text counts as one too, as in query strings. */
export function textsOf(value: unknown): string[] {
  if (typeof value === 'string') return value.split(',').filter(Boolean);
  return Array.isArray(value) ? value.filter((entry) => typeof entry === 'string') : [];
}

/** Jira's way to refuse: messages about the whole, and errors about fields. */
export function refuse(status: number, message: string | readonly string[], errors: Record<string, string> = {}): Answer {
  return { status, body: { errorMessages: typeof message === 'string' ? [message] : message, errors } };
}

/** A refusal about one field, with no general message: `errorMessages` is empty. */
export function refuseField(field: string, message: string): Answer {
  return refuse(400, [], { [field]: message });
}

export function ok(body: unknown): Answer {
  return { status: 200, body };
}

export const DONE: Answer = { status: 204 };

export const NO_ISSUE = refuse(404, 'Issue does not exist or you do not have permission to see it.');
