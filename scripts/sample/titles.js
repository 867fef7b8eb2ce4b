import { AREAS, CONDITIONS, CRASHES, PLATFORMS } from './words.js';

/** Reports that no grammar would write. */
const BY_HAND = [
  ['area: editor', '日本語入力中に変換候補ウィンドウが画面の外に表示される'],
  ['area: editor', '한글 입력 시 마지막 글자가 두 번 입력됩니다'],
  ['area: search', '搜索结果不包含全角字符（例如“ＡＢＣ”）'],
  ['area: editor', 'Emoji with skin tone 👩🏽‍🚀 counts as seven characters'],
  ['area: notifications', 'Reaction 🎉 arrives as a question mark in the mail digest'],
  ['area: export', 'Export einer Datei mit „Umlauten“ im Namen schlägt fehl'],
  ['area: charts', 'Chart labels in Arabic (العربية) are drawn letter by letter'],
  ['area: settings', '🐛 theme picker: "Système" appears twice'],
  ['area: calendar', '週の始まりを月曜日にしても日曜日から表示される'],
  ['area: attachments', 'File “résumé – final (2) 📎.pdf” cannot be downloaded'],
  [
    'area: sync',
    'After a sync conflict between three devices, one of which was offline for more than 30 days, the merged document contains the oldest paragraph order although the conflict dialog promised to keep the newest one',
  ],
  [
    'area: export',
    'PDF export of documents that contain landscape tables inside two-column sections on pages with different margins rotates only the table header, so that the columns no longer match their captions (see attached sample, page 14)',
  ],
  [
    'area: accessibility',
    'When the operating system is set to 200% text size and reduced motion, every dialog that is opened from the keyboard is announced twice, first in English and then in the language of the user interface',
  ],
  [
    'area: api',
    'Token refresh returns 401 for exactly one minute if the old token expired while the refresh request was already on its way and the client clock is ahead of the server clock by more than the allowed skew',
  ],
  ['area: search', 'search is broken'],
  ['area: performance', 'slow'],
  ['area: installer', 'Update says "You are up to date" and offers an update'],
  ['area: sign-in', 'Cannot sign in. Please help'],
  ['area: editor', 'Cursor *moves backwards* while typing `<b>` tags'],
  ['area: api', 'Webhook body contains "undefined" as project name'],
  ['area: settings', 'Shortcut Ctrl+Shift+P does two things at once'],
  ['area: import', 'Import of 1,048,577 rows silently drops one'],
  ['area: attachments', 'Preview of a 0-byte file spins for ever'],
  ['area: charts', '=SUM(A1:A9) is shown as text in the chart editor'],
  ['area: printing', 'Printing on A4 uses Letter margins, part II'],
];

/** For bugs that deserve the label `security`. */
export const SECURITY = [
  ['area: sign-in', 'Password reset link works a second time'],
  ['area: sign-in', 'Session survives a change of password'],
  ['area: search', 'Guests can guess project names through the search box'],
  ['area: attachments', 'Uploaded SVG is shown with its scripts enabled'],
  ['area: api', 'API key ends up in the browser history'],
  ['area: settings', 'Error page names internal hosts'],
].map(([area, title]) => ({ area, title }));

/** Takes no more titles than there are; all of them differ. Each comes with the label of its area. */
export function makeTitles(random, count) {
  const pairs = AREAS.flatMap(({ label, things, symptoms }) =>
    things.flatMap((thing) => symptoms.map((symptom) => ({ label, thing, symptom }))),
  );
  const composed = random
    .shuffled(pairs)
    .map(({ label, thing, symptom }) => [label, phrase(random, label, `${thing} ${symptom}`)]);
  const crashes = CRASHES.map((crash) => [random.pick(AREAS).label, `${crash} ${random.pick(CONDITIONS)}`]);
  const special = [...BY_HAND, ...crashes];
  const titles = [...special, ...composed.slice(0, count - special.length)];
  return random.shuffled(titles).map(([area, title]) => ({ area, title }));
}

function phrase(random, area, plain) {
  const style = random.next();
  if (style < 0.5) return `${plain} ${random.pick(CONDITIONS)}`;
  if (style < 0.72) return plain;
  if (style < 0.82 && area !== 'area: installer') return `[${random.pick(PLATFORMS)}] ${plain}`;
  if (style < 0.89) return `${plain} (worked before)`;
  if (style < 0.95) return lowerFirst(`${plain} ${random.pick(CONDITIONS)}`);
  return `${plain}. Again!`;
}

/** As people type; abbreviations and proper names keep their capitals. */
function lowerFirst(text) {
  return /^[A-Z][a-z]/.test(text) ? text[0].toLowerCase() + text.slice(1) : text;
}
