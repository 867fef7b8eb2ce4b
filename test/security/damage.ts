import fc from 'fast-check';
import { text } from './runs.js';

type Path = readonly (string | number)[];

/** Every place in a document but the document itself, and those within each. */
function placesIn(value: unknown, path: Path = []): Path[] {
  if (typeof value !== 'object' || value === null) return [];
  const entries: (readonly [string | number, unknown])[] = Array.isArray(value) ? [...value.entries()] : Object.entries(value);
  return entries.flatMap(([key, inner]) => [[...path, key], ...placesIn(inner, [...path, key])]);
}

/** Nested so deep that whatever calls itself at each level runs out of stack. */
function nested(levels: number): string {
  return '['.repeat(levels) + ']'.repeat(levels);
}

/** What may stand where something else should, as JSON: in that form keys such as `__proto__` and depth survive. */
const strange: fc.Arbitrary<string> = fc.oneof(
  fc.constantFrom('null', 'true', '0', '-1', '1e999', '0.5', '9007199254740993', '""', '[]', '{}', '[null]', '[[]]', '{"":1}'),
  fc.constantFrom(
    '{"__proto__":{"polluted":1}}',
    '{"constructor":{"prototype":{"polluted":1}}}',
    '{"toString":1}',
    '"__proto__"',
  ),
  fc.constantFrom(nested(50), nested(20_000), `{"name":${nested(20_000)}}`),
  text.map((one) => JSON.stringify(one)),
  fc.jsonValue({ maxDepth: 3 }).map((one) => JSON.stringify(one)),
);

/** One thing that is done to a document. `place` counts through all places, and begins again behind the last. */
export interface Damage {
  readonly place: number;
  readonly how: 'drop' | 'replace' | 'wrap' | 'twice' | 'add';
  readonly put: string;
}

export const damage: fc.Arbitrary<Damage> = fc.record({
  place: fc.nat({ max: 1_000_000 }),
  how: fc.constantFrom('drop', 'replace', 'replace', 'wrap', 'twice', 'add'),
  put: strange,
});

/** Stands for what is put in until the document is text; no document has it. */
const SLOT = '\ue000slot\ue000';

/** A document as JSON, with things done to it one after another. */
export function damaged(document: unknown, damages: readonly Damage[]): string {
  return damages.reduce((json, one) => damagedOnce(json, one), JSON.stringify(document));
}

function damagedOnce(json: string, { place, how, put }: Damage): string {
  // What is too deep to be written again is left as it is.
  if (json.length > 30_000 && json.includes('[[[[')) return json;
  const document: unknown = JSON.parse(json);
  const places = placesIn(document);
  const path = places[place % Math.max(1, places.length)];
  if (!path) return put;
  const key = path.at(-1) ?? '';
  const parent = valueAt(document, path.slice(0, -1));
  change(parent, key, how);
  return JSON.stringify(document).replace(JSON.stringify(SLOT), () => put);
}

function valueAt(document: unknown, path: Path): object {
  const found = path.reduce<unknown>((value, key) => Reflect.get(Object(value), key), document);
  return Object(found) as object;
}

function change(parent: object, key: string | number, how: Damage['how']): void {
  const value: unknown = Reflect.get(parent, key);
  if (how === 'drop') Array.isArray(parent) ? parent.splice(Number(key), 1) : Reflect.deleteProperty(parent, key);
  else if (how === 'twice' && Array.isArray(parent)) parent.push(structuredClone(value));
  else if (how === 'wrap') set(parent, key, [value]);
  else if (how === 'add') set(Array.isArray(parent) ? { parent } : parent, '__proto__', SLOT);
  else set(parent, key, SLOT);
}

/** Also where the key is `__proto__`, which an assignment would take for something else. */
function set(parent: object, key: string | number, value: unknown): void {
  Object.defineProperty(parent, key, { value, enumerable: true, configurable: true, writable: true });
}

/** A document in which one value is missing from its object, or is of a kind that it never is; null where there is nothing to do that to. */
export function broken(document: unknown, place: number, how: 'missing' | 'another kind'): unknown {
  const copy: unknown = structuredClone(document);
  const places = placesIn(copy).filter((path) => typeof path.at(-1) === 'string');
  const path = places[place % Math.max(1, places.length)];
  if (!path) return null;
  const parent = valueAt(copy, path.slice(0, -1));
  const key = path.at(-1) ?? '';
  if (how === 'missing') Reflect.deleteProperty(parent, key);
  else set(parent, key, ofAnotherKind(Reflect.get(parent, key)));
  return copy;
}

function ofAnotherKind(value: unknown): unknown {
  if (Array.isArray(value)) return { 0: value[0] ?? null };
  return typeof value === 'object' && value !== null ? [Object.keys(value)[0] ?? ''] : { value };
}
