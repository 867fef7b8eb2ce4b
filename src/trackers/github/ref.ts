import { TrackerError } from '../../errors.js';

/** What the login of an account looks like; managed users have an underscore before their enterprise's code. */
export const OWNER = '[A-Za-z0-9](?:[A-Za-z0-9_-]*[A-Za-z0-9])?';

/** What the name of a repository looks like; `.` and `..` are no names. */
export const REPOSITORY = '(?!\\.\\.?(?:#|$))[\\w.-]+';

/** Where an issue is. */
export type IssueAddress = { readonly owner: string; readonly repo: string; readonly issue_number: number };

const REF = new RegExp(`^(${OWNER})/(${REPOSITORY})#([1-9]\\d{0,14})$`);

/** Reads `acme/app#12`; throws `not-found` for anything else. */
export function parseRef(ref: string): IssueAddress {
  const [, owner, repo, number] = REF.exec(ref) ?? [];
  if (owner && repo && number) return { owner, repo, issue_number: Number(number) };
  throw new TrackerError('not-found', `"${ref}" is no issue on GitHub.`, {
    hint: 'Expected owner/repo#number, such as acme/app#12.',
  });
}

/** `acme/app#12`: the inverse of {@link parseRef}. */
export function formatRef(repository: string, number: number): string {
  return `${repository}#${number}`;
}

/** Whether two names of a repository or an owner mean the same one: GitHub ignores case. */
export function sameName(a: string, b: string): boolean {
  return a.toLowerCase() === b.toLowerCase();
}
