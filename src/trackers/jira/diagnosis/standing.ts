import { count, enumerate } from '../../../model/phrases.js';
import type { Diagnosis } from '../../tracker.js';
import { NEEDED } from '../reading/project.js';
import type { JiraSettings } from '../settings.js';
import { PERMISSIONS, type Place } from './place.js';

/** What a project is like, and what `who` may do in it. */
export function standing(place: Place, settings: JiraSettings, who: string): Diagnosis[] {
  const { key, isArchived } = place;
  if (isArchived) {
    const hint = 'Take it out of projects, or have it restored.';
    return [{ severity: 'config', message: `${key} is archived, so nothing in it can be changed.`, hint }];
  }
  const allowed = permissions(place, who);
  return [...allowed, summary(place, allowed.length === 0), ...planning(place), ...serviceDesk(place, settings)];
}

function summary({ key, bugTypes, versions }: Place, mayClose: boolean): Diagnosis {
  const open = versions.filter(({ isOver }) => !isOver).length;
  const bugs = bugTypes.length > 0 ? `, bugs are of the type ${enumerate(bugTypes)}` : '';
  const message = `${key}: ${count(versions.length, 'version')} (${open} unreleased)${bugs}.${mayClose ? ' We may close bugs.' : ''}`;
  return { severity: 'ok', message };
}

/** Reading needs one permission, closing needs more, and many workflows have a condition of their own. */
function permissions({ key, lacking }: Place, who: string): Diagnosis[] {
  if (lacking.length === 0) return [];
  const missing = enumerate(lacking.map((permission) => PERMISSIONS[permission] ?? permission));
  const ask = `ask an administrator of ${key} to grant ${who} ${missing}`;
  const lacks = `${key}: ${who} lacks ${missing}`;
  if (lacking.includes('BROWSE_PROJECTS')) {
    return [
      { severity: 'credentials', message: `${lacks}, so its bugs cannot be read.`, hint: `Use another account, or ${ask}.` },
    ];
  }
  if (lacking.some((permission) => permission in NEEDED)) {
    const message = `${lacks}. Dry runs need no more, but nothing there can be closed.`;
    return [{ severity: 'note', message, hint: `Before the first prune, ${ask} (permission scheme of the project).` }];
  }
  const message = `${lacks}, without which many workflows offer no way to close a bug.`;
  return [{ severity: 'note', message, hint: `Dry runs tell whether a bug can be closed. If not, ${ask}.` }];
}

/** Where no release is planned, every bug looks as if nobody had planned it. */
function planning({ key, releases, versions }: Place): Diagnosis[] {
  if (releases === 'planned') return [];
  const then = 'so its bugs without a target will be undecided';
  if (releases === 'unreadable') {
    const hint = `Try again, or ask an administrator of ${key} whether this account may see the features of the project.`;
    return [{ severity: 'note', message: `${key}: whether it plans releases could not be read, ${then}.`, hint }];
  }
  const why = versions.length > 0 ? 'releases are switched off' : 'there is not a single version';
  const hint = 'Plan its releases in Jira, or have its bugs judged all the same: targets.treat.unplanned: untargeted.';
  return [{ severity: 'note', message: `${key}: ${why}, ${then}.`, hint }];
}

const SERVICE_DESK = {
  refuse: {
    what: 'where a comment is mailed to the customer, so nothing in it will be closed',
    hint: 'To close there, say who gets the comment: serviceDesk: internal or public. Else take it out of projects.',
  },
  internal: {
    what: 'and comments stay internal: the customer sees the closing, but not why',
    hint: 'Nothing to do if that is wanted. serviceDesk: public mails the comment to the customer.',
  },
  public: {
    what: 'and each comment is mailed to the customer',
    hint: 'Nothing to do if that is wanted. serviceDesk: internal keeps comments among colleagues.',
  },
};

function serviceDesk({ key, isServiceDesk }: Place, settings: JiraSettings): Diagnosis[] {
  if (!isServiceDesk) return [];
  const { what, hint } = SERVICE_DESK[settings.serviceDesk];
  return [{ severity: 'note', message: `${key} is a service project, ${what}.`, hint }];
}
