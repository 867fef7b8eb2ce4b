import { z } from 'zod';
import { DESCRIPTORS } from '../trackers/index.js';
import type { Json } from '../trackers/tracker.js';
import type { FirstConfig } from './first.js';
import { BUILT_IN_RULES, configSchema } from './schema.js';
import { comment, entry, indent, inYaml, isList } from './yaml.js';

/** What a file says besides its configuration. */
export interface Surroundings {
  /** Where editors find the schema, seen from the file; null where it is not there. */
  readonly schemaAt: string | null;
  /** The variable that the token comes from, or some words about several; null where it comes from elsewhere. */
  readonly tokenFrom: string | null;
}

const HEAD =
  'Written by "bugprune init". What is commented out holds anyway. All keys: .bugprunerc.example in the package of bugprune.';

/** Sections that people look for, and so are shown even where nothing in them was chosen. */
const WORTH_SEEING = ['targets', 'bots', 'keep', 'limits'];

/** A configuration as YAML, with the schema's words about each key, and with the defaults of the keys that people look for. */
export function commentedConfig(config: FirstConfig, { schemaAt, tokenFrom }: Surroundings): string {
  const { properties = {} } = z.toJSONSchema(configSchema({ descriptors: DESCRIPTORS, rules: BUILT_IN_RULES }), { io: 'input' });
  const values: Values = config;
  const blocks = Object.entries(properties).flatMap(([key, schema]) => {
    const value = values[key];
    if (key === 'trackers') return [[...about(schema), 'trackers:', ...indent(trackers(config, schema, tokenFrom))]];
    const isShown = WORTH_SEEING.includes(key);
    return value !== undefined || isShown ? [keyLines(key, schema, value, isShown)] : [];
  });
  const editors = schemaAt === null ? [] : [`# yaml-language-server: $schema=${schemaAt}`];
  return `${[[...editors, ...comment(HEAD)], ...blocks].map((lines) => lines.join('\n')).join('\n\n')}\n`;
}

type Schema = z.core.JSONSchema._JSONSchema;
type Values = { readonly [key: string]: Json | undefined };

function trackers({ trackers: named }: FirstConfig, schema: Schema, tokenFrom: string | null): string[] {
  const kinds = asObject(asObject(schema).additionalProperties).oneOf ?? [];
  return Object.entries(named).flatMap(([name, settings]) => {
    const kind = kinds.find((one) => asObject(asObject(one).properties?.type).const === settings.type) ?? {};
    return opened(name, [...keys(kind, settings, false), ...token(kind, tokenFrom)]);
  });
}

/** Tokens never stand in a file; it says where they come from. */
function token(kind: Schema, from: string | null): string[] {
  const schema = asObject(kind).properties?.token;
  if (schema === undefined) return [];
  const isVariable = from !== null && /^[A-Za-z_]\w*$/.test(from);
  return [...about(schema), ...(isVariable ? commented(entry('token', { env: from })) : [])];
}

/** The keys of some settings in the schema's order: those with a value and, where wanted, the others with their defaults. */
function keys(schema: Schema, values: Values, withDefaults: boolean): string[] {
  return Object.entries(asObject(schema).properties ?? {}).flatMap(([key, one]) => {
    const value = values[key];
    return value !== undefined || (withDefaults && defaultOf(one) !== undefined) ? keyLines(key, one, value, withDefaults) : [];
  });
}

/** A key below what it is for; with its default, and commented out, where it has no value. */
function keyLines(key: string, schema: Schema, value: Json | undefined, withDefaults: boolean): string[] {
  const usual = defaultOf(schema);
  if (value !== undefined) return [...about(schema), ...valueLines(key, schema, value, withDefaults)];
  return usual === undefined ? [] : [...about(schema), ...commented(valueLines(key, schema, usual, false))];
}

function valueLines(key: string, schema: Schema, value: Json, withDefaults: boolean): string[] {
  const { properties, items } = asObject(schema);
  if (properties) return opened(key, keys(schema, asValues(value), withDefaults));
  if (items === undefined || Array.isArray(items) || !asObject(items).properties || !isList(value)) return entry(key, value);
  return opened(
    key,
    value.flatMap((one) => item(keys(items, asValues(one), false))),
  );
}

/** What holds where nothing is said: of settings, the defaults of their keys. */
function defaultOf(schema: Schema): Json | undefined {
  const { properties, default: usual } = asObject(schema);
  if (!properties) return usual === undefined ? undefined : z.json().parse(usual);
  const each = Object.entries(properties).flatMap(([key, one]) => {
    const value = defaultOf(one);
    return value === undefined ? [] : [[key, value] as const];
  });
  return each.length > 0 ? Object.fromEntries(each) : undefined;
}

const opened = (key: string, below: readonly string[]): string[] => [`${inYaml(key)}:`, ...indent(below)];

const item = ([first = '', ...rest]: readonly string[]): string[] => [`- ${first}`, ...indent(rest)];

const about = (schema: Schema): string[] => comment(asObject(schema).description ?? '');

const commented = (lines: readonly string[]): string[] => lines.map((line) => `# ${line}`);

const asObject = (schema: Schema | Schema[] | undefined): z.core.JSONSchema.BaseSchema =>
  typeof schema === 'object' && !Array.isArray(schema) ? schema : {};

const asValues = (value: Json): Values => (typeof value === 'object' && value !== null && !isList(value) ? value : {});
