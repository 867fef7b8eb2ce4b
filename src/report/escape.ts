/** Never seen, never wide: breaks what a machine would read as one word. */
const INVISIBLE = '\u2060';

/** What moves the cursor, ends a line or turns the reading direction. */
const CONTROL = /[\p{Cc}\p{Zl}\p{Zp}\p{Bidi_Control}]/gu;

/** One line: mapping a bug has done this before, but a report may have been edited, and failures quote what servers say. */
function oneLine(text: string): string {
  return text.replace(CONTROL, ' ');
}

/**
 * One line for a terminal or a CI log: no control characters, and no log command of a CI system (`::error::` at the start of a line,
 * `##[error]`, `##vso[`, `##teamcity[` anywhere in it).
 */
export function forTerminal(text: string): string {
  return oneLine(text)
    .replace(/:(?=:)/g, `:${INVISIBLE}`)
    .replace(/#(?=#[[a-z])/gi, `#${INVISIBLE}`);
}

/** The same for a text of several lines. */
export function linesForTerminal(text: string): string {
  return text.split('\n').map(forTerminal).join('\n');
}

/** For one cell of Markdown: no markup, no HTML, no link, no mention, no reference, no emoji shortcode, no log command. */
export function forMarkdown(text: string): string {
  return withoutMarkup(text)
    .replace(/[@#]|:(?=[\w+-]*:)|\bGH(?=-\d)/gi, `$&${INVISIBLE}`)
    .replace(/\b(https?|ftp|www)(?=[.:])/gi, `$1${INVISIBLE}`);
}

/** A link in Markdown; only the text where the address may not be followed. Inside a link nothing is a reference, and a ref can be copied. */
export function markdownLink(text: string, address: string): string {
  const url = safeUrl(address);
  return url ? `[${withoutMarkup(text).replace(/@|:(?=:)/g, `$&${INVISIBLE}`)}](${url})` : forMarkdown(text);
}

/** Code in Markdown, to be copied: nothing in it is live. */
export function markdownCode(text: string): string {
  const code = oneLine(text);
  const fence = '`'.repeat(Math.max(0, ...(code.match(/`+/g) ?? []).map((run) => run.length)) + 1);
  const padding = code.startsWith('`') || code.endsWith('`') ? ' ' : '';
  return `${fence}${padding}${code}${padding}${fence}`;
}

function withoutMarkup(text: string): string {
  return oneLine(text)
    .replace(/&/g, '&amp;')
    .replace(/</g, '&lt;')
    .replace(/>/g, '&gt;')
    .replace(/[\\`*_{}[\]()|~!^$]/g, '\\$&');
}

/** The address, if it is one that may be followed; nothing for any other scheme. Safe inside Markdown's `(…)`, and no log command. */
export function safeUrl(url: string): string | null {
  if (!URL.canParse(url)) return null;
  const parsed = new URL(url);
  if (parsed.protocol !== 'https:' && parsed.protocol !== 'http:') return null;
  return parsed.href.replace(
    /[()<>|\\"'`\s]|(?<=#)#/g,
    (character) => `%${character.charCodeAt(0).toString(16).padStart(2, '0')}`,
  );
}

const UNCLEAN = /[\u007f-\u009f\p{Zl}\p{Zp}\p{Bidi_Control}]/u;

/** For JSON that may pass through a terminal or a CI log: the same values, with no control character and no log command in its bytes. */
export function forJson(json: string): string {
  // Nearly all texts are clean, and looking back at every character takes as long as making the JSON.
  if (!UNCLEAN.test(json) && !json.includes('::') && !json.includes('##')) return json;
  return json.replace(
    /[\u007f-\u009f\p{Zl}\p{Zp}\p{Bidi_Control}]|(?<=:):|(?<=#)#(?=[[a-z])/giu,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
  ':': '&#58;',
  '#': '&#35;',
};

/** For HTML, as text and inside a quoted attribute: no markup, and no log command where the page is printed to a CI log. Reads as it was. */
export function forHtml(text: string): string {
  return oneLine(text).replace(/[&<>"']|(?<=:):|(?<=#)#/g, (character) => ENTITIES[character] ?? '');
}

/** What begins a formula in a spreadsheet, full width as well; programs look for it behind blanks and quotes too. */
const FORMULA = /^([\s\p{Cf}"']*)(?=[=+\-@＝＋－＠])/u;

/** The same behind a semicolon: there a cell begins for spreadsheets in languages in which the comma is the decimal sign. */
const LATER_FORMULA = /(;[\s\p{Cf}"']*)(?=[=+\-@＝＋－＠])/gu;

const NUMBER = /^[-+]?\d+(\.\d+)?$/;

/** Needs no quotes, in whatever language the spreadsheet is, and begins no log command. */
const PLAIN = /^(?!:)[\w./#:-]*$/;

/**
 * One cell of CSV (RFC 4180), on one line. Text that a spreadsheet would take for a formula gets an apostrophe in front of the sign that
 * begins it, which shows; a number such as `-5` calculates nothing and stays as it is, as does everything else. A line that begins with
 * `::` is a command to a CI system, so what may begin one is quoted, and `##[` and its like, which count anywhere, are broken.
 */
export function forCsv(text: string): string {
  const line = oneLine(text).replace(/#(?=#[a-z.]*\[)/gi, `#${INVISIBLE}`);
  const cell = NUMBER.test(line) ? line : line.replace(FORMULA, "$1'").replace(LATER_FORMULA, "$1'");
  return PLAIN.test(cell) ? cell : `"${cell.replaceAll('"', '""')}"`;
}
