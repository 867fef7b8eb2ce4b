import { type Answer, notFound } from './json.js';
import { permissionIn, type Session } from './session.js';

/** What a new organization has. */
const DEFAULT_TYPES = ['Task', 'Bug', 'Feature'];

/** The issue types of an organization; people have none. */
export function getIssueTypes(session: Session, login: string): Answer {
  const name = login.toLowerCase();
  const { store } = session;
  const exists = [...store.repositories.values()].some(
    (one) => one.owner.toLowerCase() === name && one.ownerType === 'Organization' && permissionIn(session, one) !== null,
  );
  if (!exists) return notFound;
  const types = store.issueTypes.get(name) ?? DEFAULT_TYPES;
  const body = types.map((type, index) => ({
    id: 410 + index,
    node_id: `IT_kwDO${410 + index}`,
    name: type,
    description: null,
    color: 'gray',
    created_at: '2024-12-11T14:39:09Z',
    updated_at: '2024-12-11T14:39:09Z',
    is_enabled: true,
  }));
  return { status: 200, body };
}
