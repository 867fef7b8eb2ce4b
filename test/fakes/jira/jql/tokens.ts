import { JqlSyntaxError } from './query.js';
import { RESERVED_CHARACTERS } from './reserved.js';

export interface Token {
  readonly kind: 'word' | 'string' | 'symbol' | 'end';
  readonly text: string;
  /** `(line 1, character 11)` */
  readonly where: string;
}

const SYMBOLS = ['!=', '!~', '<=', '>=', '&&', '||', '=', '~', '<', '>', '(', ')', ',', '!', '&', '|'];
const ESCAPES: Record<string, string> = { t: '\t', n: '\n', r: '\r', '\\': '\\', "'": "'", '"': '"', ' ': ' ' };
/** `cf[10020]` is the one place for brackets. */
const CUSTOM_FIELD = /^cf\[\d+\]/i;

/** Splits JQL into tokens, the last one being `end`. Throws {@link JqlSyntaxError}. */
export function tokenize(jql: string): Token[] {
  const tokens: Token[] = [];
  let at = 0;
  while (at < jql.length) {
    const read = readToken(jql, at);
    if (read.token) tokens.push(read.token);
    at = read.end;
  }
  return [...tokens, { kind: 'end', text: '', where: position(jql, jql.length) }];
}

function readToken(jql: string, start: number): { token?: Token; end: number } {
  const where = position(jql, start);
  const character = jql.charAt(start);
  if (/\s/.test(character)) return { end: start + 1 };
  if (character === '"' || character === "'") return readString(jql, start, where);
  const symbol = SYMBOLS.find((text) => jql.startsWith(text, start));
  if (symbol) return { token: { kind: 'symbol', text: symbol, where }, end: start + symbol.length };
  return readWord(jql, start, where);
}

function readWord(jql: string, start: number, where: string): { token: Token; end: number } {
  const custom = CUSTOM_FIELD.exec(jql.slice(start));
  if (custom) return { token: { kind: 'word', text: custom[0], where }, end: start + custom[0].length };
  let end = start;
  while (end < jql.length && !/[\s"'(),=!<>~&|]/.test(jql.charAt(end))) {
    refuseCharacter(jql, end);
    end += 1;
  }
  return { token: { kind: 'word', text: jql.slice(start, end), where }, end };
}

function refuseCharacter(jql: string, at: number): void {
  const character = jql.charAt(at);
  const code = `\\u${jql.charCodeAt(at).toString(16).padStart(4, '0')}`;
  const advice = `You must enclose it in a string or use the escape '${code}' instead. ${position(jql, at)}`;
  if (RESERVED_CHARACTERS.includes(character)) {
    throw new JqlSyntaxError(`Error in the JQL Query: The character '${character}' is a reserved JQL character. ${advice}`);
  }
  if (jql.charCodeAt(at) < 32) {
    throw new JqlSyntaxError(`Error in the JQL Query: The character '${code}' is an illegal JQL character. ${advice}`);
  }
}

function readString(jql: string, start: number, where: string): { token: Token; end: number } {
  const quote = jql.charAt(start);
  let text = '';
  let at = start + 1;
  while (at < jql.length && jql.charAt(at) !== quote) {
    if (jql.charAt(at) === '\\') {
      const sequence = readEscape(jql, at);
      text += sequence.text;
      at = sequence.end;
    } else {
      text += jql.charAt(at);
      at += 1;
    }
  }
  if (at >= jql.length) {
    throw new JqlSyntaxError(`Error in the JQL Query: The quoted string '${text}' has not been completed. ${where}`);
  }
  return { token: { kind: 'string', text, where }, end: at + 1 };
}

function readEscape(jql: string, at: number): { text: string; end: number } {
  const unicode = /^\\u([0-9a-f]{4})/i.exec(jql.slice(at, at + 6));
  if (unicode?.[1]) return { text: String.fromCharCode(Number.parseInt(unicode[1], 16)), end: at + 6 };
  const simple = ESCAPES[jql.charAt(at + 1)];
  if (simple !== undefined) return { text: simple, end: at + 2 };
  throw new JqlSyntaxError(
    `Error in the JQL Query: '${jql.slice(at, at + 2)}' is an illegal JQL escape sequence. The valid escape sequences are ` +
      `\\', \\", \\t, \\n, \\r, \\\\, '\\ ' and \\uXXXX. ${position(jql, at)}`,
  );
}

function position(jql: string, at: number): string {
  const before = jql.slice(0, at).split('\n');
  return `(line ${before.length}, character ${(before.at(-1)?.length ?? 0) + 1})`;
}
