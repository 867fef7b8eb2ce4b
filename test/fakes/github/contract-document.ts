import { existsSync, readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { Ajv, type ValidateFunction } from 'ajv';
import ajvFormats from 'ajv-formats';
import { isRecord } from './json.js';

const FILE = new URL('../../../../shared/contracts/github-issues.json.gz', import.meta.url);

/** Whether GitHub's own description of its REST API is at hand; without it, nothing is checked against it. */
export const githubContractIsPresent: boolean = existsSync(FILE);

export interface Parameter {
  readonly name: string;
  readonly in: 'path' | 'query';
  readonly required: boolean;
  readonly integer: boolean;
  readonly validate: ValidateFunction;
}

/** One endpoint. Validators are compiled when the endpoint is first used. */
export interface Operation {
  readonly parameters: readonly Parameter[];
  /** `properties`: the names that an object may have, where the description names them. */
  readonly body:
    | { readonly required: boolean; readonly validate: ValidateFunction; readonly properties: ReadonlySet<string> | undefined }
    | undefined;
  /** For the body of an answer; null where none is described for the status, undefined where the status is not described. */
  answers(status: number): ValidateFunction | null | undefined;
}

export interface Contract {
  find(
    method: string,
    path: string,
  ): { readonly operation: Operation; readonly values: Readonly<Record<string, string>> } | undefined;
}

interface Template {
  readonly pattern: RegExp;
  readonly operations: Json;
}

type Json = Readonly<Record<string, unknown>>;

/** The description, read once; undefined where it is absent. */
export function githubContract(): Contract | undefined {
  if (!githubContractIsPresent) return undefined;
  contract ??= newContract(theDocument());
  return contract;
}

let contract: Contract | undefined;
let documentOnce: Json | undefined;
let ajvOnce: Ajv | undefined;
const validators = new Map<string, ValidateFunction>();

function newContract(document: Json): Contract {
  const templates = Object.entries(record(document.paths))
    .sort(([a], [b]) => a.split('{').length - b.split('{').length)
    .map(([path, operations]): Template => ({ pattern: patternOf(path), operations: record(operations) }));
  const operations = new Map<unknown, Operation>();
  return {
    find(method, path) {
      for (const template of templates) {
        const match = template.pattern.exec(path);
        const description = template.operations[method.toLowerCase()];
        if (!match || !description) continue;
        const operation = operations.get(description) ?? newOperation(record(description));
        operations.set(description, operation);
        const values = Object.entries(match.groups ?? {}).map(([name, value]) => [name, decodeURIComponent(value)]);
        return { operation, values: Object.fromEntries(values) };
      }
      return undefined;
    },
  };
}

function newOperation(description: Json): Operation {
  const responses = record(description.responses);
  const body = description.requestBody === undefined ? undefined : record(description.requestBody);
  const bodySchema = body && jsonSchemaOf(body);
  const answers = new Map<number, ValidateFunction | null>();
  return {
    parameters: list(description.parameters).map(newParameter),
    body: body &&
      bodySchema && {
        required: body.required === true,
        validate: ajv().compile(bodySchema),
        properties: isRecord(bodySchema.properties) ? new Set(Object.keys(bodySchema.properties)) : undefined,
      },
    answers(status) {
      const response = responses[String(status)];
      if (response === undefined) return undefined;
      const schema = jsonSchemaOf(resolved(response));
      const validate = answers.get(status) ?? (schema ? ajv().compile(schema) : null);
      answers.set(status, validate);
      return validate;
    },
  };
}

function newParameter(value: unknown): Parameter {
  const parameter = resolved(value);
  const schema = record(parameter.schema);
  return {
    name: String(parameter.name),
    in: parameter.in === 'path' ? 'path' : 'query',
    required: parameter.required === true,
    integer: schema.type === 'integer',
    validate: ajv().compile(schema),
  };
}

/** The validator of a named schema of the description. */
export function schemaValidator(name: string): ValidateFunction {
  const validate = validators.get(name) ?? ajv().compile({ $ref: `github#/components/schemas/${name}` });
  validators.set(name, validate);
  return validate;
}

function jsonSchemaOf(holder: Json): Json | undefined {
  const content = isRecord(holder.content) ? holder.content['application/json'] : undefined;
  return isRecord(content) ? record(content.schema) : undefined;
}

function patternOf(path: string): RegExp {
  return new RegExp(`^${path.replace(/\{(\w+)\}/g, '(?<$1>[^/]+)')}$`);
}

function resolved(value: unknown): Json {
  const holder = record(value);
  const reference = holder.$ref;
  if (typeof reference !== 'string') return holder;
  const steps = reference.replace(/^github#\//, '').split('/');
  return record(steps.reduce<unknown>((at, step) => record(at)[step], theDocument()));
}

function ajv(): Ajv {
  if (ajvOnce) return ajvOnce;
  ajvOnce = new Ajv({ strict: false, validateSchema: false, allErrors: false });
  ajvFormats.default(ajvOnce);
  ajvOnce.addFormat('timestamp', true);
  const { schemas } = record(theDocument().components);
  ajvOnce.addSchema({ $id: 'github', components: { schemas } });
  return ajvOnce;
}

/** OpenAPI 3.0 turned into JSON Schema: `nullable` becomes a type, references name the document. */
function theDocument(): Json {
  documentOnce ??= record(
    JSON.parse(gunzipSync(readFileSync(FILE)).toString(), (key, value: unknown) => {
      if (key === '$ref' && typeof value === 'string') return value.replace(/^#/, 'github#');
      if (!isRecord(value) || value.nullable !== true || typeof value.type !== 'string') return value;
      const { nullable: _, ...schema } = value;
      return {
        ...schema,
        type: [value.type, 'null'],
        ...(Array.isArray(value.enum) && { enum: [...new Set([...value.enum, null])] }),
      };
    }),
  );
  return documentOnce;
}

function record(value: unknown): Json {
  if (!isRecord(value)) throw new Error('the description is not as expected');
  return value;
}

function list(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}
