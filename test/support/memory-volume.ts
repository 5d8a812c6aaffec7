import { dirname } from "node:path";
import type { Volume } from "#main/mirror/volume.ts";

const failure = (code: string): Error => Object.assign(new Error(code), { code, syscall: "write" });

/** A disk of a test's own: it fills up, is pulled out, goes read-only, and is damaged byte by byte. */
export class MemoryVolume implements Volume {
  readonly files = new Map<string, Buffer>();
  readonly folders = new Set<string>();
  /** Room for so many bytes in all. */
  bytesMax = Number.MAX_SAFE_INTEGER;
  isPulledOut = false;
  isReadOnly = false;
  /** How often what was written was also written through. */
  syncs = 0;

  makeFolder = (path: string): void => {
    this.#needed();
    this.folders.add(path);
  };
  list = (folder: string) => {
    this.#needed();
    if (!this.folders.has(folder)) return undefined;
    return [...this.files]
      .filter(([path]) => dirname(path) === folder)
      .map(([path, bytes]) => ({ name: path.slice(folder.length + 1), bytes: bytes.length }));
  };
  read = (path: string): Buffer => {
    this.#needed();
    const file = this.files.get(path);
    if (!file) throw failure("ENOENT");
    return Buffer.from(file);
  };
  openAtEnd = (path: string) => {
    this.#needed();
    if (this.isReadOnly) throw failure("EROFS");
    if (!this.files.has(path)) this.files.set(path, Buffer.alloc(0));
    const content = (): Buffer => this.files.get(path) ?? Buffer.alloc(0);
    return {
      write: (bytes: Uint8Array): void => {
        this.#needed();
        if (this.isReadOnly) throw failure("EROFS");
        // As a disk does it: what fits is written, and then it says that it is full.
        const room = Math.max(0, this.bytesMax - this.#bytes());
        this.files.set(path, Buffer.concat([content(), bytes.subarray(0, room)]));
        if (room < bytes.length) throw failure("ENOSPC");
      },
      sync: (): void => {
        this.#needed();
        this.syncs += 1;
      },
      cutTo: (length: number): void => void this.files.set(path, content().subarray(0, length)),
      close: (): void => undefined,
    };
  };

  remove = (path: string): void => {
    this.#needed();
    if (this.isReadOnly) throw failure("EROFS");
    this.files.delete(path);
  };

  #needed(): void {
    if (this.isPulledOut) throw failure("EIO");
  }
  #bytes = (): number => [...this.files.values()].reduce((sum, { length }) => sum + length, 0);
}
