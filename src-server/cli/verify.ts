import { command } from "./command.ts";
import { exitCode } from "./failure.ts";
import { callAs, localOwner, withHeadOffice } from "./with-head-office.ts";

/** Exits with 1 when something is damaged, so that a nightly script can call somebody. */
export const verify = command({
  usage: "hq verify [--data DIR] [--json]",
  options: {},
  run: (_given, program) =>
    withHeadOffice(program, async (headOffice) => {
      const found = await callAs(localOwner, headOffice, program, "ledger.verify", undefined);
      const { ok, damaged } = found as {
        readonly ok: boolean;
        readonly damaged: readonly { readonly table: string; readonly id: string }[];
      };
      program.print(found, ok ? "The books hold." : damaged.map(({ table, id }) => `damaged: ${table} ${id}`).join("\n"));
      return ok ? exitCode.done : exitCode.refused;
    }),
});
