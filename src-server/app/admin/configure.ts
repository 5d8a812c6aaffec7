import type { AdminService } from "#server/app/head-office.ts";
import { newId } from "#server/app/ids.ts";
import { makeCode } from "#server/app/one-time-codes.ts";
import { finishWork } from "#server/app/operations/finish-work.ts";
import { openWork, type Work } from "#server/app/operations/work.ts";
import type { Ports } from "#server/app/ports/ports.ts";
import type { RecordKey } from "#server/app/ports/record-store.ts";
import type { Transaction } from "#server/app/ports/store.ts";
import { publishPlan, publishRule } from "#server/app/publications.ts";
import { newSalt } from "#server/app/salt.ts";
import { branchAdd } from "#shared/domain/branches/ops.ts";
import { cardKindSet } from "#shared/domain/cards/ops.ts";
import type { Role } from "#shared/domain/staff/roles.ts";
import { staffSet } from "#shared/domain/staff/ops.ts";
import { err, ok, type Result } from "#shared/std/result.ts";
import { makeVerifier } from "./passwords.ts";

type Configure = Pick<AdminService, "addBranch" | "createEnrolmentCode" | "setStaff" | "publishRule" | "publishPlan" | "setCardKind">;

/** What administrators set up, each change an operation of head office. */
export function makeConfigure(ports: Ports): Configure {
  return {
    addBranch: (by, { code, name }) =>
      change(ports, async (tx) => {
        if (await tx.records.branchCoded(code)) return err({ code: "BRANCH_CODE_TAKEN" });
        const branchId = newId(ports.machine);
        return writeRecord(ports, tx, { kind: "branch", id: branchId }, async (work) => {
          await work.own.write(branchAdd, { by, d: { branchId, code, name } });
          return { branchId };
        });
      }),
    createEnrolmentCode: (_by, branchCode) =>
      ports.store.write(async (tx) => {
        const branch = await tx.records.branchCoded(branchCode);
        if (!branch) return err({ code: "BRANCH_NOT_FOUND" });
        return ok(await makeCode(tx, ports.machine, ports.identity, { purpose: "station", branchId: branch.id }));
      }),
    async setStaff(by, { userName, displayName, password, role, branch }) {
      const verifier = await makeVerifier(password);
      return change<{ staffId: string }, { code: "BRANCH_NOT_FOUND" | "USER_NAME_TAKEN" }>(ports, async (tx) => {
        if (await tx.records.staffNamed(userName)) return err({ code: "USER_NAME_TAKEN" });
        const at = branch === null ? null : await tx.records.branchCoded(branch);
        if (at === undefined) return err({ code: "BRANCH_NOT_FOUND" });
        return writeStaff(ports, tx, by, { userName, displayName, verifier, role, branchId: at?.id ?? null });
      });
    },
    publishRule: (by, rule) => change(ports, (tx) => publishRule(ports, tx, rule, { by })),
    publishPlan: (by, plan) => change(ports, (tx) => publishPlan(ports, tx, plan, { by })),
    async setCardKind(by, kind) {
      await change(ports, (tx) =>
        writeRecord(ports, tx, { kind: "cardKind", id: kind.kind }, async (work) => {
          await work.own.write(cardKindSet, { by, d: kind });
          return {};
        }),
      );
    },
  };
}

/** One transaction, and a call to everybody who waits for news when it changed something. */
export async function change<T, E>(ports: Ports, work: (tx: Transaction) => Promise<Result<T, E>>): Promise<Result<T, E>> {
  const changed = await ports.store.write(work);
  if (changed.ok) ports.notifier.published();
  return changed;
}

async function writeRecord<T>(ports: Ports, tx: Transaction, key: RecordKey, write: (work: Work) => Promise<T>): Promise<Result<T, never>> {
  const work = await openWork(tx, ports.machine, ports.identity, { records: [key] });
  const value = await write(work);
  await finishWork(work);
  return ok(value);
}

export type Account = {
  readonly userName: string;
  readonly displayName: string;
  readonly verifier: string;
  readonly role: Role;
  readonly branchId: string | null;
};

export function writeStaff(
  ports: Ports,
  tx: Transaction,
  by: string | null,
  account: Account,
): Promise<Result<{ staffId: string }, never>> {
  const staffId = newId(ports.machine);
  const { role, branchId, userName, displayName, verifier } = account;
  return writeRecord(ports, tx, { kind: "staff", id: staffId }, async (work) => {
    await work.own.write(staffSet, {
      // The first administrator answers for their own account: before them there was nobody.
      by: by ?? staffId,
      d: { staffId, role, branchId, isActive: true },
      personal: { salt: newSalt(ports.machine), userName, displayName, verifier },
    });
    return { staffId };
  });
}
