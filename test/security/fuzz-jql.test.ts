import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { bugsJql, issuesJql, jqlProblem, selectedJql } from '../../src/trackers/jira/reading/jql.js';
import { parseJql } from '../fakes/jira/jql/parser.js';
import { mutated, outcome, PATIENCE, promptly, text, times } from './runs.js';

/** What a query takes: no control characters, which are refused. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is refused
const isRefused = (value: string): boolean => /[\u0000-\u001f\u007f]/.test(value);

const names = fc.array(text, { minLength: 1, maxLength: 3 });

const literals = (values: readonly string[]) => ({ type: 'list', items: values.map((one) => ({ type: 'value', text: one })) });

describe('read by a parser of JQL that is not ours', () => {
  test('every name is one literal, and the query has no other parts', { timeout: PATIENCE }, () => {
    fc.assert(
      fc.property(names, names, (projects, types) => {
        const size = [...projects, ...types].join('').length;
        const found = outcome(size, () => bugsJql({ projects, types }));
        expect('refused' in found).toBe([...projects, ...types].some(isRefused));
        if ('refused' in found) return;
        expect(parseJql(found.result)).toMatchObject({
          where: {
            type: 'and',
            clauses: [
              { field: 'project', operator: 'in', operand: literals(projects) },
              { field: 'issuetype', operator: 'in', operand: literals(types) },
              { field: 'statusCategory', operator: '!=', operand: { text: 'Done' } },
            ],
          },
          orderBy: [{ field: 'created' }, { field: 'key' }],
        });
      }),
      times(300),
    );
  });

  test('so is every key', { timeout: PATIENCE }, () => {
    fc.assert(
      fc.property(names, (keys) => {
        const found = outcome(keys.join('').length, () => issuesJql(keys));
        if ('result' in found) expect(parseJql(found.result).where).toMatchObject({ field: 'key', operand: literals(keys) });
        else expect(keys.some(isRefused)).toBe(true);
      }),
      times(200),
    );
  });

  const condition = fc.constantFrom(
    ...['component != Legacy', 'labels in (a, "b c") OR NOT (votes > 1)', `summary ~ 'it\\'s (' AND key = "A-1"`],
    ...['a = 1 ORDER BY rank', 'x = ")" OR y = "\\""', '(a = 1) OR (b = 2)'],
  );

  test('a condition is refused, or one more clause that only narrows', { timeout: PATIENCE }, () => {
    fc.assert(
      fc.property(fc.oneof(condition, mutated(condition), text), (jql) => {
        const problem = promptly(jql.length, () => jqlProblem(jql));
        const found = outcome(jql.length, () => bugsJql({ projects: ['ERP'], types: ['Bug'], jql }));
        expect('refused' in found).toBe(problem !== null);
        if ('refused' in found) return;
        expectNarrowed(found.result, 3);
        expectNarrowed(selectedJql('ERP-1', jql), 1);
      }),
      times(500),
    );
  });
});

/** Our own clauses first, joined by AND to at most one more; what Jira would refuse selects nothing at all. */
function expectNarrowed(query: string, ours: number): void {
  const { where } = readable(query) ?? {};
  if (!where) return;
  const clauses = where.type === 'and' ? where.clauses : [where];
  const fields = clauses.slice(0, ours).map((clause) => (clause.type === 'terminal' ? clause.field : clause.type));
  expect(fields).toEqual(ours === 1 ? ['key'] : ['project', 'issuetype', 'statusCategory']);
  expect(clauses.length).toBeLessThanOrEqual(ours + 1);
}

function readable(query: string): ReturnType<typeof parseJql> | null {
  try {
    return parseJql(query);
  } catch {
    return null;
  }
}
