import { enumerate, nearest, quoted } from '../../../model/phrases.js';
import { foldName, nameMatcher } from '../../../model/text.js';
import type { Diagnosis } from '../../tracker.js';
import { firstWanted } from '../closing/transition-choice.js';
import { isDone } from '../reading/category.js';
import { type JiraSettings, jiraSettings } from '../settings.js';
import type { JiraStatus, Resolution } from '../transport/answers.js';

type CloseAs = JiraSettings['closeAs'];

/** What nobody has written is no mistake: sites in other languages have none of these names. */
const DEFAULTS = jiraSettings.parse({ type: 'jira', url: 'https://jira.example.com', projects: ['ERP'] }).closeAs;

/** Whether the site has a status that bugs are to be closed as. Each workflow has only some of them. */
export function closingStatuses(statuses: readonly JiraStatus[], { statuses: names }: Pick<CloseAs, 'statuses'>): Diagnosis[] {
  const known = names.filter((name) => statuses.some((status) => isCalled(status, name)));
  const done = statuses.filter(isDone);
  const usable = known.filter((name) => done.some((status) => isCalled(status, name)));
  if (names.length === 0) return [];
  if (usable.length > 0) return [{ severity: 'ok', message: `Statuses for closed bugs: ${enumerate(usable)}.` }];
  const existing = done.map(({ name }) => name);
  const instead = nearest(names, existing, 'done status', 'done statuses');
  if (known.length > 0) {
    const message = `No status of the category Done is called ${quoted(known, 'or')} (closeAs.statuses), and bugs are closed as nothing else.`;
    return [{ severity: 'config', message, hint: `Name a status of that category. ${instead}` }];
  }
  return [
    {
      severity: 'note',
      message: `No status of this site is called ${quoted(names, 'or')} (closeAs.statuses).`,
      hint: `Right if it is the name of a transition, or if only one transition ends the work. Else name the status. ${instead}`,
    },
  ];
}

function isCalled({ name, untranslatedName }: JiraStatus, wanted: string): boolean {
  return [name, untranslatedName ?? name].some((candidate) => foldName(candidate) === foldName(wanted));
}

/** Whether the site has a resolution that says what closing by bugprune means. */
export function closingResolutions(resolutions: readonly Resolution[], closeAs: CloseAs): Diagnosis[] {
  const names = closeAs.resolutions;
  if (firstWanted(resolutions, closeAs)) {
    const usable = names.filter((name) => firstWanted(resolutions, { ...closeAs, resolutions: [name] }));
    return [{ severity: 'ok', message: `Resolutions for closed bugs: ${enumerate(usable)}.` }];
  }
  const isDefault = names.join() === DEFAULTS.resolutions.join();
  const existing = resolutions.map(({ name }) => name);
  return [
    {
      severity: isDefault ? 'note' : 'config',
      message: `No resolution of this site is called ${quoted(names, 'or')} (closeAs.resolutions): bugs are closed without one, or not at all.`,
      hint: `Set closeAs: { resolutions } to those that mean "not to be fixed". There are: ${existing.join(', ') || 'none'}.`,
    },
  ];
}

/** Whether the statuses exist that say that somebody works on a bug: a guard with a wrong name protects nothing. */
export function inProgress(statuses: readonly JiraStatus[], names: readonly string[] = []): Diagnosis[] {
  const existing = statuses.map(({ name }) => name);
  const missing = names.filter((name) => !existing.some(nameMatcher([name])));
  if (missing.length === 0) return [];
  return [
    {
      severity: missing.length === names.length ? 'config' : 'note',
      message: `No status of this site is called ${quoted(missing, 'or')} (inProgress).`,
      hint: `Correct the name, or take it out. ${nearest(missing, existing, 'status', 'statuses')}`,
    },
  ];
}
