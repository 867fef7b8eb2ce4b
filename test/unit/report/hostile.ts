import type { Report } from '../../../src/report/document.js';
import { aKept, anEntry, anUndecided, aReport, aTracker } from './given.js';

/** What titles, names and messages may hold that means something somewhere. */
export const HOSTILE = [
  '\u001b[31mred\u001b[0m \u001b]0;title\u0007 \u001b]8;;http://evil.example\u001b\\click\u001b]8;;\u001b\\ \u009b2J \u0008\u0008',
  'right\u202Eto left\u2066 isolate\u2069 \u200Fmark \u061C',
  'line\nfeed\r\n::error::x\u2028::warning::y\u2029::stop-commands::z\u0085::notice::u',
  '::error::x',
  '  ::set-output name=a::b',
  ':::error file=a::x',
  '##[error]x ###[group]y ##[add-path]z',
  '##vso[task.setvariable variable=a]b ##VSO[x] ##teamcity[message]',
  '@everyone @octocat hi@here team@acme/all @\u0000channel',
  '#123 acme/app#123 GH-123 gh-7 (#9)',
  '<script>alert(1)</script> <img src=x onerror=alert(1)> <!-- --> &lt;b&gt; &#64;octocat <a href="javascript:x">',
  '[a](javascript:alert(1)) ![x](http://e.example/p.png) [r]: http://e.example <http://e.example>',
  '| pipe | \\| more \\\\| |',
  '`code` ``two`` ``` three \\`',
  '*b* _i_ ~~s~~ **B** __B__ ^t^ $m$ {x}',
  'https://e.example www.e.example HTTP://E.example ftp://e.example mailto:a@b.example',
  ':tada: :+1: a:b:c',
  '=cmd|x +1 -1 @sum',
  '=HYPERLINK("http://e.example","click")',
  ' "=1+1',
  '＝1+1',
  'a;=1+1;"@sum',
  '-1+cmd|calc',
  '" onmouseover="window.hit=1" \' onfocus=\'window.hit=1',
  '</td></tr></table></script></style></title><svg onload="window.hit=1">',
  '<script>window.hit = 1</script><img src="x" onerror="window.hit=1"><iframe srcdoc="<script>parent.hit=1</script>">',
  '# heading\n\n- list\n\n> quote\n---',
];

/** Addresses, most of which must not be followed. */
export const URLS = [
  'javascript:alert(1)',
  'data:text/html,x',
  'https://e.example/a)b](c|d`e"f<g>\\h i',
  'https://e.example/##[error]x',
  'https://e.example/#a##vso[x]',
  'not a url ::error::x',
  'http://[::1]:8080/browse/A-1',
  '\u001b]8;;x',
];

/** A report in which every text is hostile: what a file that somebody edited, or a server that means harm, can bring. */
export function poisoned(text: string, url: string): Report {
  const parts = { ref: text, tracker: text, url, title: text, priority: text, assignees: [text, text] };
  const doubt = anUndecided(text, parts);
  const bugs = [
    anEntry({ ...parts, policy: text, comment: text }),
    anEntry({ ...parts, verdict: 'warn', comment: text }),
    aKept(text, { ...parts, attention: true, target: { class: 'slipped', names: [text] } }),
    { ...doubt, reasons: doubt.reasons.map((reason) => ({ ...reason, rule: text, policy: text, data: { [text]: [text] } })) },
    anEntry({ ...parts, result: { status: 'failed', detail: text } }),
    anEntry({ ...parts, result: { status: 'closed', detail: text } }),
  ];
  const tracker = aTracker({ name: text, type: text, as: text, complete: false, problems: [text, text], notes: [text] });
  const limits = { closes: 1, warnings: 0, by: 'share' } as const;
  return aReport(bugs, { trackers: [tracker], limits, run: text, tool: { name: 'bugprune', version: text }, policyDigest: text });
}

/** One report for each hostile text, before and after a prune. */
export const REPORTS = HOSTILE.flatMap((text, index) =>
  (['dry-run', 'prune'] as const).map((mode) => ({ ...poisoned(text, URLS[index % URLS.length] ?? ''), mode })),
);

/** Control characters besides line ends, and what turns the reading direction. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is looked for
export const CONTROL = /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]/u;
/** What CI systems obey: GitHub at the start of a line, Azure and TeamCity anywhere. */
export const LOG_COMMAND = /^\s*::|##\[|##vso\[|##teamcity\[/im;
