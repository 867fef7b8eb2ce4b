import type { Actor } from '../../../model/bug.js';
import type { JiraUser } from '../transport/answers.js';

/**
 * The actor for an account. Apps say so on Cloud (`accountType: app`); where it is not said who acted was a person: people may
 * hide their profile, and Data Center knows no apps. `self` is our own accountId or user name.
 */
export function actorOf(user: JiraUser | null | undefined, self: string): Actor | null {
  if (!user) return null;
  const id = user.accountId || user.name || user.key || null;
  const name = user.displayName || id;
  if (name === null) return null;
  const kind = user.accountType === 'app' ? 'bot' : 'human';
  return { id, name, kind, ...(isSelf(user, self) ? { self: true } : {}) };
}

function isSelf({ accountId, name }: JiraUser, self: string): boolean {
  return accountId ? accountId === self : name?.toLowerCase() === self.toLowerCase();
}
