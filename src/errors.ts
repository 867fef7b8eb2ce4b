/** What went wrong, as far as the exit code cares. */
export type ErrorCode = 'usage' | 'config' | 'credentials' | 'tracker' | 'refused' | 'interrupted';

/** The exit code of each way to fail; 70, for a defect of ours, belongs to everything that is not a {@link BugpruneError}. */
export const EXIT_CODES: Record<ErrorCode, number> = {
  usage: 2,
  config: 2,
  credentials: 3,
  tracker: 4,
  refused: 6,
  interrupted: 130,
};

/** A failure that we can explain: the message says what and where, the hint what to do. */
export class BugpruneError extends Error {
  override readonly name: string = 'BugpruneError';
  readonly code: ErrorCode;
  readonly hint: string | undefined;

  constructor(code: ErrorCode, message: string, options: { hint?: string | undefined; cause?: unknown } = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.code = code;
    this.hint = options.hint;
  }
}

/** The one vocabulary for what trackers answer when they do not do what was asked. */
export type TrackerErrorKind =
  | 'auth'
  | 'permission'
  | 'not-found'
  | 'rate-limit'
  | 'validation'
  | 'conflict'
  | 'gone'
  | 'network'
  | 'unexpected';

const NEEDS_CREDENTIALS: ReadonlySet<TrackerErrorKind> = new Set<TrackerErrorKind>(['auth', 'permission', 'not-found']);

/** A request that a tracker refused or that never got through. Adapters translate every error of theirs into one of these. */
export class TrackerError extends BugpruneError {
  override readonly name = 'TrackerError';
  readonly kind: TrackerErrorKind;
  /** Seconds after which the tracker will listen again, where it said so. */
  readonly retryAfter: number | undefined;
  /** The write may have been carried out although no answer came: look it up before writing again. */
  readonly ambiguousWrite: boolean;

  constructor(
    kind: TrackerErrorKind,
    message: string,
    options: { hint?: string | undefined; cause?: unknown; retryAfter?: number; ambiguousWrite?: boolean } = {},
  ) {
    super(NEEDS_CREDENTIALS.has(kind) ? 'credentials' : 'tracker', message, options);
    this.kind = kind;
    this.retryAfter = options.retryAfter;
    this.ambiguousWrite = options.ambiguousWrite ?? false;
  }
}
