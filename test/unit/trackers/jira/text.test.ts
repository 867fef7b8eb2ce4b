import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { plainWords, toAdf } from '../../../../src/trackers/jira/closing/adf.js';
import { splitLinks } from '../../../../src/trackers/jira/closing/links.js';
import { toWiki } from '../../../../src/trackers/jira/closing/wiki.js';
import { isAdf } from '../../../fakes/jira/adf.js';

const HOSTILE = '[~admin] @bob {code}x{code} *bold* !img.png! [link|http://evil.test] h1. \\ ~x~ (!) -- ??a?? &lt;b&gt;';

describe('links', () => {
  test.each([
    ['see https://acme.test/a?b=c#d.', ['see ', '<https://acme.test/a?b=c#d>', '.']],
    ['(https://acme.test/x) and http://b.test', ['(', '<https://acme.test/x>', ') and ', '<http://b.test>']],
    ['https:// is none, nor javascript:alert(1)', ['https:// is none, nor javascript:alert(1)']],
    ['<https://acme.test>', ['<', '<https://acme.test>', '>']],
    ['', []],
  ])('in %j', (line, pieces) => {
    expect(splitLinks(line).map(({ text, href }) => (href ? `<${text}>` : text))).toEqual(pieces);
  });

  test('lose nothing of the line', () => {
    fc.assert(
      fc.property(fc.string(), fc.webUrl(), fc.string(), (before, url, after) => {
        const line = `${before}${url}${after}`;
        expect(
          splitLinks(line)
            .map(({ text }) => text)
            .join(''),
        ).toBe(line);
      }),
    );
  });
});

describe('documents', () => {
  test('have paragraphs, line breaks and links', () => {
    expect(toAdf('No target for 412 days.\nSee https://acme.test/why\n\n\nReopen it.')).toEqual({
      type: 'doc',
      version: 1,
      content: [
        {
          type: 'paragraph',
          content: [
            { type: 'text', text: 'No target for 412 days.' },
            { type: 'hardBreak' },
            { type: 'text', text: 'See ' },
            { type: 'text', text: 'https://acme.test/why', marks: [{ type: 'link', attrs: { href: 'https://acme.test/why' } }] },
          ],
        },
        { type: 'paragraph', content: [{ type: 'text', text: 'Reopen it.' }] },
      ],
    });
  });

  test('hold hostile text as text', () => {
    const nodes = toAdf(HOSTILE).content.flatMap(({ content }) => content);
    expect(new Set(nodes.map(({ type }) => type))).toEqual(new Set(['text']));
    expect(plainWords(toAdf(HOSTILE))).toBe(HOSTILE);
  });

  test('are always ones that Jira takes: no empty text, no unknown node', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary' }), (text) => isAdf(toAdf(text))));
  });

  test('keep their words whatever Jira wraps around them', () => {
    const text = 'One two\nthree\n\nfour';
    const stored = { ...toAdf(text), content: [...toAdf(text).content, { type: 'paragraph', content: [] }] };
    expect(plainWords(stored)).toBe(plainWords(toAdf(text)));
    expect(plainWords('One two\r\n three')).toBe('One two three');
    expect(plainWords(null)).toBe('');
  });
});

describe('wiki text', () => {
  test.each([
    ['[~admin]', '\\[\\~admin\\]'],
    ['{code} *b* _i_ !x!', '\\{code\\} \\*b\\* \\_i\\_ \\!x\\!'],
    ['a well-known bug - really', 'a well-known bug \\- really'],
    ['C:\\temp\\*', 'C:&#92;temp&#92;\\*'],
    ['two \\\\ are no line break', 'two &#92;&#92; are no line break'],
    ['h1. not a heading', '&#104;1. not a heading'],
    ['bq. not a quotation', '&#98;q. not a quotation'],
    ['&lt;b&gt; & c', '&amp;lt;b&amp;gt; & c'],
    ['see https://acme.test/a_b-c~d?e=f.', 'see https://acme.test/a_b-c~d?e=f.'],
    ['[x|https://evil.test]', '\\[x\\|https://evil.test\\]'],
    ['one\ntwo\n\n\nthree', 'one\ntwo\n\nthree'],
    ['@bob (c) 50%', '\\@bob \\(c\\) 50\\%'],
  ])('for %j', (text, wiki) => {
    expect(toWiki(text)).toBe(wiki);
  });

  test('has no markup in it, and shows what was meant', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme-ascii' }), (text) => {
        fc.pre(!text.includes('http'));
        const wiki = toWiki(text);
        expect(wiki.replace(/\\[!#%()*+?@[\]^_{|}~-]/g, '')).not.toMatch(/[!%()*+?@[\]^_{|}~\\]|&(?!#\d+;|amp;|\W|\w*(\W|$))/);
        expect(rendered(wiki)).toBe(text.replace(/ {2,}/g, ' ').trim());
      }),
      { numRuns: 2000 },
    );
  });
});

/** What the renderer makes of escaped text: entities are kept for the browser, backslashes before special characters vanish. */
function rendered(wiki: string): string {
  return wiki
    .replace(/\\([!#%()*+?@[\]^_{|}~-])/g, '$1')
    .replace(/&#(\d+);/g, (_, code: string) => String.fromCharCode(Number(code)))
    .replaceAll('&amp;', '&');
}
