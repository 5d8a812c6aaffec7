import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import type { ChunkShelf } from "#main/app/ports/takeover.ts";
import { writeWhole } from "#main/system/durable-file.ts";

/** What lies beside a database while a snapshot takes its place; nothing of it is needed by whoever opens the database. */
export const placesOf = (file: string) => ({
  chunks: `${file}.snapshot-chunks`,
  draft: `${file}.snapshot`,
  /** The old file, until head office has greeted the new one. */
  before: `${file}.before-snapshot`,
});

export const chunkFile = (folder: string, chunk: number): string => join(folder, `${chunk}.sealed`);

export function makeChunkShelf(folder: string): ChunkShelf {
  return {
    has: (chunk, digest) => {
      const file = chunkFile(folder, chunk);
      return existsSync(file) && createHash("sha256").update(readFileSync(file)).digest("hex") === digest;
    },
    keep: (chunk, bytes) => {
      mkdirSync(folder, { recursive: true, mode: 0o700 });
      writeWhole(chunkFile(folder, chunk), bytes);
    },
    clear: () => rmSync(folder, { recursive: true, force: true }),
  };
}

/** A draft and what SQLite lays beside it. */
export function removeDraft(draft: string): void {
  for (const part of ["", "-journal", "-wal", "-shm"]) rmSync(`${draft}${part}`, { force: true });
}
