// "bugprune": the use cases and the contracts, as a library.

export type { Allowance, Excess } from './apply/limits.js';
export type { BackStep, Deed, Way } from './apply/way-back.js';
export { type Backtest, backtestSchema, type Comparison } from './backtest/document.js';
export { type Config, type ConfigRequest, loadConfig, type TrackerEntry } from './config/load.js';
export type { ConfigFile } from './config/schema.js';
export { BugpruneError, type ErrorCode, EXIT_CODES, TrackerError, type TrackerErrorKind } from './errors.js';
export type { JournalLine, Outcome as StepOutcome, RunHeader, Step, TakeBack } from './journal/document.js';
export { JournalError } from './journal/failure.js';
export type { BugState, RunState } from './journal/fold.js';
export { openStateFolder } from './journal/folder.js';
export type { Journal, StateFolder } from './journal/journal.js';
export type { Earlier as EarlierUndo } from './journal/undone.js';
export { type Actor, type Bug, type BugEvent, bugSchema, type LinkedWork, type Mark, type Target } from './model/bug.js';
export { type Duration, formatDuration, parseDuration, type Unit } from './model/duration.js';
export { asOf, lastHumanActivity, reopenedByPeople, untargetedSince } from './model/history.js';
export type { Instant } from './model/instant.js';
export type { Shard } from './model/shard.js';
export { classifyTargets, type TargetClass } from './model/target.js';
export { agendaSchema } from './report/agenda/json.js';
export { type Backtests, backtestsSchema } from './report/backtest/document.js';
export { type Report, type ReportBug, reportSchema } from './report/document.js';
export { type Explanation, explanationSchema } from './report/explanation/document.js';
export type { BacklogPoint, Format, Palette, RenderOptions } from './report/format.js';
export { FORMATS } from './report/formats.js';
export { type History, historySchema } from './report/history/document.js';
export type { TooMany } from './report/next.js';
export { readReport } from './report/read.js';
export { type UndoBug, type UndoDocument, undoSchema } from './report/undo/document.js';
export { type Judgement, judge, type Policy, type Reason, type Ruleset, type Verdict } from './rules/judge.js';
export { type BoundRule, defineRule, type Finding, finding, type Outcome, type Rule, type RuleContext } from './rules/rule.js';
export type { Treatment } from './rules/target.js';
export type { SnapshotHeader } from './trackers/file/format.js';
export type {
  Call,
  Diagnosis,
  Exploration,
  Identity,
  Json,
  NamesInUse,
  Receipt,
  RecognizeContext,
  Recognized,
  Selection,
  Sign,
  Tracker,
  TrackerDescriptor,
  TrackerEnv,
  TrackerEvent,
  TrackerReader,
} from './trackers/tracker.js';
export { backtest } from './use-cases/backtest/backtest.js';
export { type BacktestRequest, backtestRequest, type WrittenRequest } from './use-cases/backtest/request.js';
export type { RunEvent, World } from './use-cases/collect.js';
export { type Checkup, doctor, type Finding as CheckupFinding } from './use-cases/doctor.js';
export { type Plan, plan, type Reported, report } from './use-cases/dry-run.js';
export { explain } from './use-cases/explain.js';
export { history, type Inquiry, type Recalled } from './use-cases/history/history.js';
export { type Merged, merge } from './use-cases/merge/merge.js';
export type { Part as MergePart } from './use-cases/merge/parts.js';
export { type Permission, type Permitted, type Pruned, permitted, proposalsOf, prune } from './use-cases/prune/prune.js';
export { resume } from './use-cases/prune/resume.js';
export { sharing } from './use-cases/sharing.js';
export type { Made as SnapshotCounts } from './use-cases/snapshot/make.js';
export { type Snapshot, type SnapshotOptions, snapshot } from './use-cases/snapshot/snapshot.js';
export { planUndo, type Touched as UndoneBug, type UndoItem, type UndoPlan } from './use-cases/undo/plan.js';
export { planUndoFromTrackers } from './use-cases/undo/search.js';
export { type Undone, undo } from './use-cases/undo/undo.js';
