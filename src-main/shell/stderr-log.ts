import pino from "pino";
import type { Logger } from "#main/app/ports/logger.ts";

/** One JSON line an event on the error output; the standard output belongs to the command's answer. */
export function stderrLog(level: "info" | "warn"): Logger {
  // Written at once: a process that is killed has said what it had to say.
  return pino({ level, base: null }, pino.destination({ dest: 2, sync: true }));
}
