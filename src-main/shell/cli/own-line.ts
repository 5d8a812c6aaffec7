import { call, getRouter, isProcedure, unlazy } from "@orpc/server";
import { openConnection } from "#main/api/context.ts";
import { openStation } from "#main/main.ts";
import { keyInFile } from "#main/security/data-key.ts";
import { openOwnedStation } from "#main/shell/open-owned-station.ts";
import { OwnedByAnother } from "#main/shell/owner-lock.ts";
import { procedureNames, unknownProcedure } from "./procedures.ts";
import { asRefusal } from "./refusal.ts";
import type { StationLine } from "./station-line.ts";
import { stderrLog } from "#main/shell/stderr-log.ts";

export const isOwnedByAnother = (error: unknown): boolean => error instanceof OwnedByAnother;

/** Opens the station in this process for one command. @see openLine */
export async function openOwnLine(dataDir: string, procedures: readonly string[]): Promise<StationLine> {
  const known = procedureNames();
  const misspelt = procedures.find((name) => !known.includes(name));
  if (misspelt !== undefined) throw unknownProcedure(misspelt);

  const { router, close } = await openOwnedStation({
    dataDir,
    keys: keyInFile(dataDir),
    leavesPortsClosed: true,
    log: stderrLog("warn"),
    open: openStation,
  });
  const context = { connection: openConnection() };
  return {
    ask: async (procedure, input, signal) => {
      const path = procedure.split(".");
      const { default: found } = await unlazy(getRouter(router, path));
      if (!isProcedure(found)) throw unknownProcedure(procedure);
      try {
        return await call(found, input, { context, path, ...(signal ? { signal } : {}) });
      } catch (error) {
        throw await asRefusal(error, procedure);
      }
    },
    close,
  };
}
