/** Whether a parsed JSON value is an object. */
export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The value parsed as JSON; undefined for nothing, null for what is not JSON. */
export function parseJson(text: string): unknown {
  if (text === '') return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

/** What a handler answers. A body that is a text is sent as HTML, anything else as JSON. */
export interface Answer {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: unknown;
}

const DOCUMENTATION = 'https://docs.github.com/rest';

/** GitHub's way to refuse. */
export function refuse(status: number, message: string, extra: Readonly<Record<string, unknown>> = {}): Answer {
  return { status, body: { message, ...extra, documentation_url: DOCUMENTATION, status: String(status) } };
}

/** 422 as GitHub words it; `code` is `invalid`, `missing_field`, `unprocessable` … */
export function invalid(error: { resource: string; field: string; code: string; message?: string; value?: string }): Answer {
  return refuse(422, 'Validation Failed', { errors: [error] });
}

export const notFound: Answer = refuse(404, 'Not Found');
