import { page, section, table } from './markdown.js';
import { hasDefault, inline, valueWords } from './schema.js';

/** docs/reference/configuration.md: every key, what may stand behind it, its default and what it is for. */
export function configurationPage(schema, placeholders) {
  const { trackers, keep, policies } = schema.properties;
  const policy = policies.items;
  const { when, comment, warning } = policy.properties;
  return page('Configuration', [
    'Looked for in the working folder and the ones above it: `.bugprunerc` (YAML or JSON), `.bugprunerc.json`, `.bugprunerc.yaml`, `.bugprunerc.yml`, ' +
      'the same names without the dot in `.config`, and the key `bugprune` of `package.json`. Files that run code (`.js`, `.mjs`, `.cjs`), and modules that a ' +
      'file names, are loaded only when `--config` names the file. Unknown keys are errors.',
    '[.bugprunerc.example](../../.bugprunerc.example) shows every key in its place.',
    keyTable(schema, ['trackers', 'keep', 'policies']),
    ...trackers.additionalProperties.oneOf.flatMap((kind) =>
      section(`trackers, type \`${kind.properties.type.const}\``, keyTable(kind)),
    ),
    ...section(
      'keep',
      `${keep.description} A policy can have more of them under the same keys, without defaults.`,
      keyTable(keep),
    ),
    ...section('policies', policies.description, keyTable(policy, ['when', 'keep'])),
    ...section('policies, when', when.description, keyTable(when)),
    ...section(
      'Durations',
      '`36h`, `10d`, `6w`, `3mo`, `1y`: on the calendar in UTC. `6w` has passed from the instant exactly six weeks later.',
    ),
    ...section('Names', 'Names compare without regard to case and to the shape of the apostrophe.'),
    ...section(
      'Placeholders',
      'In `comment` and `warning`; any other is an error.',
      table(
        ['placeholder', 'stands for'],
        placeholders.map(([name, summary]) => [`\`{{${name}}}\``, summary]),
      ),
    ),
    ...section('The default comment', quote(comment.default)),
    ...section('The default warning', quote(warning.default)),
  ]);
}

/** docs/reference/cli.md: the help of every command. */
export function cliPage(helps) {
  return page(
    'Command line',
    helps.flatMap(([command, help]) => section(`\`${command}\``, `\`\`\`text\n${help.trim()}\n\`\`\``)),
  );
}

/** A table of the keys of some settings; those in `apart` have a table of their own. */
function keyTable(schema, apart = []) {
  return table(['key', 'value', 'default', 'meaning'], rows(schema, '', apart));
}

/** A row for each key, and for each key of the settings behind it. */
function rows({ properties, required = [] }, prefix, apart) {
  return Object.entries(properties).flatMap(([key, schema]) => {
    const path = `${prefix}${key}`;
    const deeper = schema.properties && !apart.includes(path) ? rows(schema, `${path}.`, apart) : [];
    return [
      [`\`${path}\``, valueWords(schema), required.includes(key) ? 'required' : defaultWords(schema), schema.description ?? ''],
      ...deeper,
    ];
  });
}

function defaultWords(schema) {
  if (!hasDefault(schema)) return '';
  if (typeof schema.default === 'string' && schema.default.includes('\n')) return 'see below';
  return `\`${inline(schema.default)}\``;
}

const quote = (text) =>
  text
    .split('\n')
    .map((line) => `> ${line}`.trimEnd())
    .join('\n');
