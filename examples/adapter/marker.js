// Blotter has no place that readers do not see, so the mark is the last line of the comment: [bugprune {"run":…}].
const LINE = /\n\n\[bugprune (\{.*\})\]$/;

const ACTIONS = ['close', 'warn', 'snooze', 'undo'];

/** The text of a comment that carries a mark. */
export const withMark = (text, mark) => `${text.trimEnd()}\n\n[bugprune ${JSON.stringify(mark)}]`;

/** The mark of a comment; undefined where there is none. Anybody can write such a line; whose comment it is, is asked elsewhere. */
export function markOf(text) {
  try {
    const { run, action, policy, until } = JSON.parse(LINE.exec(text)?.[1] ?? '');
    const isMark = typeof run === 'string' && typeof policy === 'string' && ACTIONS.includes(action);
    return isMark ? { run, action, policy, ...(until === undefined ? {} : { until }) } : undefined;
  } catch {
    return undefined;
  }
}

/** The same comment, saying that it was taken back. */
export function takenBack(text) {
  const mark = markOf(text);
  if (mark === undefined || mark.action === 'undo') return text;
  return withMark(`Taken back: this no longer holds.\n\n${text.replace(LINE, '')}`, { ...mark, action: 'undo' });
}

/** Whether two marks are of the same run, action and policy. */
export const isSame = (a, b) => a?.run === b.run && a.action === b.action && a.policy === b.policy;
