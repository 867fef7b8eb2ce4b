import type { ValidateFunction } from 'ajv';
import { githubContract, type Operation, type Parameter, schemaValidator } from './contract-document.js';
import { type Answer, isRecord } from './json.js';
import type { FakeRequest } from './request.js';

/** Statuses that any endpoint may answer with, whether or not its description lists them. */
const ALWAYS_POSSIBLE = new Set([400, 401, 403, 404, 410]);

/** Accepted although undocumented: GitHub's own page links carry them. */
const CURSORS = new Set(['after', 'before']);

/** Where a request or its answer differs from GitHub's own description; nothing where there is none of the endpoint. */
export function contractViolations(request: FakeRequest, path: string, answer: Answer): string[] {
  const contract = githubContract();
  const found = contract?.find(request.method, path);
  if (!contract || !found) return [];
  const where = `${request.method} ${path}`;
  const problems = [...requestProblems(found.operation, found.values, request)];
  if (answer.status < 300 || answer.status >= 400) problems.push(...answerProblems(found.operation, answer));
  return problems.map((problem) => `${where}: ${problem}`);
}

function* requestProblems(operation: Operation, path: Readonly<Record<string, string>>, request: FakeRequest): Generator<string> {
  for (const parameter of operation.parameters) {
    const values = parameter.in === 'path' ? [path[parameter.name] ?? ''] : request.query.getAll(parameter.name);
    if (values.length > 1) yield `?${parameter.name}= is given ${values.length} times`;
    if (values.length === 0 && parameter.required) yield `?${parameter.name}= is missing`;
    for (const value of values) yield* parameterProblems(parameter, value);
  }
  for (const name of request.query.keys()) {
    const known = operation.parameters.some((parameter) => parameter.in === 'query' && parameter.name === name);
    if (!known && !CURSORS.has(name)) yield `?${name}= is unknown`;
  }
  yield* bodyProblems(operation, request.body);
}

function* parameterProblems({ name, validate, integer }: Parameter, value: string): Generator<string> {
  if (integer && !/^-?\d+$/.test(value)) yield `${name} is not an integer: ${value}`;
  else if (!validate(integer ? Number(value) : value)) yield `${name}${reasons(validate)}: ${value}`;
}

function* bodyProblems({ body }: Operation, sent: unknown): Generator<string> {
  if (sent === undefined) {
    if (body?.required) yield 'the body is missing';
    return;
  }
  if (!body) {
    yield 'a body is not expected';
    return;
  }
  if (!body.validate(sent)) yield `body${reasons(body.validate)}`;
  if (!isRecord(sent) || !body.properties) return;
  for (const name of Object.keys(sent)) if (!body.properties.has(name)) yield `body/${name} is unknown`;
}

function* answerProblems({ answers }: Operation, { status, body }: Answer): Generator<string> {
  const described = answers(status) ?? (ALWAYS_POSSIBLE.has(status) ? schemaValidator('basic-error') : undefined);
  if (described === undefined) yield `answers ${status}, which is not described`;
  else if (described && !described(JSON.parse(JSON.stringify(body ?? null))))
    yield `answers ${status} with a body that${reasons(described)}`;
}

function reasons({ errors }: ValidateFunction): string {
  return (errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message}`).join('; ');
}
