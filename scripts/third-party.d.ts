/** A package whose code stands in a file of ours. */
export interface Bundled {
  readonly name: string;
  readonly version: string;
  /** Its SPDX id. */
  readonly licence: string;
  /** The file, from the folder of the package. */
  readonly file: string;
}

/** What a notice tells of. */
export function readNotice(text: string): Bundled[];
