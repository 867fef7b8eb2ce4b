import type { z } from 'zod';

/** One thing that is wrong with a document: where, and in words what was expected there and what was found. */
export interface Problem {
  readonly path: readonly PropertyKey[];
  readonly message: string;
}

/** The words of one kind of document. */
export interface Words {
  /** For zod's kinds of values, where the document has words of its own. */
  readonly kinds: Readonly<Record<string, string>>;
  /** What else to say about a key that there is not, given those that there are. */
  suggestion?(key: string, known: readonly string[]): string;
}

/** Holds a document against its schema. In the words of zod for programmers it would say "Invalid input: expected string, received undefined". */
export function problems<Output>(
  schema: z.ZodType<Output>,
  input: unknown,
  words: Words,
): { readonly data: Output } | { readonly problems: Problem[] } {
  const result = schema.safeParse(input, { error: (issue) => explain(issue, words) });
  return result.success ? { data: result.data } : { problems: result.error.issues.flatMap((issue) => told(issue, input)) };
}

/** `bugs[0].verdict`; empty for the document itself. */
export function pathText(path: readonly PropertyKey[]): string {
  return path.reduce<string>(
    (text, part) => (typeof part === 'number' ? `${text}[${part}]` : text ? `${text}.${String(part)}` : String(part)),
    '',
  );
}

/** Words for the issues that zod words for programmers; all others speak for themselves. */
function explain(issue: z.core.$ZodRawIssue, { kinds, suggestion }: Words): string | undefined {
  switch (issue.code) {
    case 'unrecognized_keys': {
      const known = knownKeys(issue.inst);
      return issue.keys.map((key) => `unknown key ${JSON.stringify(key)}${suggestion?.(key, known) ?? ''}`).join('\n');
    }
    case 'invalid_type':
      return issue.input === undefined
        ? 'is missing'
        : `expected ${kinds[issue.expected] ?? KINDS[issue.expected] ?? issue.expected}`;
    case 'invalid_value':
      return `${issue.input === undefined ? 'is missing, ' : ''}expected ${choice(issue.values)}`;
    case 'too_small':
      return `expected ${SMALL_WORDS[issue.origin] ?? `at least ${issue.minimum}`}`;
    case 'invalid_key':
      return 'expected a name';
    case 'invalid_union':
      return issue.discriminator ? wrongKind(issue, issue.discriminator) : `expected ${alternatives(issue.errors)}`;
    default:
      return undefined;
  }
}

const KINDS: Readonly<Record<string, string>> = {
  array: 'a list',
  string: 'a text',
  boolean: 'true or false',
  int: 'a whole number',
  number: 'a number',
};

const SMALL_WORDS: Record<string, string> = { array: 'a list with at least one entry', string: 'a text that is not empty' };

const quoted = (value: unknown): string => (typeof value === 'string' ? JSON.stringify(value) : String(value));

const choice = (values: readonly unknown[]): string => values.map(quoted).join(' or ');

function wrongKind({ input, options }: z.core.$ZodRawIssue, key: string): string {
  const known = Array.isArray(options) ? choice(options) : 'one that is known';
  return `${valueAt(input, [key]) === undefined ? 'is missing, ' : ''}expected ${known}`;
}

/** What each branch of a union would have taken; some of them can want the same. */
function alternatives(branches: readonly (readonly z.core.$ZodIssue[])[]): string {
  return [...new Set(branches.map(([first]) => first?.message.replace(/^expected /, '')))].join(' or ');
}

/** The keys of the object schema that refused one; zod keeps them in its definition. */
function knownKeys(schema: unknown): string[] {
  const def = (schema as { _zod?: { def?: { shape?: Record<string, unknown> } } } | undefined)?._zod?.def;
  return Object.keys(def?.shape ?? {});
}

function told(issue: z.core.$ZodIssue, input: unknown): Problem[] {
  const { path, code, message } = issue;
  if (code === 'unrecognized_keys') return message.split('\n').map((one) => ({ path, message: one }));
  return [{ path, message: `${message}${foundWords(valueAt(input, path), pathText(path))}` }];
}

/** What the document itself has there: what a schema was at when it failed may already be changed, or the whole around it. */
function valueAt(input: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>(
    (value, key) =>
      typeof value === 'object' && value !== null && Object.hasOwn(value, key) ? Reflect.get(value, key) : undefined,
    input,
  );
}

/** Where somebody may have written a secret, or what looks like one: the tokens of GitHub and Jira, an address with a password. */
const SECRET_PLACE = /token|password|secret/i;
const SECRET_SHAPE = /gh[a-z]_|github_pat_|ATATT|\/\/[^/]*@/;

/** What stood there instead, shortened; of lists and settings only that they are: there may be a secret in them. */
function foundWords(value: unknown, path: string): string {
  if (value === undefined) return '';
  if (Array.isArray(value)) return `, found ${value.length > 0 ? '[…]' : '[]'}`;
  if (typeof value === 'object' && value !== null) return `, found ${Object.keys(value).length > 0 ? '{…}' : '{}'}`;
  const text = quoted(value);
  if (SECRET_PLACE.test(path) || SECRET_SHAPE.test(text)) return ', found something else (not shown)';
  return `, found ${text.length > 60 ? `${text.slice(0, 57)}...` : text}`;
}
