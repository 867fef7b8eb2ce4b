import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { inProcess } from '../e2e/in-process.js';
import { emptyFolder } from '../e2e/program.js';
import { inTheMiddle, type Middle } from './middle.js';
import { folderFor, KINDS, type Kind, NOW, openPlace } from './places.js';
import { FACTOR, PATIENCE } from './runs.js';

/** One as they are, and one of all that JSON, HTML, Markdown, addresses and logs escape. */
const TOKENS = [
  'ghp_Rk3vXq81mZt0LwYb57NdEa2HsUcJf9OiPg64',
  `q7::err##[grp]"w"\\n<b>&lt;|\`$&%41'*_~@me#12+/=ÿ`.replace('ÿ', 'Zx9'),
];

/** All that would give a token away: a good part of it, plain or as quotations, addresses and headers have it. */
function piecesOf(token: string): string[] {
  const base64 = Buffer.from(token).toString('base64');
  const forms = [token, JSON.stringify(token).slice(1, -1), encodeURIComponent(token), base64, forHtml(token)];
  return forms.flatMap((form) => Array.from({ length: form.length - 13 }, (_, at) => form.slice(at, at + 14)));
}

const forHtml = (token: string): string => token.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');

/** The pieces of a token in all that was printed or written. */
function leaks(token: string, ...texts: readonly string[]): string[] {
  const found = piecesOf(token).filter((piece) => texts.some((text) => text.includes(piece)));
  const [first] = found;
  const where = texts.flatMap((text) => (first === undefined ? [] : text.split('\n').filter((line) => line.includes(first))));
  return found.length > 0 ? [...where, `${found.length} pieces`] : [];
}

/** The texts of all files in a folder and below. */
function filesIn(folder: string): string[] {
  return readdirSync(folder).flatMap((name) => {
    const path = join(folder, name);
    return statSync(path).isDirectory() ? filesIn(path) : [`${name}\n${readFileSync(path, 'utf8')}`];
  });
}

const OUT = ['json', 'md', 'html', 'csv', 'ndjson', 'txt'].flatMap((ending) => ['-o', `out.${ending}`]);

/** Every command, in an order in which each has something to do. */
const commandsFor = (ref: string): readonly (readonly string[])[] => [
  ['report', '--verbose', ...OUT],
  ['report', '--format', 'agenda'],
  ['explain', ref, '--verbose'],
  ['explain', ref, '--json'],
  ['doctor', '--verbose'],
  ['doctor', '--json'],
  ['snapshot', '-o', 'backlog.ndjson', '--all', '--verbose'],
  ['prune', '--yes', '--verbose', ...OUT],
  ['history', '--outcomes'],
  ['undo', '--yes', '--verbose'],
  ['undo', '--json', '--yes'],
];

interface Heard {
  readonly said: string;
  readonly codes: readonly (number | null)[];
}

/** Runs all commands, and gives everything that was printed or written. */
async function everything(kind: Kind, token: string, to: (middle: Middle, folder: string) => string): Promise<Heard> {
  await using place = await openPlace(kind, token);
  await using middle = await inTheMiddle(place.url, false);
  const cwd = folderFor(place, middle.url);
  const url = to(middle, cwd);
  const summary = join(cwd, 'summary.md');
  const env = { ...place.env(url), GITHUB_STEP_SUMMARY: summary };
  const heard: string[] = [];
  const codes: (number | null)[] = [];
  for (const words of commandsFor(place.proposed[0] ?? '')) {
    const { code, stdout, stderr } = await inProcess([...words, '--now', NOW], { cwd, env });
    heard.push(`$ ${words.join(' ')}\n${stdout}\n${stderr}`);
    codes.push(code);
  }
  const elsewhere = emptyFolder();
  const source = kind === 'GitHub' ? `${url}/acme/app` : `${url}/browse/ERP-1`;
  const { stdout, stderr } = await inProcess(['init', source], { cwd: elsewhere, env, answer: ['', '', '', '', 'y'] });
  return { said: [...heard, stdout, stderr, ...filesIn(cwd), ...filesIn(elsewhere)].join('\n'), codes };
}

/** What quotes a token in each form, and in the place where a long message is cut off. */
const quotations = (token: string): string[] => [
  `you sent ${token} (${Buffer.from(token).toString('base64')}) as ?access_token=${encodeURIComponent(token)}`,
  ...[188, 288, 488].map((length) => `${'x '.repeat(length / 2)}${token}`),
  `headers: ${JSON.stringify({ authorization: `token ${token}` })}`,
];

/** The words of an answer as a kind of tracker says them. */
const bodyOf = (kind: Kind, words: string): string =>
  kind === 'GitHub'
    ? JSON.stringify({ message: words, errors: [{ message: words }] })
    : JSON.stringify({ errorMessages: [words], errors: { comment: words } });

describe.each(KINDS)('the token for %s', (kind) => {
  test('is nowhere while all goes well', async () => {
    for (const token of TOKENS) {
      const { said, codes } = await everything(kind, token, (middle) => middle.url);
      expect(codes).toEqual(commandsFor('').map(() => 0));
      expect(said).toContain('Taken back');
      expect(leaks(token, said)).toEqual([]);
    }
  });

  test('is nowhere when answers quote it, in whatever form and place', { timeout: PATIENCE }, async () => {
    for (const token of TOKENS) {
      for (const [index, words] of quotations(token).entries()) {
        for (const status of FACTOR > 1 ? STATUSES : [STATUSES[index % STATUSES.length]]) {
          const { said } = await everything(kind, token, (middle) => {
            // The first answers are good: what fails later is told in other places. Nobody can quote what was not sent.
            const change = { status, body: bodyOf(kind, words), headers: headersOf(words) };
            middle.change(({ sent }, count) => (sent !== '' && count > index * 2 ? change : {}));
            return middle.url;
          });
          expect(leaks(token, said), `${status}: ${words}`).toEqual([]);
        }
      }
    }
  });

  test('is nowhere when a site calls our account by it', async () => {
    for (const token of TOKENS) {
      const { said } = await everything(kind, token, (middle) => {
        const name = JSON.stringify(token);
        middle.change(({ line, body }) => ({
          body: line.includes('/myself')
            ? body.replace(/"displayName":"[^"]*"/, () => `"displayName":${name}`)
            : body.replaceAll('"login":"octocat"', () => `"login":${name}`),
        }));
        return middle.url;
      });
      expect(said).toContain('[secret]');
      expect(leaks(token, said)).toEqual([]);
    }
  });

  test('goes to no other host, wherever answers lead', async () => {
    await using other = await openPlace(kind, TOKENS[0]);
    await using elsewhere = await inTheMiddle(other.url, false);
    for (const [index, status] of [301, 302, 303, 307, 308].entries()) {
      const { codes } = await everything(kind, TOKENS[0] ?? '', (middle) => {
        middle.change(({ line }, count) =>
          count > index ? { status, body: '', headers: { location: elsewhere.url + line.split(' ')[1] } } : {},
        );
        return middle.url;
      });
      expect(codes.some((code) => code === 3 || code === 4 || code === 5)).toBe(true);
    }
    expect(elsewhere.passed()).toBe(0);
  });

  test('in an address is refused, and not shown; so is an address that is not safe', async () => {
    await using place = await openPlace(kind);
    for (const token of TOKENS) {
      const inUrl = place.url.replace('//', `//lead:${encodeURIComponent(token)}@`);
      for (const url of [inUrl, inUrl.replace('lead:', ''), place.url.replace('127.0.0.1', 'tracker.example')]) {
        const cwd = folderFor(place, url);
        for (const words of commandsFor('acme/app#1')) {
          const { code, stdout, stderr } = await inProcess(words, {
            cwd,
            env: place.env(place.url),
            remote: `${inUrl}/acme/app.git`,
          });
          expect(code, stderr).toBe(2);
          expect(leaks(token, stdout, stderr)).toEqual([]);
        }
        const said = await inProcess(['report', `${url}/acme/app/x`], {
          cwd: emptyFolder(),
          env: place.env(place.url),
          remote: inUrl,
        });
        expect(leaks(token, said.stdout, said.stderr)).toEqual([]);
      }
    }
    expect(place.writes()).toBe(0);
  });

  test('is nowhere when the connection breaks', async () => {
    const token = TOKENS[1] ?? '';
    const { said, codes } = await everything(kind, token, (middle) => {
      middle.change((_, count) => (count > 3 ? 'break' : {}));
      return middle.url;
    });
    expect(codes).toContain(4);
    expect(leaks(token, said)).toEqual([]);
  });
});

const STATUSES = [401, 403, 422, 429, 500];

const headersOf = (words: string): Record<string, string> => ({
  'content-type': 'application/json',
  'retry-after': '99999',
  'x-github-sso': `required; url=https://github.com/orgs/acme/sso?${encodeURI(words)}`,
  'ratelimit-reason': encodeURI(words),
});
