/** What the page of a backtest needs besides the style that all pages share. */
export const BACKTEST_STYLE = `
.trials td, .trials thead th { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; }
.trials thead td { border-bottom: 1px solid var(--line); }
.recommendation { margin-top: 1rem; font-size: 1.0625rem; }
.chart .left { text-anchor: start; } .chart .right { text-anchor: end; }
.chart .whisker { stroke: var(--soft); stroke-width: 1.5; }
.chart .bound { stroke: var(--attention); stroke-dasharray: 5 4; }
.chart .limit { fill: var(--attention); }
.policy { --tone: var(--close); } .variation, .ours { --tone: var(--link); } .staleBot, .real { --tone: var(--soft); }
.chart circle { fill: var(--tone); }
.chart circle.staleBot { fill: var(--card); stroke: var(--tone); stroke-width: 2; }
.chart polyline.real, .chart polyline.ours { stroke: var(--tone); }
`;
