/** What somebody sees who looks at one bug. */
export interface BugLook {
  /** State, status, resolution, labels, targets and the like: what an undo must bring back. */
  readonly fields: Readonly<Record<string, unknown>>;
  readonly said: readonly { readonly by: string; readonly text: string }[];
  /** Its history, in the tracker's words, in order. */
  readonly happened: readonly string[];
  /** What only programs see. */
  readonly hidden: unknown;
}

/** All bugs of a tracker, by their refs, without times and ids: two trackers to which the same was done look the same. */
export type Look = Readonly<Record<string, BugLook>>;

/** The ids of runs differ; so do times. */
export function withoutIds<T>(value: T): T {
  const text = JSON.stringify(value).replace(/\d{8}T\d{6}Z-[0-9a-z]+/g, 'RUN');
  return JSON.parse(text) as T;
}

/** The look without what our account has said and done: what an undo must bring back to the last bit. */
export function withoutUs(look: Look, us: string): Look {
  const entries = Object.entries(look).map(([ref, { fields, said, happened }]) => {
    const byOthers = happened.filter((line) => !line.startsWith(`${us}: `));
    return [ref, { fields, said: said.filter(({ by }) => by !== us), happened: byOthers, hidden: null }] as const;
  });
  return Object.fromEntries(entries);
}

/** What our account says on each bug. */
export function ourWords(look: Look, us: string): Record<string, string[]> {
  const ours = Object.entries(look).map(([ref, { said }]) => [ref, said.filter(({ by }) => by === us).map(({ text }) => text)]);
  return Object.fromEntries(ours) as Record<string, string[]>;
}
