/** Where a text stops being JSON, for people and their editors; both count from 1. */
export interface JsonPlace {
  readonly line: number;
  readonly column: number;
}

/** The place of the mistake in a text that `JSON.parse` refuses; null where it does not. */
export function jsonPlace(text: string): JsonPlace | null {
  const message = complaint(text);
  if (message === null) return null;
  const told = /at position (\d+)/.exec(message)?.[1];
  const at = told === undefined ? unexpectedAt(text, message) : Number(told);
  const lines = text.slice(0, at).split('\n');
  return { line: lines.length, column: (lines.at(-1)?.length ?? 0) + 1 };
}

function complaint(text: string): string | null {
  try {
    JSON.parse(text);
    return null;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

/** Node quotes a character that should not be there instead of counting. It ends the shortest beginning that has the same mistake. */
function unexpectedAt(text: string, message: string): number {
  if (!message.startsWith('Unexpected token')) return text.length;
  let [good, bad] = [0, text.length];
  while (bad - good > 1) {
    const middle = Math.floor((good + bad) / 2);
    if (complaint(text.slice(0, middle))?.startsWith('Unexpected token')) bad = middle;
    else good = middle;
  }
  return bad - 1;
}
