import type { z } from 'zod';
import { problems as allProblems, pathText, type Words } from '../model/problems.js';
import { nearest } from './nearest.js';

/** All that is wrong with a configuration, one line each: where, what was expected, what was found. */
export function problems<Output>(schema: z.ZodType<Output>, input: unknown): { data: Output } | { problems: string[] } {
  const result = allProblems(schema, input, WORDS);
  const lost = lostTracker(input);
  if ('data' in result) return lost.length > 0 ? { problems: lost } : result;
  const told = result.problems.map(({ path, message }) => `${pathText(path) || 'the file as a whole'}: ${message}`);
  return { problems: [...told, ...lost] };
}

/** The one name that no object keeps when it is copied: zod leaves it out of a record without a word, and another source would be taken. */
function lostTracker(input: unknown): string[] {
  const trackers: unknown = Reflect.get(Object(input), 'trackers');
  return Object.hasOwn(Object(trackers), '__proto__') ? ['trackers: expected another name than "__proto__"'] : [];
}

const WORDS: Words = {
  kinds: { record: 'names with settings', object: 'settings' },
  suggestion(key, known) {
    const meant = nearest(key, known);
    if (meant !== null) return `: did you mean "${meant}"?`;
    return known.length > 0 ? `; there are ${known.join(', ')}` : '';
  },
};
