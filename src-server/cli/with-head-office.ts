import { callProcedure } from "#server/api/head-office-api.ts";
import type { HeadOffice } from "#server/app/head-office.ts";
import { openAtPlace } from "#server/start-head-office.ts";
import type { Operator } from "#shared/domain/staff/roles.ts";
import type { Program } from "./command.ts";
import { CommandFailure, exitCode } from "./failure.ts";

/**
 * Who writes when a command is run without a sign-in. Whoever can read the data folder or knows the database's address could change any
 * row by hand; the command lets them do it through the one write path, under a name of its own in the audit trail.
 */
export const localOwner: Operator = {
  staffId: "local-owner",
  userName: "local-owner",
  displayName: "local-owner",
  role: "administrator",
  branchId: null,
};

/** Opens head office beside whoever serves it already, and closes it again whatever happens. */
export async function withHeadOffice<Outcome>(program: Program, use: (headOffice: HeadOffice) => Promise<Outcome>): Promise<Outcome> {
  const { dataDir, environment, log, reportIncident } = program;
  const headOffice = await openAtPlace({
    dataDir,
    databaseUrl: environment.COUNTERFOIL_DATABASE_URL,
    databaseKey: environment.COUNTERFOIL_DATABASE_KEY,
    programLog: { log, reportIncident },
  });
  try {
    return await use(headOffice);
  } finally {
    await headOffice.close();
  }
}

/** Calls a procedure of the contract in somebody's name, through the same gate as everybody. @throws CommandFailure for a refusal */
export async function callAs(
  operator: Operator,
  { admin }: HeadOffice,
  { reportIncident }: Program,
  procedure: string,
  input: unknown,
): Promise<unknown> {
  const answered = await callProcedure(procedure, input, { admin, operator, reportIncident });
  const endsWith = !answered.ok && answered.error.code === "UNKNOWN_PROCEDURE" ? exitCode.wrongCommand : exitCode.refused;
  if (!answered.ok) throw new CommandFailure(answered.error, endsWith);
  return answered.value;
}
