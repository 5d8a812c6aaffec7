/** The world failed: a cable, a disk, a network. The code says what a person can do about it; the original is kept as `cause`. */
export class Fault extends Error {
  readonly code: string;
  constructor(code: string, options?: { readonly cause?: unknown; readonly message?: string }) {
    super(options?.message ?? code, { cause: options?.cause });
    this.name = "Fault";
    this.code = code;
  }
}
