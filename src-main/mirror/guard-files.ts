import { readFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import type { Guard, GuardRecord } from "#main/app/ports/guard.ts";
import { writeWhole } from "#main/system/durable-file.ts";

const name = "station.guard";
const stored = z.strictObject({
  /** Counts the writes: of two records the one that was written later is the newer, whatever it says. */
  n: z.int(),
  replica: z.int(),
  incarnation: z.string(),
  seq: z.int(),
  hash: z.string(),
  machine: z.string().nullable(),
  file: z.string().nullable(),
  mirrorIsWhole: z.boolean(),
});

/**
 * The guard record in several folders. It holds no secret: numbers, a hash, and the names of a computer and a file.
 *
 * @param folders one that is not there is passed over, since a volume may be gone
 */
export function guardFiles(folders: readonly string[]): Guard {
  const files = folders.map((folder) => join(folder, name));
  const newest = (): z.infer<typeof stored> | undefined =>
    files
      .map(readRecord)
      .filter((record) => record !== undefined)
      .toSorted((a, b) => b.n - a.n)[0];
  let n = newest()?.n ?? 0;

  return {
    read: () => {
      const found = newest();
      if (!found) return undefined;
      const { n: _, ...record } = found;
      return record;
    },
    write: (record: GuardRecord) => {
      n += 1;
      const text = JSON.stringify({ n, ...record } satisfies z.infer<typeof stored>);
      for (const file of files) writeIfPossible(file, text);
    },
  };
}

/** @returns undefined for what is not there or is no such record */
function readRecord(file: string): z.infer<typeof stored> | undefined {
  try {
    return stored.safeParse(JSON.parse(readFileSync(file, "utf8"))).data;
  } catch {
    return undefined;
  }
}

/** The volume may be gone or full, which the mirror journal tells; the other record is written all the same. */
function writeIfPossible(file: string, text: string): void {
  try {
    writeWhole(file, Buffer.from(text, "utf8"));
  } catch {
    return;
  }
}
