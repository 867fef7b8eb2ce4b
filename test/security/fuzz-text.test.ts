import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { recognize, understandRef } from '../../src/config/source.js';
import { renderComment, templateProblems } from '../../src/model/comment.js';
import { parseDuration } from '../../src/model/duration.js';
import { toInstant } from '../../src/model/instant.js';
import { jsonPlace } from '../../src/model/json-place.js';
import { cleanText, foldName, nameMatcher } from '../../src/model/text.js';
import { bugFit, severest, soundsInProgress, soundsParked } from '../../src/model/vocabulary.js';
import { parseSnooze } from '../../src/report/snooze.js';
import { aBug } from '../../src/testing.js';
import { parseRef } from '../../src/trackers/github/ref.js';
import { parseMarker, remark, withMarker } from '../../src/trackers/github/writing/marker.js';
import { DESCRIPTORS } from '../../src/trackers/index.js';
import { plainWords } from '../../src/trackers/jira/closing/adf.js';
import { readMarks } from '../../src/trackers/jira/closing/marks.js';
import { damage, damaged } from './damage.js';
import { expectCleanPrototypes, mutated, outcome, PATIENCE, promptly, text, times } from './runs.js';

const NOW = '2026-11-22T09:00:00Z';

describe('any text is read, or is none, as', () => {
  const good = fc.constantFrom(
    '36h',
    '6w',
    '3mo',
    '1y',
    NOW,
    '2026-11-22T09:00:00.123+0200',
    '2026-02-28',
    'forever',
    '2027-03-01',
  );
  const given = fc.oneof(good, mutated(good), text);

  test('a duration, written as it was read', { timeout: PATIENCE }, () => {
    fc.assert(
      fc.property(given, (one) => {
        const duration = promptly(one.length, () => parseDuration(one));
        if (duration) expect(`${duration.count}${duration.unit}`).toBe(one);
      }),
      times(1500),
    );
  });

  test('an instant that there is, in the one form in which instants compare', { timeout: PATIENCE }, () => {
    fc.assert(
      fc.property(given, (one) => {
        const at = promptly(one.length, () => toInstant(one));
        if (at === null) return;
        expect(new Date(at).toISOString()).toBe(at.replace('Z', '.000Z'));
        expect(Math.abs(Date.parse(at) - Date.parse(one))).toBeLessThan(1000);
      }),
      times(1500),
    );
  });

  test('the end of a snooze', { timeout: PATIENCE }, () => {
    fc.assert(
      fc.property(given, (one) => {
        const until = promptly(one.length, () => parseSnooze(one, NOW));
        if (until !== null && until !== 'forever') expect(toInstant(until)?.slice(0, 10)).toBe(until);
      }),
      times(700),
    );
  });
});

describe('whatever is pasted', () => {
  const addresses = fc.constantFrom(
    ...[
      'https://github.com/acme/app/issues/12',
      'git@github.com:acme/app.git',
      'ssh://git@github.com:22/acme/app',
      'acme/app#12',
    ],
    ...['github:acme', 'https://ghe.example.com/acme/app', 'https://acme.atlassian.net/browse/ERP-12', 'jira:acme/ERP-12'],
    ...['https://acme.atlassian.net/jira/software/c/projects/ERP/boards/3?selectedIssue=ERP-12', 'backlog.ndjson'],
    ...['file:///tmp/backlog.ndjson', 'http://127.0.0.1:8080/jira/projects/ERP/issues/ERP-1', 'https://u:p@github.com/acme/app'],
  );
  const given = fc.oneof(addresses, mutated(addresses), text);
  const variables = fc.constantFrom(
    {},
    { GITHUB_API_URL: 'https://ghe.example.com/api/v3', GITHUB_SERVER_URL: 'https://ghe.example.com' },
  );
  const files = fc.boolean();

  test('is a source with good settings, or refused in words', { timeout: PATIENCE }, () => {
    fc.assert(
      fc.property(given, variables, files, (one, vars, isThere) => {
        const context = { variables: vars, isFile: () => isThere };
        const found = outcome(one.length, () => recognize(one, DESCRIPTORS, context));
        if (!('result' in found)) return;
        const { settings, ref } = found.result;
        const descriptor = DESCRIPTORS.find(({ type }) => type === settings.type);
        const parsed = descriptor?.settings.safeParse(settings);
        if (parsed?.success)
          expect(addressOf(parsed.data)).toMatch(/^https:\/\/[^@]*$|^http:\/\/(localhost|127\.|\[::1\])[^@]*$/);
        if (ref !== undefined && settings.type === 'github') expect(parseRef(ref)).toBeDefined();
        expectCleanPrototypes(settings);
      }),
      times(2500),
    );
  });

  test('is a ref, or taken for one and asked for', { timeout: PATIENCE }, () => {
    fc.assert(
      fc.property(given, (one) => {
        const { ref } = promptly(one.length, () => understandRef(one, DESCRIPTORS, { variables: {}, isFile: () => false }));
        const address = outcome(one.length, () => parseRef(ref));
        if ('result' in address) expect(`${address.result.owner}/${address.result.repo}`).toMatch(/^[\w-]+\/(?!\.\.?$)[\w.-]+$/);
      }),
      times(1000),
    );
  });
});

/** Where settings send credentials. */
function addressOf(settings: unknown): string {
  return String(Reflect.get(Object(settings), 'url') ?? 'https://api.github.com');
}

test('names, patterns and words are compared in no time, whatever they are', { timeout: PATIENCE }, () => {
  const stars = fc
    .array(fc.oneof(fc.constant('*'), fc.constant('a'), fc.constant('*a*a*a'), text), { maxLength: 12 })
    .map((all) => all.join(''));
  fc.assert(
    fc.property(fc.array(stars, { maxLength: 4 }), text, (patterns, name) => {
      promptly(patterns.join('').length + name.length, () => {
        const matches = nameMatcher(patterns);
        expect(matches(name)).toBe(matches(` ${foldName(name)} `));
        for (const one of patterns) if (!one.includes('*')) expect(matches(one)).toBe(true);
        return [bugFit(name), soundsParked(name), soundsInProgress(name), severest([name, ...patterns])];
      });
    }),
    times(700),
  );
});

test('a text is cleaned once and for all', { timeout: PATIENCE }, () => {
  fc.assert(
    fc.property(text, (one) => {
      const clean = promptly(one.length, () => cleanText(one));
      expect(cleanText(clean)).toBe(clean);
      expect(clean).not.toMatch(/[\p{Cc}\p{Bidi_Control}\u2028\u2029]/u);
    }),
    times(1000),
  );
});

test('a template is refused in words, or filled with facts alone', { timeout: PATIENCE }, () => {
  const template = fc.constantFrom(
    'no plan for {{untargetedFor}} under "{{policy}}"',
    '{{ref}} {{votes}} {{ closesOn }}',
    'mail `@mona` {{ref}}',
  );
  const bug = aBug({ title: 'TITLE @mona #1 <b>', history: 'complete' });
  fc.assert(
    fc.property(fc.oneof(mutated(template), text), (one) => {
      promptly(one.length, () => {
        if (templateProblems(one).length > 0) return;
        const comment = renderComment(one, { bug, policy: 'untargeted', warn: null, now: NOW });
        expect(comment).not.toMatch(/\{\{|undefined|\[object|function/);
        expect(comment.replace(/(`+)[^`\n]+\1/g, '')).not.toMatch(/(^|[\s(])@mona/);
        if (!one.includes('TITLE')) expect(comment).not.toContain('TITLE');
      });
    }),
    times(1000),
  );
});

describe('what somebody writes where our marks stand', () => {
  const mark = { run: '20261122T090000Z-3f9a2c', action: 'close', policy: 'untargeted' } as const;
  const comments = fc.constantFrom(
    withMarker('Closed.', mark),
    withMarker('Later.', { ...mark, action: 'snooze', until: '2027-03-01' }),
  );

  test('in a comment of GitHub is a mark in its one form, or none', { timeout: PATIENCE }, () => {
    fc.assert(
      fc.property(fc.oneof(mutated(comments), text), (body) => {
        const found = promptly(body.length, () => parseMarker(body.replace(/\p{Surrogate}/gu, '?')));
        expectCleanPrototypes(found);
        if (found === null && !/\p{Surrogate}/u.test(body)) expect(remark(body, 'undo')).toBe(body);
        if (found) expect(parseMarker(withMarker('x', found))).toEqual(found);
      }),
      times(1500),
    );
  });

  test('in a property of Jira is marks, or none', { timeout: PATIENCE }, () => {
    const property = [
      { ...mark, at: NOW, comment: '10001', words: 'abc' },
      { ...mark, action: 'warn', at: NOW, after: '1' },
    ];
    fc.assert(
      fc.property(fc.array(damage, { maxLength: 3 }), (damages) => {
        const json = damaged(property, damages);
        const marks = promptly(json.length, () => readMarks(JSON.parse(json)));
        for (const one of marks) expect(toInstant(one.at)).toBe(one.at);
        expectCleanPrototypes(marks);
      }),
      times(400),
    );
  });

  test('in a document of Jira Cloud has words, however deep it is', { timeout: PATIENCE }, () => {
    const document = {
      type: 'doc',
      version: 1,
      content: [{ type: 'paragraph', content: [{ type: 'text', text: 'Closed.' }, { type: 'hardBreak' }] }],
    };
    fc.assert(
      fc.property(fc.array(damage, { maxLength: 3 }), (damages) => {
        const json = damaged(document, damages);
        expect(typeof promptly(json.length, () => plainWords(JSON.parse(json)))).toBe('string');
      }),
      times(400),
    );
  });

  test('in a document nested as deep as a request is long ends nothing', () => {
    const deep = `${'{"type":"panel","content":['.repeat(20_000)}{"type":"text","text":"x"}${']}'.repeat(20_000)}`;
    expect(promptly(deep.length, () => plainWords(JSON.parse(deep)))).toBe('');
  });
});

test('the place of a mistake in JSON is within the text', { timeout: PATIENCE }, () => {
  const good = fc.jsonValue({ maxDepth: 3 }).map((value) => JSON.stringify(value, null, 1));
  fc.assert(
    fc.property(fc.oneof(mutated(good), text), (one) => {
      const place = promptly(one.length, () => jsonPlace(one));
      if (place) expect(place.line).toBeLessThanOrEqual(one.split('\n').length);
    }),
    times(700),
  );
});
