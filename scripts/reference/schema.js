// Reading a JSON Schema the way a person would.

const DURATION = 'h|d|w|mo|y';

/** What may stand behind a key, in words: `a list of texts`, `` `attention` or `targeted` ``. */
export function valueWords(schema) {
  if ('const' in schema) return code(schema.const);
  if (schema.enum) return schema.enum.map(code).join(' or ');
  if (schema.anyOf) return schema.anyOf.map(valueWords).join(' or ');
  if (schema.type === 'string') return schema.pattern?.includes(DURATION) ? 'a duration' : 'a text';
  if (schema.type === 'integer') return 'a whole number';
  if (schema.type === 'boolean') return '`true` or `false`';
  if (schema.type === 'array') return schema.items.type === 'string' ? 'a list of texts' : 'a list';
  if (schema.type === 'object') return schema.properties ? 'settings' : `names with ${valueWords(schema.additionalProperties)}`;
  if (schema.oneOf) return 'settings';
  return 'anything';
}

const code = (value) => `\`${value}\``;

/** The keys of settings, with the schema of each; of names with settings, none: every name is one. */
export function keysOf(schema) {
  return Object.entries(schema.properties ?? {});
}

/** Whether a default says anything: that of settings is mostly that each key has its own. */
export function hasDefault(schema) {
  return schema.default !== undefined && JSON.stringify(schema.default) !== '{}';
}

/** Texts that YAML takes for texts without quotes: words, durations, paths, addresses. */
const PLAIN = /^([A-Za-z](?:[\w ./-]*[\w/])?|\d+(h|d|w|mo|y|s)|\.\/[\w./-]+|https?:\/\/[\w./-]+)$/;
const MEANS_SOMETHING = /^(true|false|null|yes|no|on|off|y|n)$/i;

/** A value as YAML in one line. */
export function inline(value) {
  if (Array.isArray(value)) return `[${value.map(inline).join(', ')}]`;
  if (typeof value === 'object' && value !== null) {
    const pairs = Object.entries(value).map(([key, one]) => `${inline(key)}: ${inline(one)}`);
    return pairs.length > 0 ? `{ ${pairs.join(', ')} }` : '{}';
  }
  const plain = typeof value === 'string' && PLAIN.test(value) && !MEANS_SOMETHING.test(value);
  return plain ? value : JSON.stringify(value);
}
