import type { Bug } from '../model/bug.js';
import { type TargetClass, targetNames } from '../model/target.js';
import { type Finding, finding } from './rule.js';

/** How target classes other than plain ones are treated: `targets.treat` of the configuration. */
export interface Treatment {
  readonly parked: 'attention' | 'untargeted' | 'targeted';
  readonly slipped: 'attention' | 'untargeted' | 'targeted';
  /** For bugs of projects that plan no releases at all. */
  readonly unplanned: 'undecided' | 'untargeted';
}

/** The one criterion that every policy shares: is this a bug that nobody plans to fix? */
export function targetFinding(bug: Bug, targetClass: TargetClass, treat: Treatment): Finding {
  const names = targetNames(bug.targets);
  const list = names.join(', ');
  const data = { class: targetClass, names };
  switch (targetClass) {
    case 'untargeted':
      return finding(true, 'no target release', data);
    case 'targeted':
      return finding(false, `planned for ${list}`, data);
    case 'slipped':
      return finding(treat.slipped === 'untargeted', `${list} is over, and it is still open`, data);
    case 'parked':
      return finding(treat.parked === 'untargeted', `only parked in ${list}`, data);
    case 'unknown':
      return unknownFinding(bug, treat, data);
  }
}

function unknownFinding({ targets }: Bug, treat: Treatment, data: Finding['data']): Finding {
  if (targets !== 'unplanned') return { outcome: 'unknown', message: 'its target release could not be read', data };
  const message = 'its project plans no releases at all, so that no bug in it can have a target';
  return treat.unplanned === 'untargeted' ? finding(true, message, data) : { outcome: 'unknown', message, data };
}
