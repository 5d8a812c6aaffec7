/** The world failed: a cable, a disk, a network. The code says what a person can do about it; the original is kept as `cause`. */
export class Fault extends Error {
  readonly code: string;
  /** Facts that a screen or a script needs beside the code. */
  readonly data: Readonly<Record<string, unknown>>;
  constructor(
    code: string,
    options?: { readonly cause?: unknown; readonly message?: string; readonly data?: Readonly<Record<string, unknown>> },
  ) {
    super(options?.message ?? code, { cause: options?.cause });
    this.name = "Fault";
    this.code = code;
    this.data = options?.data ?? {};
  }
}
