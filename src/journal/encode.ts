import { BugpruneError } from '../errors.js';
import { type JournalLine, journalLineSchema } from './document.js';
import { type Folding, startFold } from './fold.js';
import { formatLine } from './lines.js';

/** Where a journal stands: what its lines add up to, and the sum of the last one. */
export interface Position {
  readonly folding: Folding;
  readonly sum: string;
}

/** Turns lines into text, one after another, newlines included. */
export type Encode = (lines: readonly JournalLine[]) => string;

/**
 * Continues a journal; null starts one. What could not be read again is not written: a line that cannot follow throws a FoldError, for
 * that is a defect. `clean` is applied to each text in a line, and not to its JSON, where a secret with a quote in it would look different.
 */
export function encoder(position: Position | null, clean: (text: string) => string): Encode {
  let sum = position?.sum ?? '';
  let folding = position?.folding;
  const encode = (given: JournalLine): string => {
    const line = cleaned(given, clean);
    if (folding) folding.add(line);
    else folding = startFold(line);
    const formatted = formatLine(line, sum);
    sum = formatted.sum;
    return `${formatted.text}\n`;
  };
  return (lines) => lines.map(encode).join('');
}

function cleaned(line: JournalLine, clean: (text: string) => string): JournalLine {
  const known = journalLineSchema.parse(line);
  const { data } = journalLineSchema.safeParse(mapTexts(known, clean));
  if (data) return data;
  throw new BugpruneError(
    'usage',
    `The journal cannot be written: a "${line.line}" line has a password or token in its own words.`,
    {
      hint: 'Choose one that is not an everyday word.',
    },
  );
}

function mapTexts(value: unknown, change: (text: string) => string): unknown {
  if (typeof value === 'string') return change(value);
  if (Array.isArray(value)) return value.map((one) => mapTexts(one, change));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, mapTexts(one, change)]));
}
