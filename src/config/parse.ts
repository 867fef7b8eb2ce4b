import { extname } from 'node:path';
import { defaultLoaders } from 'cosmiconfig';
import { BugpruneError } from '../errors.js';
import { excessIn } from '../model/excess.js';
import { jsonPlace } from '../model/json-place.js';

/**
 * The content of a file that does not run code: JSON where the ending says so, else YAML, which includes JSON. Throws `config` with the
 * place of the mistake, and without the text that stands there: it may be a token.
 */
export function parseText(file: string, text: string): unknown {
  const ending = extname(file);
  if (!['', '.json', '.yaml', '.yml'].includes(ending)) {
    throw new BugpruneError('config', `${file}: expected a name that ends in .yaml, .yml, .json, .mjs, .cjs or .js.`);
  }
  const source = text.replace(/^\uFEFF/, '');
  const content = ending === '.json' ? parseJson(file, source) : parseYaml(file, source);
  const excess = excessIn(content);
  if (excess !== null) throw new BugpruneError('config', `${file} cannot be used: ${excess}.`);
  return content;
}

function parseJson(file: string, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    const place = jsonPlace(text);
    throw notValid(file, 'JSON', place ? `: line ${place.line}, column ${place.column}` : '');
  }
}

function parseYaml(file: string, text: string): unknown {
  try {
    return defaultLoaders['.yaml'](file, text);
  } catch (error) {
    // A YAMLException of js-yaml: the message quotes the lines around the mistake, the reason at most a name.
    const { reason, mark } = error as { reason?: string; mark?: { line: number; column: number } };
    const place = mark ? `: line ${mark.line + 1}, column ${mark.column + 1}` : '';
    throw notValid(file, 'YAML', place + (reason ? `, ${reason.replace(/ ?(!<[^>]*>|"[^"]*")/g, '')}` : ''));
  }
}

const notValid = (file: string, language: string, where: string) =>
  new BugpruneError('config', `${file} is not valid ${language}${where}.`);
