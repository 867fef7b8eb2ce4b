import type { Issue, Repository } from './records.js';
import type { Session } from './session.js';

/** The address of a repository in REST. */
export function repositoryUrl({ api }: Session, { owner, name }: Repository): string {
  return `${api}/repos/${owner}/${name}`;
}

/** The address that survives renaming: redirects and page links use it. */
export function permanentUrl({ api }: Session, { id }: Repository): string {
  return `${api}/repositories/${id}`;
}

/** The address of an issue or pull request in the browser. */
export function webUrl({ web }: Session, { repository: { owner, name }, number, pullRequest }: Issue): string {
  return `${web}/${owner}/${name}/${pullRequest ? 'pull' : 'issues'}/${number}`;
}
