import { BugpruneError, type TrackerError } from '../errors.js';

const GITHUB_REF = /^([\w.-]+\/[\w.-]+)#\d+$/;
const JIRA_KEY = /^[A-Z][A-Z0-9_]*-\d+$/i;
const NUMBER = /^#?(\d+)$/;

const FORMS =
  'A bug is named as acme/app#12 or ERP-12, or by its URL: https://github.com/acme/app/issues/12, https://acme.atlassian.net/browse/ERP-12. ' +
  'One of a snapshot: bugprune explain REF FILE.ndjson';

/** What to say where nothing tells in which tracker to look for a bug: no source, no configuration, no git remote, nor its own name. */
export function nowhereToLook(ref: string, isSource: boolean): BugpruneError {
  const lost = (message: string, hint: string) => new BugpruneError('usage', message, { hint });
  if (isSource) return lost(`${ref} is a whole source, not one bug.`, `All its bugs: bugprune report ${ref}`);
  if (JIRA_KEY.test(ref)) {
    const key = ref.toUpperCase();
    return lost(
      `${ref} looks like the key of a Jira issue, but no Jira site is named or configured.`,
      `Name its site: bugprune explain https://SITE/browse/${key}`,
    );
  }
  const [, number] = NUMBER.exec(ref) ?? [];
  if (number === undefined) return lost(`"${ref}" is no bug that bugprune knows.`, FORMS);
  return lost(
    `${ref} is a number in some repository, but none is named or configured, and there is no git remote "origin".`,
    `Name it: bugprune explain OWNER/REPO#${number}`,
  );
}

/** What to say where no tracker knows a bug: what each of them said, unless the bug must be of a type of tracker that was not asked. */
export function knownNowhere(
  ref: string,
  failures: readonly TrackerError[],
  types: readonly string[],
): BugpruneError | undefined {
  const all = (type: string) => types.every((one) => one === type);
  const elsewhere = (what: string, only: string, hint: string) =>
    new BugpruneError('credentials', `${ref} looks like ${what}, but there is only ${only} to look at.`, { hint });
  const [, repository] = GITHUB_REF.exec(ref) ?? [];
  if (JIRA_KEY.test(ref) && all('github')) {
    return elsewhere(
      'the key of a Jira issue',
      'GitHub',
      `Name its site: bugprune explain https://SITE/browse/${ref.toUpperCase()}`,
    );
  }
  if (repository !== undefined && all('jira')) {
    return elsewhere('an issue on GitHub', 'Jira', `Name its repository as well: bugprune explain ${ref} ${repository}`);
  }
  const [first, second] = failures;
  if (!first || !second) return first;
  const messages = [...new Set(failures.map(({ message }) => message))];
  return new BugpruneError(first.code, messages.join('\n'), { hint: first.hint, cause: first });
}
