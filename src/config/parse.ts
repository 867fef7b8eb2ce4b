import { extname } from 'node:path';
import { defaultLoaders } from 'cosmiconfig';
import { BugpruneError } from '../errors.js';

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
  return ending === '.json' ? parseJson(file, source) : parseYaml(file, source);
}

function parseJson(file: string, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw notValid(file, 'JSON', placeInJson(file, text));
  }
}

/** Node does not always say where, and quotes what it found; cosmiconfig's loader always counts. */
function placeInJson(file: string, text: string): string {
  try {
    defaultLoaders['.json'](file, text);
    return '';
  } catch (error) {
    const position = /in JSON at position (\d+)/.exec(String(error))?.[1];
    const lines = text.slice(0, position === undefined ? text.length : Number(position)).split('\n');
    return `: line ${lines.length}, column ${(lines.at(-1)?.length ?? 0) + 1}`;
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
