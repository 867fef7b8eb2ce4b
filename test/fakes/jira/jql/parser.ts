import { required } from '../store.js';
import { type Clause, JqlNotSupported, type JqlQuery, JqlSyntaxError, type Operand, type Operator } from './query.js';
import { RESERVED_WORDS } from './reserved.js';
import { type Token, tokenize } from './tokens.js';

const OPERATORS = "The valid operators are '=', '!=', '<', '>', '<=', '>=', '~', '!~', 'IN', 'NOT IN', 'IS' and 'IS NOT'.";
const SYMBOL_OPERATORS: ReadonlySet<string> = new Set(['=', '!=', '~', '!~', '<', '<=', '>', '>=']);
/** Words with a meaning of their own; the parser trips over them before it can call them reserved. */
const GRAMMAR = new Set([
  'and',
  'or',
  'not',
  'in',
  'is',
  'order',
  'by',
  'was',
  'changed',
  'on',
  'before',
  'after',
  'during',
  'from',
  'to',
]);

/** Reads JQL. Throws {@link JqlSyntaxError} in Jira's words. */
export function parseJql(jql: string): JqlQuery {
  const tokens = readTokens(tokenize(jql));
  const where = tokens.ends() || tokens.sees('order') ? null : parseOr(tokens);
  const orderBy = tokens.takes('order') ? parseOrder(tokens) : [];
  const rest = tokens.peek();
  if (rest.kind !== 'end') fail(`Expecting either 'OR' or 'AND' but got '${rest.text}'.`, rest);
  return { where, orderBy };
}

function fail(message: string, token: Token): never {
  throw new JqlSyntaxError(`Error in the JQL Query: ${message} ${token.where}`);
}

function parseOr(tokens: Tokens): Clause {
  const clauses = [parseAnd(tokens)];
  while (tokens.takes('or', '|', '||')) clauses.push(parseAnd(tokens));
  return clauses.length === 1 && clauses[0] ? clauses[0] : { type: 'or', clauses };
}

function parseAnd(tokens: Tokens): Clause {
  const clauses = [parseNot(tokens)];
  while (tokens.takes('and', '&', '&&')) clauses.push(parseNot(tokens));
  return clauses.length === 1 && clauses[0] ? clauses[0] : { type: 'and', clauses };
}

function parseNot(tokens: Tokens): Clause {
  if (tokens.takes('not', '!')) return { type: 'not', clause: parseNot(tokens) };
  if (!tokens.takes('(')) return parseTerminal(tokens);
  const clause = parseOr(tokens);
  const close = tokens.next();
  if (close.text !== ')')
    fail(
      close.kind === 'end'
        ? "Expecting ')' before the end of the query."
        : `Expecting either 'OR' or 'AND' but got '${close.text}'.`,
      close,
    );
  return clause;
}

function parseTerminal(tokens: Tokens): Clause {
  const field = tokens.next();
  if (field.kind === 'end') fail('Expecting a field name before the end of the query.', field);
  if (field.kind === 'symbol') fail(`Expecting a field name but got '${field.text}'.`, field);
  refuseReserved(
    field,
    `Expecting a field name but got '${field.text}'. You must surround '${field.text}' in quotation marks to use it as a field name.`,
  );
  const operator = parseOperator(tokens);
  const operand = operator.endsWith('in') ? parseList(tokens) : parseOperand(tokens);
  return { type: 'terminal', field: field.text, operator, operand };
}

function parseOperator(tokens: Tokens): Operator {
  const token = tokens.next();
  const word = token.kind === 'word' ? token.text.toLowerCase() : '';
  if (token.kind === 'symbol' && isSymbolOperator(token.text)) return token.text;
  if (word === 'in') return 'in';
  if (word === 'is') return tokens.takes('not') ? 'is not' : 'is';
  if (word === 'not' && tokens.takes('in')) return 'not in';
  if (word === 'was' || word === 'changed') throw new JqlNotSupported(`the operator ${word.toUpperCase()}`);
  if (token.kind === 'end') fail(`Expecting operator before the end of the query. ${OPERATORS}`, token);
  return fail(`Expecting operator but got '${token.text}'. ${OPERATORS}`, token);
}

function isSymbolOperator(text: string): text is Operator {
  return SYMBOL_OPERATORS.has(text);
}

function parseList(tokens: Tokens): Operand {
  if (!tokens.takes('(')) return parseOperand(tokens);
  const items = [parseOperand(tokens)];
  while (tokens.takes(',')) items.push(parseOperand(tokens));
  const close = tokens.next();
  if (close.text !== ')') fail(`Expecting either ',' or ')' but got '${close.text}'.`, close);
  return { type: 'list', items };
}

function parseOperand(tokens: Tokens): Operand {
  const token = tokens.next();
  if (token.kind === 'end') fail('Expecting either a value, list or function before the end of the query.', token);
  if (token.kind === 'string') return { type: 'value', text: token.text };
  const complaint = `Expecting either a value, list or function but got '${token.text}'. You must surround '${token.text}' in quotation marks to use it as a value.`;
  if (token.kind === 'symbol') fail(complaint, token);
  if (['empty', 'null'].includes(token.text.toLowerCase())) return { type: 'empty' };
  refuseReserved(token, complaint);
  return tokens.takes('(')
    ? { type: 'function', name: token.text, args: parseArguments(tokens) }
    : { type: 'value', text: token.text };
}

function parseArguments(tokens: Tokens): string[] {
  const args: string[] = [];
  while (!tokens.takes(')')) {
    const token = tokens.next();
    if (token.kind === 'end') fail("Expecting ')' before the end of the query.", token);
    if (token.kind !== 'symbol') args.push(token.text);
    else if (token.text !== ',') fail(`Expecting either ',' or ')' but got '${token.text}'.`, token);
  }
  return args;
}

function parseOrder(tokens: Tokens): JqlQuery['orderBy'] {
  if (!tokens.takes('by')) fail(`Expecting 'by' but got '${tokens.peek().text}'.`, tokens.peek());
  const fields: { field: string; direction: 'ASC' | 'DESC' | undefined }[] = [];
  do {
    const field = tokens.next();
    if (field.kind !== 'word' && field.kind !== 'string') fail(`Expecting a field name but got '${field.text}'.`, field);
    fields.push({ field: field.text, direction: tokens.takes('asc') ? 'ASC' : tokens.takes('desc') ? 'DESC' : undefined });
  } while (tokens.takes(','));
  return fields;
}

function refuseReserved(token: Token, complaint: string): void {
  const word = token.text.toLowerCase();
  if (token.kind !== 'word' || !RESERVED_WORDS.has(word)) return;
  if (GRAMMAR.has(word)) fail(complaint, token);
  fail(`'${token.text}' is a reserved JQL word. You must surround it in quotation marks to use it in a query.`, token);
}

/** The tokens, read from left to right. Keywords count in any case, but not in quotation marks. */
interface Tokens {
  peek(): Token;
  next(): Token;
  ends(): boolean;
  sees(...words: string[]): boolean;
  takes(...words: string[]): boolean;
}

function readTokens(tokens: readonly Token[]): Tokens {
  let at = 0;
  const peek = (): Token => required(tokens[Math.min(at, tokens.length - 1)], 'token');
  const sees = (...words: string[]): boolean => {
    const token = peek();
    return token.kind !== 'string' && token.kind !== 'end' && words.includes(token.text.toLowerCase());
  };
  const next = (): Token => {
    const token = peek();
    at += 1;
    return token;
  };
  const takes = (...words: string[]): boolean => {
    const seen = sees(...words);
    if (seen) at += 1;
    return seen;
  };
  return { peek, next, ends: () => peek().kind === 'end', sees, takes };
}
