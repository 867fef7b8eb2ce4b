import type { FakeIssue, FakeProject, FakeUser } from '../model.js';
import type { JiraStore } from '../store.js';

/** Who asks, and when. */
export interface Asker {
  readonly store: JiraStore;
  readonly user: FakeUser | null;
  readonly zone: string;
  readonly now: number;
  /** The projects the asker may browse. */
  readonly projects: readonly FakeProject[];
}

/** A field whose values are things with an id: equality, lists, EMPTY and functions. */
export interface SetField {
  readonly kind: 'set';
  values(issue: FakeIssue, asker: Asker): readonly string[];
  /** The ids a text can mean, none when there is no such value. `null` stands for EMPTY. */
  resolve(text: string, asker: Asker): readonly string[] | null;
  /** Whether an issue can be without. */
  readonly optional: boolean;
  readonly functions?: Record<string, (asker: Asker, args: readonly string[]) => readonly string[]>;
}

export interface DateField {
  readonly kind: 'date';
  value(issue: FakeIssue): number | null;
}

export interface NumberField {
  readonly kind: 'number';
  value(issue: FakeIssue): number;
}

export interface TextField {
  readonly kind: 'text';
  value(issue: FakeIssue): string | null;
}

export type JqlField = SetField | DateField | NumberField | TextField;
