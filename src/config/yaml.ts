import type { Json } from '../trackers/tracker.js';

/** Texts that YAML takes for texts without quotes: words and paths, durations and other numbers with a unit, addresses. */
const PLAIN = /^([A-Za-z](?:[\w ./-]*[\w/])?|[1-9]\d*(h|d|w|mo|y|s|x|%)|https?:\/\/[\w./-]+)$/;
const MEANS_SOMETHING = /^(true|false|null|yes|no|on|off|y|n)$/i;

/** What JSON leaves as it is, and YAML forbids, takes for the end of a line, or nobody sees. */
const ESCAPED = /[\u007f-\u009f\u061c\u200b\u200e\u200f\u2028-\u202e\u2060\u2066-\u2069\ufeff\ufffe\uffff]/g;

/** A value as YAML on one line. Texts are quoted as in JSON, whose strings are YAML as well. */
export function inYaml(value: Json): string {
  if (isList(value)) return `[${value.map(inYaml).join(', ')}]`;
  if (typeof value === 'object' && value !== null) {
    const pairs = Object.entries(value).map(([key, one]) => `${inYaml(key)}: ${inYaml(one)}`);
    return pairs.length > 0 ? `{ ${pairs.join(', ')} }` : '{}';
  }
  if (typeof value === 'string' && PLAIN.test(value) && !MEANS_SOMETHING.test(value)) return value;
  return JSON.stringify(value).replace(ESCAPED, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

/** Longer lines are hard to read. */
const WIDTH = 108;

/** `key: value` as YAML, over several lines where one would be too long. */
export function entry(key: string, value: Json): string[] {
  const line = `${inYaml(key)}: ${inYaml(value)}`;
  if (line.length <= WIDTH || typeof value !== 'object' || value === null || Object.keys(value).length === 0) return [line];
  const below = isList(value)
    ? value.map((one) => `- ${inYaml(one)}`)
    : Object.entries(value).flatMap(([name, one]) => entry(name, one));
  return [`${inYaml(key)}:`, ...indent(below)];
}

/** A comment, in lines that are not too long to read. Its words must be ours. */
export function comment(text: string): string[] {
  const lines: string[] = [];
  for (const word of text.split(' ')) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + word.length < WIDTH) lines[lines.length - 1] = `${last} ${word}`;
    else if (word !== '') lines.push(`# ${word}`);
  }
  return lines;
}

export const indent = (lines: readonly string[]): string[] => lines.map((line) => `  ${line}`);

/** Whether it is a list; `Array.isArray` does not say so of a readonly one. */
export const isList = (value: Json): value is readonly Json[] => Array.isArray(value);
