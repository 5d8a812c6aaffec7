import type { FieldIssue } from "#shared/contracts/field-issues.ts";
import { refusalSentences } from "#shared/contracts/refusals.ts";
import type { ApiRefusal } from "#server/api/head-office-api.ts";
import type { ReportIncident } from "#server/app/report-incident.ts";
import { DatabaseNewer } from "#server/db/bring-up-to-date.ts";
import { DatabaseKeyFault } from "#server/db/sealing/database-key-fault.ts";
import { LocalPostgresFault } from "#server/db/local-postgres-fault.ts";
import { ListenFault } from "#server/http/listen-fault.ts";

/** 0 done · 1 refused, or found damaged · 2 the command line is wrong · 3 head office could not be opened or served, or failed. */
export const exitCode = { done: 0, refused: 1, wrongCommand: 2, failed: 3 } as const;
export type ExitCode = (typeof exitCode)[keyof typeof exitCode];

/** What every command may print instead of its document, and the code it ends with. */
export type Failure = { readonly error: ApiRefusal; readonly exitCode: ExitCode };

type Described = { readonly code: string; readonly message: string; readonly data?: unknown };

/** Ends a command with something that a person or a script can act on. */
export class CommandFailure extends Error {
  override readonly name = "CommandFailure";
  readonly failure: Failure;

  constructor({ code, message, data = {} }: Described, endsWith: ExitCode = exitCode.refused) {
    super(code);
    this.failure = { error: { code, message, data }, exitCode: endsWith };
  }
}

export const wrongCommand = (message: string): CommandFailure => new CommandFailure({ code: "USAGE", message }, exitCode.wrongCommand);

/** Input that came from outside and is wrong; each issue names its field. */
export const invalidInput = (message: string, issues: readonly FieldIssue[]): CommandFailure =>
  new CommandFailure({ code: "INVALID_INPUT", message, data: { issues } });

/** Codes of PostgreSQL and of the network for a database that is not there, or does not let us in. */
const unreachable = new Set(["ECONNREFUSED", "ECONNRESET", "ENOTFOUND", "EAI_AGAIN", "ETIMEDOUT", "28P01", "28000", "3D000", "57P03"]);

/** The one place where what a command threw becomes what it prints. */
export function failureOf(thrown: unknown, command: string, reportIncident: ReportIncident): Failure {
  if (thrown instanceof CommandFailure) return thrown.failure;
  return new CommandFailure(describe(thrown, command, reportIncident), exitCode.failed).failure;
}

function describe(thrown: unknown, command: string, reportIncident: ReportIncident): Described {
  const isForPeople =
    thrown instanceof LocalPostgresFault ||
    thrown instanceof ListenFault ||
    thrown instanceof DatabaseNewer ||
    thrown instanceof DatabaseKeyFault;
  if (isForPeople) return { code: thrown.code, message: thrown.message };
  const cause = codesOf(thrown).find((code) => unreachable.has(code));
  // The address is not repeated: it holds the database's password.
  if (cause !== undefined) return { code: "DATABASE_UNREACHABLE", message: `The database cannot be reached (${cause}).`, data: { cause } };
  const incident = reportIncident(command, thrown);
  return { code: "INTERNAL", message: refusalSentences.INTERNAL, data: { incident } };
}

/** An error's own code and those of its causes; drivers and query builders wrap each other's. */
function codesOf(thrown: unknown): readonly string[] {
  if (!(thrown instanceof Error)) return [];
  const { code } = thrown as NodeJS.ErrnoException;
  return [...(typeof code === "string" ? [code] : []), ...codesOf(thrown.cause)];
}
