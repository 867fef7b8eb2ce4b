import type { z } from 'zod';
import { problems as allProblems, pathText, type Words } from '../model/problems.js';
import { nearest } from './nearest.js';

/** All that is wrong with a configuration, one line each: where, what was expected, what was found. */
export function problems<Output>(schema: z.ZodType<Output>, input: unknown): { data: Output } | { problems: string[] } {
  const result = allProblems(schema, input, WORDS);
  if ('data' in result) return result;
  return { problems: result.problems.map(({ path, message }) => `${pathText(path) || 'the file as a whole'}: ${message}`) };
}

const WORDS: Words = {
  kinds: { record: 'names with settings', object: 'settings' },
  suggestion(key, known) {
    const meant = nearest(key, known);
    if (meant !== null) return `: did you mean "${meant}"?`;
    return known.length > 0 ? `; there are ${known.join(', ')}` : '';
  },
};
