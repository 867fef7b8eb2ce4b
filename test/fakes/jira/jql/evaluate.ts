import type { FakeIssue } from '../model.js';
import { readDate, startOfDay } from './dates.js';
import type { Asker, DateField, JqlField, NumberField, SetField, TextField } from './field-kinds.js';
import { jqlField, OTHER_FIELDS } from './fields.js';
import { type Clause, JqlNotSupported, type Operand, type Operator, type Terminal } from './query.js';

export type Test = (issue: FakeIssue) => boolean;

/** A query made ready to run. With `errors`, Jira refuses it (or warns, when told not to validate) and nothing matches those parts. */
export interface Compiled {
  readonly test: Test;
  readonly errors: readonly string[];
  /** The answer changes with the clock. */
  readonly relative: boolean;
}

interface Compiler {
  readonly asker: Asker;
  readonly errors: string[];
  relative: boolean;
}

const NEGATED: Record<Operator, Operator> = {
  '=': '!=',
  '!=': '=',
  '~': '!~',
  '!~': '~',
  '<': '>=',
  '>=': '<',
  '>': '<=',
  '<=': '>',
  in: 'not in',
  'not in': 'in',
  is: 'is not',
  'is not': 'is',
};

/** Checks names and values, and gives the test. Throws {@link JqlNotSupported} for JQL that the stand-in has not learnt. */
export function compileJql(where: Clause | null, asker: Asker): Compiled {
  const compiler: Compiler = { asker, errors: [], relative: false };
  const test = where ? compileClause(where, false, compiler) : () => true;
  return { test, errors: compiler.errors, relative: compiler.relative };
}

/** NOT is pushed down onto the operators, as Jira does: `NOT component = A` leaves out issues without components, like `!=`. */
function compileClause(clause: Clause, negate: boolean, compiler: Compiler): Test {
  if (clause.type === 'not') return compileClause(clause.clause, !negate, compiler);
  if (clause.type === 'terminal') {
    return compileTerminal(negate ? { ...clause, operator: NEGATED[clause.operator] } : clause, compiler);
  }
  const tests = clause.clauses.map((inner) => compileClause(inner, negate, compiler));
  const all = (clause.type === 'and') !== negate;
  return all ? (issue) => tests.every((test) => test(issue)) : (issue) => tests.some((test) => test(issue));
}

function compileTerminal(terminal: Terminal, compiler: Compiler): Test {
  const name = terminal.field;
  if (OTHER_FIELDS.has(name.toLowerCase())) throw new JqlNotSupported(`the field ${name}`);
  const field = jqlField(name);
  if (!field) return refuse(compiler, missingField(name, compiler.asker));
  const { operator, operand } = terminal;
  if (!OPERATORS[field.kind].includes(operator)) {
    return refuse(compiler, `The operator '${operator}' is not supported by the '${name}' field.`);
  }
  if (operand.type === 'empty') return compileEmpty(field, terminal, compiler);
  if (operator.startsWith('is')) {
    return refuse(compiler, `The operator '${operator}' for the field '${name}' only supports EMPTY and NULL.`);
  }
  if (field.kind === 'set') return compileSet(field, terminal, compiler);
  if (field.kind === 'text') return compileText(field, terminal, compiler);
  return compileNumber(field, terminal, compiler);
}

const ORDERED: readonly Operator[] = ['=', '!=', '<', '<=', '>', '>=', 'in', 'not in', 'is', 'is not'];
const OPERATORS: Record<JqlField['kind'], readonly Operator[]> = {
  set: ['=', '!=', 'in', 'not in', 'is', 'is not'],
  date: ORDERED,
  number: ORDERED,
  text: ['~', '!~', 'is', 'is not'],
};

function missingField(name: string, { user }: Asker): string {
  const end = user ? 'you do not have permission to view it' : 'this field cannot be viewed by anonymous users';
  return `Field '${name}' does not exist or ${end}.`;
}

function refuse(compiler: Compiler, message: string): Test {
  compiler.errors.push(message);
  return () => false;
}

function isNegative(operator: Operator): boolean {
  return ['!=', '!~', 'not in', 'is not'].includes(operator);
}

function compileEmpty(field: JqlField, { field: name, operator }: Terminal, compiler: Compiler): Test {
  const canBeEmpty = field.kind === 'set' ? field.optional : field.kind !== 'number';
  if (!canBeEmpty) return refuse(compiler, `The field '${name}' does not support searching for EMPTY values.`);
  const wanted = !isNegative(operator);
  return (issue) => isEmpty(field, issue, compiler.asker) === wanted;
}

function isEmpty(field: JqlField, issue: FakeIssue, asker: Asker): boolean {
  if (field.kind === 'set') return field.values(issue, asker).length === 0;
  const value = field.value(issue);
  return value === null || value === '';
}

/** `!=` and `NOT IN` never match an issue that has no value at all: Jira's best known surprise. */
function compileSet(field: SetField, terminal: Terminal, compiler: Compiler): Test {
  const wanted = new Set<string>();
  let empty = false;
  for (const operand of operandsOf(terminal.operand)) {
    const ids = operand.type === 'empty' ? null : resolve(field, operand, terminal.field, compiler);
    if (ids === null) empty = true;
    else for (const id of ids) wanted.add(id);
  }
  const hit = (values: readonly string[]): boolean => (values.length === 0 ? empty : values.some((value) => wanted.has(value)));
  if (!isNegative(terminal.operator)) return (issue) => hit(field.values(issue, compiler.asker));
  return (issue) => {
    const values = field.values(issue, compiler.asker);
    return values.length > 0 && !hit(values);
  };
}

function operandsOf(operand: Operand): readonly Operand[] {
  return operand.type === 'list' ? operand.items : [operand];
}

function resolve(field: SetField, operand: Operand, name: string, compiler: Compiler): readonly string[] | null {
  if (operand.type === 'function') {
    const run = field.functions?.[operand.name.toLowerCase()];
    if (run) return run(compiler.asker, operand.args);
    compiler.errors.push(`Unable to find JQL function '${operand.name}(${operand.args.join(', ')})'.`);
    return [];
  }
  if (operand.type !== 'value') return [];
  const ids = field.resolve(operand.text, compiler.asker);
  if (ids?.length === 0) compiler.errors.push(missingValue(operand.text, name));
  return ids;
}

function missingValue(text: string, name: string): string {
  const key = ['key', 'issuekey', 'issue', 'id', 'parent'].includes(name.toLowerCase());
  if (key) return `An issue with key '${text}' does not exist for field '${name}'.`;
  return `The value '${text}' does not exist for the field '${name}'.`;
}

function compileText(field: TextField, { operator, operand }: Terminal, compiler: Compiler): Test {
  if (operand.type !== 'value') return refuse(compiler, "The operator '~' needs a text.");
  const words = operand.text
    .toLowerCase()
    .replaceAll(/["\\*]/g, '')
    .split(/\s+/)
    .filter(Boolean);
  const negative = isNegative(operator);
  return (issue) => {
    const text = field.value(issue)?.toLowerCase();
    return text !== undefined && words.every((word) => text.includes(word)) !== negative;
  };
}

const COMPARE: Partial<Record<Operator, (a: number, b: number) => boolean>> = {
  '<': (a, b) => a < b,
  '<=': (a, b) => a <= b,
  '>': (a, b) => a > b,
  '>=': (a, b) => a >= b,
};

/** Dates and numbers. A date has the minute for its finest grain when it is compared for equality. */
function compileNumber(field: DateField | NumberField, terminal: Terminal, compiler: Compiler): Test {
  const read = field.kind === 'date' ? readInstant : readNumber;
  const operands = operandsOf(terminal.operand).map((operand) => read(operand, terminal.field, compiler));
  const compare = COMPARE[terminal.operator];
  const grain = field.kind === 'date' ? 60_000 : 1;
  const equal = (value: number): boolean => operands.some((operand) => Math.floor(value / grain) === Math.floor(operand / grain));
  const holds = compare
    ? (value: number): boolean => operands.every((operand) => compare(value, operand))
    : (value: number): boolean => equal(value) !== isNegative(terminal.operator);
  return (issue) => {
    const value = field.value(issue);
    return value !== null && holds(value);
  };
}

function readInstant(operand: Operand, name: string, compiler: Compiler): number {
  const { zone, now } = compiler.asker;
  const date =
    operand.type === 'value'
      ? readDate(operand.text, zone, now)
      : operand.type === 'function'
        ? dateFunction(operand, zone, now)
        : null;
  if (date) {
    compiler.relative ||= date.relative;
    return date.at;
  }
  const text = operand.type === 'value' ? operand.text : operand.type === 'function' ? `${operand.name}()` : operand.type;
  compiler.errors.push(
    `Date value '${text}' for field '${name}' is invalid. Valid formats include: 'yyyy/MM/dd HH:mm', 'yyyy-MM-dd HH:mm', ` +
      "'yyyy/MM/dd', 'yyyy-MM-dd', or a period format e.g. '-5d', '4w 2d'.",
  );
  return Number.NaN;
}

function dateFunction(operand: Operand & { type: 'function' }, zone: string, now: number): ReturnType<typeof readDate> {
  const name = operand.name.toLowerCase();
  if (name === 'now') return { at: now, relative: true };
  if (name === 'startofday') return startOfDay(operand.args[0], zone, now);
  throw new JqlNotSupported(`the function ${operand.name}()`);
}

function readNumber(operand: Operand, name: string, compiler: Compiler): number {
  const value = operand.type === 'value' ? Number(operand.text) : Number.NaN;
  if (Number.isNaN(value))
    compiler.errors.push(
      `The value '${operand.type === 'value' ? operand.text : operand.type}' is not a number for the field '${name}'.`,
    );
  return value;
}
