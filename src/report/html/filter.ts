import type { Report } from '../document.js';
import { type Group, kindsOf, type Register } from './groups.js';
import { markup, type Piece } from './markup.js';

/** The bar to search and filter with. Only the script shows it: without one, it could do nothing. */
export function filterBar(report: Report, groups: readonly Group[], { trackers, owners }: Register): Piece {
  if (report.bugs.length === 0) return null;
  const names = Object.entries(kindsOf(report)).filter(([kind]) => groups.some((group) => group.kind === kind));
  const numbered = (list: readonly string[]) => list.map((name, index) => [`${index}`, name] as const);
  return markup`<form id="filter" role="search" aria-label="Bugs" hidden>
<label>Search <input type="search" name="words" autocomplete="off" spellcheck="false"></label>
${choice('Verdict', 'kind', 'any', names)}${trackers.length > 1 ? choice('Tracker', 'tracker', 'any', numbered(trackers)) : null}${
  owners.length > 0 ? choice('Owner', 'owner', 'anybody', [...numbered(owners), ['none', 'Unassigned']]) : null
}<button type="reset">Clear</button>
<output aria-live="polite"></output>
</form>
`;
}

function choice(label: string, name: string, all: string, values: readonly (readonly [string, string])[]): Piece {
  const options = values.map(([value, text]) => markup`<option value="${value}">${text}</option>`);
  return markup`<label>${label} <select name="${name}"><option value="">${all}</option>${options}</select></label>\n`;
}
