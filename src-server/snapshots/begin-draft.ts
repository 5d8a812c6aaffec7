import { once } from "node:events";
import { mkdtempSync, readdirSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Worker } from "node:worker_threads";
import type { SnapshotDraft } from "#server/app/ports/snapshot-draft.ts";
import type { Result } from "#shared/std/result.ts";
import type { SnapshotQuestion, SnapshotQuestions } from "./snapshot-work.ts";

/** Beside the program among the sources; beside the bundle under the name that vite.main.config.ts gives it. */
const program = new URL(import.meta.url.endsWith(".ts") ? "../snapshot-worker.ts" : "snapshot-worker.js", import.meta.url);

const folderMark = "counterfoil-snapshot-";
/** No snapshot takes so long: whoever began it was killed. */
const leftBehindAfterMs = 60 * 60 * 1000;

/** Begins a snapshot in a thread of its own, in a folder that nobody else may read and that goes with it. */
export async function beginDraft(): Promise<SnapshotDraft> {
  removeLeftBehind();
  const folder = mkdtempSync(join(tmpdir(), folderMark));
  const worker = new Worker(program, { workerData: { folder } });

  async function ask<K extends keyof SnapshotQuestions>(
    kind: K,
    asked: SnapshotQuestions[K]["asked"],
  ): Promise<SnapshotQuestions[K]["told"]> {
    const question = { kind, ...asked } as SnapshotQuestion;
    worker.postMessage(question, []);
    const [told] = (await once(worker, "message")) as [Result<SnapshotQuestions[K]["told"], string>];
    if (!told.ok) throw new Error(`the snapshot cannot be made: ${told.error}`);
    return told.value;
  }

  return {
    add: async (rows) => void (await ask("add", { rows })),
    finish: (snapshotId, key) => ask("finish", { snapshotId, key }),
    chunk: (chunk) => ask("chunk", { chunk }),
    discard: async () => {
      await worker.terminate();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function removeLeftBehind(): void {
  for (const name of readdirSync(tmpdir()).filter((each) => each.startsWith(folderMark))) {
    const folder = join(tmpdir(), name);
    const found = statSync(folder, { throwIfNoEntry: false });
    if (found && Date.now() - found.mtimeMs > leftBehindAfterMs) rmSync(folder, { recursive: true, force: true });
  }
}
