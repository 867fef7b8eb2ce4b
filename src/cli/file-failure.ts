/** What the file system answers, as far as people can do something about it. */
const WORDS: Readonly<Record<string, string>> = {
  ENOENT: 'no such file or folder',
  ENOTDIR: 'something on the way to it is a file, not a folder',
  EISDIR: 'this is a folder',
  EACCES: 'no permission',
  EPERM: 'no permission',
  EROFS: 'the disk is read-only',
  ENOSPC: 'the disk is full',
  ENAMETOOLONG: 'its name is too long',
};

/** Why a file cannot be read or written, in words; the system's own name for it where there are none. */
export function fileFailure(error: unknown): string {
  const code = error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : null;
  if (code !== null) return WORDS[code] ?? code;
  return error instanceof Error ? error.message : String(error);
}
