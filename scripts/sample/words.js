// What titles are made of. Every thing of an area goes with every symptom of that area.

/** Items stand one after the other, with a bar or a line break between them. */
const items = (text) =>
  text
    .split(/[|\n]/)
    .map((item) => item.trim())
    .filter((item) => item !== '');

const area = (label, things, symptoms) => ({ label, things: items(things), symptoms: items(symptoms) });

export const AREAS = [
  area(
    'area: editor',
    `
    Undo | Find and replace | The spell checker | Paste as plain text | The table editor | Multi-cursor selection`,
    `
    loses the last change | jumps to the top of the document | ignores everything after a footnote
    leaves the cursor one line too high | turns typographic quotes into question marks | freezes for several seconds`,
  ),
  area(
    'area: sync',
    `
    Background sync | The offline queue | Conflict resolution | The first sync of a large project | Sync over VPN
    Selective sync`,
    `
    never finishes | uploads the same file twice | silently drops renamed folders
    reports success although nothing was sent | keeps the CPU at 100% | brings deleted items back`,
  ),
  area(
    'area: export',
    `
    PDF export | CSV export | Export to Excel | The batch exporter | Image export | Markdown export`,
    `
    cuts off the last column | ignores the chosen page size | writes an empty file | fails with "unknown error 0x80"
    puts all headings in the wrong font | leaves out hidden rows without a word`,
  ),
  area(
    'area: import',
    `
    CSV import | The import wizard | Import of old projects | Drag-and-drop import | The address book importer
    Import of scanned pages`,
    `
    reads dates as month/day | stops at the first empty line | garbles accented characters
    creates every entry twice | runs out of memory | forgets the column mapping`,
  ),
  area(
    'area: sign-in',
    `
    Single sign-on | The login form | Two-factor login | Password reset | The session cookie
    Login with a hardware key`,
    `
    ends in a redirect loop | asks for the code twice | shows a blank page | rejects passwords with spaces
    logs everybody out at midnight UTC | forgets "stay signed in"`,
  ),
  area(
    'area: search',
    `
    Full-text search | The search box | Search by tag | The saved filter | Fuzzy matching | The search index`,
    `
    does not find words with hyphens | shows deleted documents | takes more than 20 seconds
    returns results in random order | ignores the date range | treats "and" as an operator`,
  ),
  area(
    'area: notifications',
    `
    The daily digest | The desktop notification | The unread badge | The mention e-mail | The reminder pop-up
    The webhook for new comments`,
    `
    arrives twice | points to the wrong document | cannot be switched off | shows a negative number
    is sent in the wrong time zone | comes hours late`,
  ),
  area(
    'area: charts',
    `
    The stacked bar chart | The pie chart legend | The time axis | The tooltip of a data point | The chart preview
    The colour scale`,
    `
    overlaps the title | starts at the wrong year | disappears on zoom | mixes up two series | rounds 0.5% to 0%
    is unreadable for colour-blind people`,
  ),
  area(
    'area: printing',
    `
    Print preview | Double-sided printing | The page footer | Printing a selection | Label printing
    The print dialog`,
    `
    adds an empty page | scales everything to 97% | forgets the last printer
    prints comments that were switched off | crashes the application | shows page "1 of 0"`,
  ),
  area(
    'area: settings',
    `
    The settings dialog | The keyboard shortcut page | The language switch | Reset to defaults | The proxy setting
    The theme picker`,
    `
    is not saved | opens behind the main window | needs two restarts to take effect | shows raw translation keys
    accepts impossible values | scrolls back to the top at every click`,
  ),
  area(
    'area: installer',
    `
    The Windows installer | The auto-updater | The Debian package | The silent installation | The uninstaller
    The macOS disk image`,
    `
    demands administrator rights | leaves old files behind | hangs at 99% | ignores the target folder
    fails the signature check | installs the 32-bit version`,
  ),
  area(
    'area: accessibility',
    `
    The screen reader | Keyboard navigation | High-contrast mode | The tab order | Zoom at 200% | The skip link`,
    `
    gets stuck in the toolbar | does not work in the side panel | hides the selected row | skips the error message
    does not reach the last field | fails in dialogs`,
  ),
  area(
    'area: calendar',
    `
    The recurring event | The week view | The shared calendar | The all-day event | The iCal feed
    Time zone conversion`,
    `
    is off by one day | breaks at the change to daylight saving time | shows cancelled entries
    cannot be moved by dragging | is empty for new members | repeats for ever`,
  ),
  area(
    'area: attachments',
    `
    The attachment preview | Attachment upload | A pasted screenshot | The attachment list | Bulk download
    The gallery view`,
    `
    fails without a message | times out after 30 seconds | changes the file extension
    shows somebody else’s thumbnail | breaks on names with a plus sign | turns photos by 90 degrees`,
  ),
  area(
    'area: api',
    `
    GET /projects | GET /documents | POST /comments | The events endpoint | The search endpoint | The batch endpoint`,
    `
    answers 500 instead of 404 | skips every 101st item | ignores unknown fields silently | returns stale data
    does not match the OpenAPI description | is missing in the EU region`,
  ),
  area(
    'area: performance',
    `
    Start-up | Switching between projects | Scrolling a long list | Closing the last window | Opening the dashboard
    Typing in a big document`,
    `
    takes longer every day until restart | blocks the whole window | allocates more than 2 GB
    got three times slower | flickers | triggers hundreds of identical requests`,
  ),
];

export const CONDITIONS = items(`
  after waking the laptop from sleep | on Windows 11 with two monitors | when the project lies on a network drive
  with more than 500 items | in a right-to-left locale | since the last update | on a slow connection
  in Firefox only | when the window is narrower than 900 px | if the user name contains an umlaut
  at the second attempt | with the dark theme | when the system clock is behind | in read-only projects
  on the latest macOS | under Wayland | after switching accounts | behind a corporate proxy
  while another tab is open | for guest accounts | on the first day of the month | when the disk is nearly full
  after cancelling once | on a touch screen | in the portable edition | with 150% display scaling
  when started from the command line | in projects of an older version | for the first user after a deployment
  with a Turkish keyboard layout | when offline | on Linux ARM64
`);

export const PLATFORMS = ['Windows', 'macOS', 'Linux', 'Safari', 'Web', 'iPad', 'Android'];

export const CRASHES = items(`
  TypeError: Cannot read properties of undefined (reading 'rows')
  Uncaught RangeError: Maximum call stack size exceeded
  Segmentation fault in the PDF renderer
  Unhandled rejection: AbortError
  SQLITE_BUSY: database is locked
  ENOSPC while writing the recovery file
  Deadlock in the thumbnail worker
  java.lang.OutOfMemoryError in the indexer
  Assertion failed: node->parent != nullptr
  HTTP 502 from the preview service
`);
