import { randomBytes } from "node:crypto";
import { pino } from "pino";
import type { Log } from "#server/app/ports/machine.ts";
import type { ReportIncident } from "#server/app/report-incident.ts";

export type ProgramLog = { readonly log: Log; readonly reportIncident: ReportIncident };

/** A net under the rule that nobody hands these over in the first place. */
const neverWritten = ["password", "token", "name", "userName", "displayName", "phone", "cardNumber", "verifier"];
const causesMax = 5;

/** The log of a head-office process: one JSON line an event on the error output, since answers go to the other one. */
export function openProgramLog(level: "info" | "warn" = "warn"): ProgramLog {
  const redact = { paths: neverWritten, censor: "[masked]" };
  const logger = pino({ level, base: null, redact, timestamp: pino.stdTimeFunctions.isoTime }, pino.destination({ dest: 2, sync: true }));
  return {
    log: (event, facts) => logger.info(facts, event),
    reportIncident: (where, cause) => {
      const incident = randomBytes(4).toString("hex");
      logger.error({ incident, where, causes: causesOf(cause) }, "incident");
      return incident;
    },
  };
}

/**
 * What an error says about the program and not about people: kinds, codes and places in the source. Messages are left out, because
 * databases quote the row that they refuse.
 */
function causesOf(thrown: unknown): readonly object[] {
  const causes: object[] = [];
  for (let cause = thrown; cause !== undefined && causes.length < causesMax; cause = cause instanceof Error ? cause.cause : undefined) {
    if (!(cause instanceof Error)) return [...causes, { kind: typeof cause }];
    const { code, table, constraint } = cause as { readonly code?: unknown; readonly table?: unknown; readonly constraint?: unknown };
    const frames = cause.stack?.split("\n").filter((line) => /^\s+at /.test(line));
    causes.push({ kind: cause.name, code, table, constraint, frames: frames?.map((line) => line.trim()) });
  }
  return causes;
}
