import type { AgendaItem } from './agenda.js';

/** What lies before so many bugs: `14 close on 2026-11-29 unless they get a target release`. */
export function aheadOf({ kind, closesOn, bugs }: AgendaItem): string {
  const one = bugs.length === 1;
  const number = bugs.length;
  const rescue = `unless ${one ? 'it gets' : 'they get'} a target release`;
  const close = one ? 'closes' : 'close';
  switch (kind) {
    case 'attention':
      return `${number} ${one ? 'needs' : 'need'} attention`;
    case 'ageing':
      return `${number} ${close} ${closesOn === null ? 'when the warning has aged' : `on ${closesOn}`} ${rescue}`;
    case 'trouble':
      return `${number} not done`;
    case 'close':
      return `${number} ${close} at the next prune ${rescue}`;
    case 'closed':
      return `${number} closed`;
    case 'warn':
      return `${number} ${one ? 'is' : 'are'} warned at the next prune, and ${close} ${closesOn === null ? 'later' : `on ${closesOn}`} ${rescue}`;
  }
}
