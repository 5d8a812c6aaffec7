import { join } from "node:path";
import type { MirrorContents, StationFacts } from "#main/app/ports/mirror.ts";
import type { GrantRecord } from "#shared/contracts/sync/feed.ts";
import type { StoredOperation } from "#shared/domain/operations/operation.ts";
import { mirrorFiles } from "./file-names.ts";
import { unsealFile } from "./frames.ts";
import { readRecords } from "./records.ts";
import type { Volume } from "./volume.ts";

/** Reads everything that can still be read, changes nothing, and says what could not. */
export function readMirror({
  volume,
  folder,
  dataKey,
}: {
  readonly volume: Volume;
  readonly folder: string;
  readonly dataKey: Uint8Array;
}): MirrorContents {
  const operations: StoredOperation[] = [];
  const grants: GrantRecord[] = [];
  const damaged = new Set<string>();
  const unopened: string[] = [];
  let facts: StationFacts | undefined;
  const files = mirrorFiles(volume.list(folder) ?? []);
  for (const { name } of files) {
    const unsealed = unsealFile(volume.read(join(folder, name)), dataKey);
    if (!unsealed) unopened.push(name);
    if (!unsealed || unsealed.hasHoles) damaged.add(name);
    for (const frame of unsealed?.frames ?? []) {
      try {
        for (const record of readRecords(frame)) {
          if (record.kind === "operation") operations.push(record.operation);
          else if (record.kind === "grant") grants.push(record.grant);
          else if (record.kind === "facts") facts = record.facts;
          else {
            facts = record.opening.facts ?? facts;
            for (const expected of record.opening.files)
              if (!files.some((file) => file.name === expected.name && file.bytes === expected.bytes)) damaged.add(expected.name);
          }
        }
      } catch {
        damaged.add(name);
      }
    }
  }
  return { operations, grants, facts, damaged: [...damaged], unopened };
}
