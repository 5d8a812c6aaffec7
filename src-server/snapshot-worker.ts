import { parentPort, workerData } from "node:worker_threads";
import { makeSnapshotWork, type SnapshotQuestion } from "#server/snapshots/snapshot-work.ts";

/** Makes one snapshot, so that no station waits for its sorting. It ends with the one that started it. */
const answer = makeSnapshotWork((workerData as { readonly folder: string }).folder);
parentPort?.on("message", (question: SnapshotQuestion) => {
  try {
    parentPort?.postMessage({ ok: true, value: answer(question) }, []);
  } catch (cause) {
    parentPort?.postMessage({ ok: false, error: cause instanceof Error ? cause.message : "unknown" }, []);
  }
});
