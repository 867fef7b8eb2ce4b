import { inline, keysOf } from './schema.js';

const HEAD = `# Every key of the configuration with its default; what has no default is commented out, with an example.
# Copy this to .bugprunerc and keep what you want to change. Only the trackers have no default.
# yaml-language-server: $schema=./node_modules/bugprune/schema/config.schema.json
`;

/** One tracker of each kind; those after the first are commented out. */
const TRACKERS = {
  github: ['app', { repos: ['acme/app'] }],
  jira: ['erp', { url: 'https://acme.atlassian.net', projects: ['ERP'] }],
  file: ['snapshot', { path: 'app.ndjson' }],
};

/** What to show for keys that have no default. */
const EXAMPLES = {
  $schema: './node_modules/bugprune/schema/config.schema.json',
  url: 'https://github.example.com/api/v3',
  org: 'acme',
  include: ['app-*'],
  exclude: ['*-archive'],
  label: 'ntbf',
  token: { env: 'ACME_TOKEN' },
  keep: { assigned: true, votes: 10, comments: 20 },
  jql: 'component is EMPTY OR component != Legacy',
  fields: { customfield_10042: { value: 'Planning' } },
  warn: '1w',
  openFor: '1y',
  untargetedFor: '6w',
  idleFor: '2w',
  labels: ['cosmetic'],
  types: ['Bug'],
  priorities: ['Low', 'Lowest'],
  trackers: ['app'],
  title: ['*flaky*'],
  votes: 10,
  comments: 20,
  inProgress: ['In Progress', 'In Review'],
  rules: ['./rules/mine.js'],
  formats: { tally: './formats/tally.js' },
};

/** The configuration with every key, as YAML that loads and means: one GitHub tracker, and all defaults. */
export function exampleConfig(schema) {
  const blocks = keysOf(schema).map(([key, one]) => (key === 'trackers' ? trackers(one) : entry(key, one, undefined)).join('\n'));
  return `${[HEAD.trimEnd(), ...blocks].join('\n\n')}\n`;
}

function trackers(schema) {
  const kinds = new Map(schema.additionalProperties.oneOf.map((one) => [one.properties.type.const, one]));
  const lines = Object.entries(TRACKERS)
    .filter(([type]) => kinds.has(type))
    .flatMap(([type, [name, settings]], index) => {
      const block = [`${name}:`, ...indent(settingsOf(kinds.get(type), { type, ...settings }))];
      return index === 0 ? block : ['', ...commented(block)];
    });
  return [...comment(schema), 'trackers:', ...indent(lines)];
}

/** The lines of all keys of some settings, with the given values where there are any. */
function settingsOf(schema, values) {
  return keysOf(schema).flatMap(([key, one]) => entry(key, one, values?.[key]));
}

/** A key with its description: with its value, or else its default, or else commented out with an example. */
function entry(key, schema, given) {
  return [...comment(schema), ...(schema.properties ? settings(key, schema, given) : single(key, schema, given))];
}

function settings(key, schema, given) {
  const children = settingsOf(schema, given ?? schema.default);
  const whole = [`${key}:`, ...indent(children)];
  if (children.some(isActive) && (given !== undefined || !schema.required)) return whole;
  return commented(key in EXAMPLES ? [`${key}: ${inline(EXAMPLES[key])}`] : whole);
}

function single(key, schema, given) {
  const value = given ?? schema.default;
  if (value === undefined || OPTIONAL.includes(key)) return commented([`${key}: ${inline(EXAMPLES[key] ?? fallback(schema))}`]);
  if (schema.items?.properties) return [`${key}:`, ...value.flatMap((one) => item(schema.items, one))];
  if (typeof value === 'string' && value.includes('\n')) return [`${key}: |-`, ...indent(value.split('\n'))];
  return [`${key}: ${inline(value)}`];
}

/** Their default is nothing at all, and an example says more. */
const OPTIONAL = ['rules', 'formats'];

function item(schema, value) {
  const [first, ...rest] = settingsOf(schema, value);
  return [`  - ${first}`, ...rest.map((line) => (line === '' ? '' : `    ${line}`))];
}

const isActive = (line) => line !== '' && !line.trimStart().startsWith('#');

function fallback({ type, anyOf }) {
  if (anyOf) return fallback(anyOf[0]);
  return type === 'boolean' ? true : type === 'integer' ? 10 : type === 'array' ? [] : type === 'object' ? {} : 'text';
}

const commented = (lines) => lines.map((line) => `# ${line}`);

const indent = (lines) => lines.map((line) => (line === '' ? '' : `  ${line}`));

/** The description, in lines that are not too long to read. */
function comment({ description = '' }) {
  const lines = [];
  for (const word of description.split(' ')) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + word.length < 110) lines[lines.length - 1] = `${last} ${word}`;
    else if (word !== '') lines.push(`# ${word}`);
  }
  return lines;
}
