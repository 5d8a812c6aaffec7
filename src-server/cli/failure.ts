import type { ApiRefusal } from "#server/api/head-office-api.ts";
import type { ReportIncident } from "#server/app/report-incident.ts";
import { LocalPostgresFault } from "#server/db/local-postgres-fault.ts";
import { ListenFault } from "#server/http/listen-fault.ts";

/** What every command may answer instead of its document. */
export type Failure = ApiRefusal;

/** Ends a command with a refusal that a person or a script can act on. */
export class CommandFailure extends Error {
  override readonly name = "CommandFailure";
  readonly failure: Failure;

  constructor({ code, message, data = {} }: { readonly code: string; readonly message: string; readonly data?: unknown }) {
    super(code);
    this.failure = { code, message, data };
  }
}

export const badUsage = (message: string): CommandFailure => new CommandFailure({ code: "BAD_USAGE", message });

/** PostgreSQL's and the network's codes for a database that is not there or does not let us in; the message never repeats the address, which holds a password. */
const unreachable = new Set(["ECONNREFUSED", "ECONNRESET", "ENOTFOUND", "EAI_AGAIN", "ETIMEDOUT", "28P01", "28000", "3D000", "57P03"]);

/** The one place where what a command threw becomes what it prints. */
export function failureOf(thrown: unknown, command: string, reportIncident: ReportIncident): Failure {
  if (thrown instanceof CommandFailure) return thrown.failure;
  if (thrown instanceof LocalPostgresFault || thrown instanceof ListenFault) {
    return { code: thrown.code, message: thrown.message, data: {} };
  }
  const cause = codesOf(thrown).find((code) => unreachable.has(code));
  if (cause !== undefined) {
    return { code: "DATABASE_UNREACHABLE", message: "The database in COUNTERFOIL_DATABASE_URL cannot be reached.", data: { cause } };
  }
  const incident = reportIncident(command, thrown);
  return { code: "INTERNAL", message: "Something of ours is wrong; the number finds the entry in the log.", data: { incident } };
}

function codesOf(thrown: unknown): readonly string[] {
  if (!(thrown instanceof Error)) return [];
  const { code } = thrown as NodeJS.ErrnoException;
  return [...(typeof code === "string" ? [code] : []), ...codesOf(thrown.cause)];
}
