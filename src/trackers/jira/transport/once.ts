import type { Call } from '../../tracker.js';

/** A question that is asked once, when it is first needed; one that failed is asked again. */
export type Once<Answer> = (call: Call) => Promise<Answer>;

/** Remembers the answer, also while it is still on its way. */
export function once<Answer>(ask: (call: Call) => Promise<Answer>): Once<Answer> {
  let answer: Promise<Answer> | undefined;
  return (call) => {
    answer ??= ask(call).catch((error: unknown) => {
      answer = undefined;
      throw error;
    });
    return answer;
  };
}
