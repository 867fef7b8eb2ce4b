/** The key of a project. Administrators of Data Center can allow others, but not with characters that we would have to escape. */
export const PROJECT_KEY = '[A-Z][A-Z0-9_]*';

const ISSUE_KEY = new RegExp(`^(${PROJECT_KEY})-([1-9]\\d*)$`, 'i');

/** Whether a text is the key of an issue (`ERP-12`, in any case) and so may stand in a path. */
export function isIssueKey(text: string): boolean {
  return ISSUE_KEY.test(text);
}

/** The project of an issue's key: `ERP` for `ERP-12`; the text itself when it is no key. */
export function projectOf(key: string): string {
  return ISSUE_KEY.exec(key)?.[1] ?? key;
}
