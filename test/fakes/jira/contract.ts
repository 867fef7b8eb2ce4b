import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { gunzipSync } from 'node:zlib';
import { Ajv, type ValidateFunction } from 'ajv';
import formats from 'ajv-formats';
import { type Answer, type FakeRequest, isRecord, recordOf } from './request.js';
import type { JiraFlavour } from './session.js';

/**
 * Atlassian's own descriptions of the API, repaired where they contradict what servers do. They are no part of the repository:
 * where they are absent nothing is checked.
 */
const FILES: Record<JiraFlavour, { file: string; prefix: string }> = {
  cloud: { file: 'jira-cloud-v3', prefix: '/rest/api/3' },
  datacenter: { file: 'jira-dc-10.3', prefix: '/api/2' },
};

const location = (flavour: JiraFlavour): string =>
  fileURLToPath(new URL(`../../../../shared/contracts/slim/${FILES[flavour].file}.json.gz`, import.meta.url));

/** Whether requests and answers can be checked, for `skipIf`. */
export const contractsPresent = existsSync(location('cloud')) && existsSync(location('datacenter'));

/** Checks one exchange; gives what does not fit. */
export type Contract = (request: FakeRequest, rest: string, answer: Answer) => string[];

const loaded = new Map<JiraFlavour, Contract>();

/** The contract of a flavour, read once. Version 2 of Cloud is held against version 3: only texts differ, which it leaves open. */
export function contractOf(flavour: JiraFlavour): Contract {
  const known = loaded.get(flavour);
  if (known) return known;
  const contract = existsSync(location(flavour)) ? load(flavour) : () => [];
  loaded.set(flavour, contract);
  return contract;
}

interface Template {
  readonly pattern: RegExp;
  readonly operations: Readonly<Record<string, unknown>>;
}

function load(flavour: JiraFlavour): Contract {
  const { prefix } = FILES[flavour];
  const text = gunzipSync(readFileSync(location(flavour)))
    .toString()
    .replaceAll('"$ref":"#/', `"$ref":"${flavour}#/`);
  const document = recordOf(JSON.parse(text));
  const check = checker(flavour, document);
  const templates = templatesOf(recordOf(document.paths), prefix);
  return (request, rest, answer) => {
    const template = templates.find(({ pattern }) => pattern.test(rest));
    const operation = template?.operations[request.method.toLowerCase()];
    if (!isRecord(operation)) return [];
    const name = `${request.method} ${request.path}`;
    return [
      ...queryProblems(operation, request).map((problem) => `${name}: ${problem}`),
      ...check(schemaOf(operation.requestBody), request.body, `${name}: request`),
      ...check(schemaOf(recordOf(operation.responses)[String(answer.status)]), answer.body, `${name}: answer ${answer.status}`),
    ];
  };
}

/** Paths without parameters come first: `/search/jql` is not an issue of that name. */
function templatesOf(paths: Readonly<Record<string, unknown>>, prefix: string): Template[] {
  const parameters = (path: string): number => path.split('{').length;
  const sorted = Object.keys(paths).toSorted((a, b) => parameters(a) - parameters(b));
  return sorted.map((path) => {
    const source = path.slice(prefix.length).replaceAll(/\{\w+\}/g, '[^/]+');
    return { pattern: new RegExp(`^${source}$`), operations: recordOf(paths[path]) };
  });
}

/** The schema of a body, where one is described. */
function schemaOf(described: unknown): object | undefined {
  const { schema } = recordOf(recordOf(recordOf(described).content)['application/json']);
  return isRecord(schema) && Object.keys(schema).length > 0 ? schema : undefined;
}

type Check = (schema: object | undefined, value: unknown, what: string) => string[];

/** Schemas are compiled when they are first needed. Bodies are checked as they go over the wire: undefined is left out. */
function checker(flavour: JiraFlavour, document: Readonly<Record<string, unknown>>): Check {
  const ajv = new Ajv({ strict: false, allErrors: true });
  formats.default(ajv);
  ajv.addSchema({ $id: flavour, components: document.components });
  const compiled = new Map<object, ValidateFunction>();
  return (schema, value, what) => {
    if (!schema || value === undefined) return [];
    const validate = compiled.get(schema) ?? ajv.compile(schema);
    compiled.set(schema, validate);
    if (validate(JSON.parse(JSON.stringify(value)))) return [];
    return (validate.errors ?? []).map(
      (error) => `${what}${error.instancePath} ${error.message} ${JSON.stringify(error.params)}`,
    );
  };
}

/** Parameters that the description does not list, or whose value does not fit its type. */
function queryProblems(operation: Readonly<Record<string, unknown>>, { query }: FakeRequest): string[] {
  const listed = Array.isArray(operation.parameters) ? operation.parameters.filter(isRecord) : [];
  return [...query].flatMap(([name, value]) => {
    const parameter = listed.find((each) => each.in === 'query' && each.name === name);
    if (!parameter) return [`the parameter ${name} does not exist`];
    return fits(recordOf(parameter.schema), value) ? [] : [`the parameter ${name} cannot be ${value}`];
  });
}

function fits({ type, enum: values }: Readonly<Record<string, unknown>>, value: string): boolean {
  if (Array.isArray(values)) return values.includes(value);
  if (type === 'integer') return /^-?\d+$/.test(value);
  return type !== 'boolean' || value === 'true' || value === 'false';
}
