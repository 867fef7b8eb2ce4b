/** How the page looks: by day and by night, on paper, on a telephone. All contrasts are those that WCAG asks for (AA). */
export const STYLE = `
:root {
  --page: #faf9f7; --card: #fff; --ink: #1f2328; --soft: #57606a; --line: #e2dfd9; --link: #0b57a4;
  --close: #b3501d; --warn: #8f6b00; --attention: #b42324; --trouble: #b42324; --undecided: #6f4fb3; --keep: #7f8d99;
  --tint: #f3f0ea; --mark: #fff3c4;
}
@media screen and (prefers-color-scheme: dark) {
  :root {
    --page: #16181b; --card: #1d2024; --ink: #e6e4df; --soft: #a3abb4; --line: #33383e; --link: #84b8f3;
    --close: #ee9463; --warn: #dcb748; --attention: #ff8d87; --trouble: #ff8d87; --undecided: #bda6f2; --keep: #66727e;
    --tint: #23272c; --mark: #4a3f16;
  }
}
* { box-sizing: border-box; }
[hidden] { display: none !important; }
html { scroll-padding-top: 5.5rem; }
body {
  margin: 0; background: var(--page); color: var(--ink);
  font: 0.9375rem/1.5 system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", "Noto Sans", sans-serif;
  overflow-wrap: break-word;
}
main, footer { max-width: 84rem; margin: 0 auto; padding: 0 1.5rem; }
main { padding-top: 2.5rem; }
a { color: var(--link); text-decoration-thickness: 1px; text-underline-offset: 0.15em; }
:focus-visible { outline: 2px solid var(--link); outline-offset: 2px; border-radius: 2px; }
h1, h2, h3, p, ul, dl, dd, figure { margin: 0; padding: 0; }
h1 { font-size: 2rem; font-weight: 650; line-height: 1.2; letter-spacing: -0.02em; }
h2 { font-size: 1.2rem; font-weight: 650; line-height: 1.3; letter-spacing: -0.01em; }
h3 { font-size: 0.9375rem; font-weight: 650; }
code, pre { font: 0.875em/1.5 ui-monospace, SFMono-Regular, Menlo, Consolas, monospace; }
small { font-size: 0.8125rem; }

.brand { margin-bottom: 0.5rem; color: var(--soft); font-size: 0.8125rem; font-weight: 650; letter-spacing: 0.08em; text-transform: uppercase; }
header { padding-left: 1.25rem; border-left: 4px solid var(--link); }
header.prune { border-color: var(--close); }
.lead { margin-top: 0.5rem; font-size: 1.0625rem; }
.meta { margin-top: 0.25rem; color: var(--soft); font-size: 0.875rem; }

.tiles { display: grid; grid-template-columns: repeat(auto-fit, minmax(6.4rem, 1fr)); gap: 0.75rem; margin: 2rem 0; list-style: none; }
.tiles a, .tiles span {
  display: block; height: 100%; padding: 0.8rem 1rem; border: 1px solid var(--line); border-top: 3px solid var(--tone, var(--line));
  border-radius: 6px; background: var(--card); color: var(--soft); font-size: 0.875rem; text-decoration: none;
}
.tiles b { display: block; color: var(--ink); font-size: 1.75rem; font-weight: 650; line-height: 1.2; font-variant-numeric: tabular-nums; }
.tiles a:hover { border-color: var(--tone, var(--soft)); }
.close { --tone: var(--close); } .warn { --tone: var(--warn); } .attention { --tone: var(--attention); }
.trouble { --tone: var(--trouble); } .undecided { --tone: var(--undecided); } .kept, .keep, .snooze { --tone: var(--keep); }

.notice { margin: 1rem 0; padding: 1rem 1.25rem; border: 1px solid var(--line); border-left: 4px solid var(--tone, var(--link)); border-radius: 6px; background: var(--card); }
.notice h2 { margin-bottom: 0.4rem; font-size: 1rem; color: var(--tone, var(--ink)); }
.notice ul { padding-left: 1.1rem; }
.notice dl { display: grid; grid-template-columns: max-content minmax(0, 1fr); gap: 0.25rem 1rem; }
.notice p + dl { margin-top: 0.5rem; }
.notice dt { color: var(--soft); }
.notice code { user-select: all; }
.notes { margin: 1rem 0; padding-left: 1.1rem; color: var(--soft); font-size: 0.875rem; }

form {
  position: sticky; top: 0; z-index: 1; display: flex; flex-wrap: wrap; align-items: center; gap: 0.6rem 1.1rem;
  margin: 1.5rem -1.5rem 0; padding: 0.75rem 1.5rem; border-bottom: 1px solid var(--line); background: var(--page);
}
form label { display: flex; align-items: center; gap: 0.5rem; color: var(--soft); font-size: 0.875rem; }
input, select, form button {
  padding: 0.3rem 0.6rem; border: 1px solid var(--soft); border-radius: 5px; background: var(--card); color: var(--ink); font: inherit;
}
input { width: 16rem; max-width: 100%; }
select { max-width: 12rem; }
form button { cursor: pointer; }
output { color: var(--soft); font-size: 0.875rem; font-variant-numeric: tabular-nums; }

section.bugs, .backlog, .agenda { margin-top: 2.75rem; }
.bugs h2::before { content: ""; display: inline-block; width: 0.6rem; height: 0.6rem; margin-right: 0.55rem; border-radius: 50%; background: var(--tone); }
.bugs[data-kind="close"] { --tone: var(--close); } .bugs[data-kind="warn"] { --tone: var(--warn); }
.bugs[data-kind="trouble"] { --tone: var(--trouble); } .bugs[data-kind="attention"] { --tone: var(--attention); }
.bugs[data-kind="undecided"] { --tone: var(--undecided); } .bugs:is([data-kind="kept"], [data-kind="snooze"]) { --tone: var(--keep); }
.count { color: var(--soft); font-weight: 400; font-variant-numeric: tabular-nums; }
summary { width: fit-content; cursor: pointer; }
summary h2 { display: inline; }
.comment, figure details { margin-top: 0.35rem; color: var(--soft); font-size: 0.875rem; }
pre { margin: 0.5rem 0; padding: 0.9rem 1.1rem; border-radius: 6px; background: var(--tint); color: var(--ink); white-space: pre-wrap; }

.scroll { margin-top: 0.75rem; overflow-x: auto; border: 1px solid var(--line); border-radius: 6px; background: var(--card); }
table { width: 100%; border-collapse: collapse; font-size: 0.875rem; line-height: 1.4; }
caption { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
th, td { padding: 0.45rem 0.6rem; text-align: left; vertical-align: top; }
thead th { vertical-align: bottom; border-bottom: 1px solid var(--line); color: var(--soft); font-size: 0.78rem; font-weight: 600; line-height: 1.25; }
tbody th { font-weight: 500; white-space: nowrap; }
.bugs td, summary, .notice, .meta { overflow-wrap: anywhere; }
tbody tr + tr > * { border-top: 1px solid var(--line); }
tbody tr:hover { background: var(--tint); }
tr:target { background: var(--mark); }
td.title { min-width: 15rem; }
td.priority, td.target, td.owner { min-width: 5rem; }
td.why { min-width: 12rem; color: var(--soft); }
.reported { white-space: nowrap; }
.untargeted, .idle, .interest { width: 5rem; text-align: right; }
.reported, .untargeted, .idle, .interest { font-variant-numeric: tabular-nums; }
th button { padding: 0; border: 0; background: none; color: inherit; font: inherit; text-align: inherit; cursor: pointer; }
th button::after { content: "\\a0↕"; opacity: 0.5; }
th[aria-sort] button { color: var(--ink); }
th[aria-sort="ascending"] button::after { content: "\\a0↑"; opacity: 1; }
th[aria-sort="descending"] button::after { content: "\\a0↓"; opacity: 1; }

.charts { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 24rem), 1fr)); gap: 1rem; margin-top: 0.75rem; }
figure { padding: 1rem 1.25rem; border: 1px solid var(--line); border-radius: 6px; background: var(--card); }
.chart { display: block; margin-top: 0.5rem; overflow: visible; }
.chart text { fill: var(--ink); font-size: 12px; text-anchor: middle; font-variant-numeric: tabular-nums; }
.chart .label, .chart .start { fill: var(--soft); }
.chart .start { text-anchor: start; } .chart .end { text-anchor: end; }
.chart rect { fill: var(--tone); stroke: var(--card); }
.axis { stroke: var(--soft); } .grid { stroke: var(--line); }
.chart polygon { fill: var(--link); opacity: 0.12; }
.chart polyline { fill: none; stroke: var(--link); stroke-width: 2; vector-effect: non-scaling-stroke; }
.chart circle { fill: var(--link); }
.legend { display: flex; flex-wrap: wrap; gap: 0.25rem 1.25rem; margin-top: 0.5rem; color: var(--soft); font-size: 0.8125rem; list-style: none; }
.legend li::before { content: ""; display: inline-block; width: 0.7rem; height: 0.7rem; margin-right: 0.4rem; border-radius: 2px; background: var(--tone); }
figure details { overflow-x: auto; }
.numbers { width: auto; margin-top: 0.35rem; color: var(--ink); font-variant-numeric: tabular-nums; }
.numbers th, .numbers td { padding: 0.15rem 0.75rem; }
.numbers td, .numbers thead th + th { text-align: right; }

.people { columns: 26rem; column-gap: 2.5rem; margin-top: 0.75rem; }
.person { padding-bottom: 1.5rem; }
.person h3, .part p { break-after: avoid; }
.part { margin-top: 0.3rem; padding-left: 0.8rem; border-left: 3px solid var(--tone); }
.part p { color: var(--soft); font-size: 0.8125rem; }
.part ul { list-style: none; }
.part li { margin-top: 0.3rem; break-inside: avoid; }
footer { margin-top: 3rem; padding-bottom: 2.5rem; color: var(--soft); font-size: 0.8125rem; }

@media screen and (max-width: 46rem) {
  main, footer { padding: 0 1rem; }
  main { padding-top: 1.5rem; }
  h1 { font-size: 1.6rem; }
  .tiles { gap: 0.5rem; }
  .notice dl { grid-template-columns: 1fr; } .notice dd { margin-bottom: 0.4rem; }
  form { position: static; margin: 1.5rem 0 0; padding: 0.75rem 0; }
  form label { flex: 1 1 100%; justify-content: space-between; }
  input, select { width: 70%; max-width: none; }
  .bugs :is(table, thead, tbody) { display: block; }
  .bugs thead tr { display: flex; flex-wrap: wrap; gap: 0.25rem 1rem; padding: 0.5rem 0.9rem; border-bottom: 1px solid var(--line); }
  .bugs thead th { width: auto; padding: 0; border: 0; }
  .bugs tbody tr { display: block; padding: 0.6rem 0.9rem; }
  .bugs tbody tr + tr { border-top: 1px solid var(--line); }
  .bugs tbody :is(th, td) { display: inline-block; padding: 0 0.9rem 0 0; width: auto; min-width: 0; max-width: 100%; border: 0; color: var(--soft); white-space: normal; overflow-wrap: anywhere; }
  .bugs tbody td:empty { display: none; }
  .chart .label { font-size: 10px; }
  .bugs tbody td.title { display: block; color: var(--ink); font-size: 0.9375rem; }
  .bugs tbody td.why { display: block; }
  .bugs tbody .priority::before { content: "priority "; } .bugs tbody .target::before { content: "target "; }
  .bugs tbody .owner::before { content: "owner "; } .bugs tbody .reported::before { content: "reported "; }
  .bugs tbody .untargeted::before { content: "days without target "; } .bugs tbody .idle::before { content: "days since activity "; }
  .bugs tbody .interest::before { content: "votes, comments "; }
}
@media print {
  @page { margin: 14mm; }
  :root { font-size: 9pt; }
  body { background: none; }
  main, footer { max-width: none; padding: 0; }
  form, .comment, th button::after { display: none !important; }
  a { color: inherit; text-decoration: none; }
  .scroll { overflow: visible; border: 0; }
  th, td { padding: 0.25rem 0.4rem; }
  td.title, td.why { min-width: 11rem; }
  .bugs .reported { display: none; }
  thead { display: table-header-group; }
  tr, figure, .tiles li, .notice { break-inside: avoid; }
  h2, h3 { break-after: avoid; }
  * { print-color-adjust: exact; }
}
`;
