import { copyFileSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { unsealFile } from "#main/mirror/frames.ts";
import type { Outpost } from "#test/sim/world/outpost.ts";
import { clearPages } from "./clear-pages.ts";
import { dataKey } from "./counter.ts";
import { filesBelow } from "./search-folder.ts";

/** Everything that a station has written, unsealed: the pages of its file and of every copy of its own, and the journal. */
export function clearFiles(station: Outpost): Buffer {
  const files = station.folders().flatMap(filesBelow);
  const databases = files.filter((file) => file.endsWith(".db") && file !== station.file());
  const journals = files.filter((file) => file.endsWith(".mirror")).map((file) => unsealFile(readFileSync(file), dataKey));
  return Buffer.concat([
    clearPages(station.backUp()),
    ...databases.map(clearCopy),
    ...journals.flatMap((journal) => journal?.frames ?? []),
  ]);
}

function clearCopy(file: string): Buffer {
  const folder = mkdtempSync(path.join(tmpdir(), "counterfoil-clear-"));
  const copy = path.join(folder, "station.db");
  copyFileSync(file, copy);
  try {
    return clearPages(copy);
  } finally {
    rmSync(folder, { recursive: true });
  }
}
