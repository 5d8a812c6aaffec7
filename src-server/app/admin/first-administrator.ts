import type { AdminService, HeadOffice } from "#server/app/head-office.ts";
import { checkCode, makeCode } from "#server/app/one-time-codes.ts";
import type { Ports } from "#server/app/ports/ports.ts";
import type { Transaction } from "#server/app/ports/store.ts";
import { err } from "#shared/std/result.ts";
import { change, writeStaff } from "./configure.ts";
import { makeVerifier } from "./passwords.ts";

type FirstAdministrator = Pick<AdminService, "createFirstAdministrator"> & Pick<HeadOffice, "firstAdministratorCode">;

/** An empty head office trusts whoever can read the code that it prints. */
export function makeFirstAdministrator(ports: Ports): FirstAdministrator {
  const { machine, identity, store } = ports;
  let printed: { readonly code: string; readonly expiresAtMs: number } | undefined;

  return {
    async firstAdministratorCode() {
      const fresh = await store.write(async (tx) => {
        if (await hasAdministrator(tx)) return null;
        const isGood = printed !== undefined && printed.expiresAtMs > machine.clock.nowMs();
        return isGood ? printed : makeCode(tx, machine, identity, { purpose: "administrator", branchId: null });
      });
      printed = fresh ?? undefined;
      return fresh?.code ?? null;
    },
    async createFirstAdministrator(code, { userName, displayName, password }) {
      const verifier = await makeVerifier(password);
      return change<{ staffId: string }, { code: "CODE_WRONG" | "CODE_BLOCKED" | "ADMINISTRATOR_EXISTS" }>(ports, async (tx) => {
        const checked = await checkCode(tx, machine, code, "administrator");
        if (await hasAdministrator(tx)) return err({ code: "ADMINISTRATOR_EXISTS" });
        if (!checked.ok) return err({ code: checked.error.code === "CODE_BLOCKED" ? "CODE_BLOCKED" : "CODE_WRONG" });
        const isOver = checked.value.expiresAtMs <= machine.clock.nowMs() || checked.value.usedByKey !== null;
        if (isOver) return err({ code: "CODE_WRONG" });
        await tx.access.saveCode({ ...checked.value, usedByKey: new Uint8Array() });
        return writeStaff(ports, tx, null, { userName, displayName, verifier, role: "administrator", branchId: null });
      });
    },
  };
}

async function hasAdministrator(tx: Transaction): Promise<boolean> {
  return (await tx.records.ofKind("staff")).some(({ doc }) => doc.role === "administrator");
}
