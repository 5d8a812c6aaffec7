import { parentPort, workerData } from "node:worker_threads";
import { Fault } from "#main/app/ports/fault.ts";
import { buildFile } from "#main/db/snapshot/build-file.ts";
import { forgetInCopy } from "#main/db/upkeep/forget-in-copy.ts";
import { copyFile, type UpkeepAnswer, type UpkeepTask } from "#main/db/upkeep/tasks.ts";
import { verifyStation } from "#main/verify-station.ts";

function runTask(task: UpkeepTask): UpkeepAnswer[UpkeepTask["name"]] {
  switch (task.name) {
    case "verify":
      return verifyStation(task);
    case "copy":
      return copyFile(task.file, task.key, task.to);
    case "forget":
      return forgetInCopy(task.file, task.key, task.migrationsFolder, task.forgotten);
    case "snapshot":
      return buildFile(task);
  }
}

/** One task in a thread of its own, with the key in the message that started it. An error keeps only its message on the way between threads. */
try {
  parentPort?.postMessage({ ok: true, value: runTask(workerData as UpkeepTask) }, []);
} catch (cause) {
  const { code, message } = cause instanceof Fault ? cause : { code: "INTERNAL", message: cause instanceof Error ? cause.message : "" };
  parentPort?.postMessage({ ok: false, error: { code, message } }, []);
}
