import type { ActContext, ActHandler } from "./act-handler.ts";
import { makeVerifier } from "#server/app/admin/passwords.ts";
import { signInSubject } from "#server/app/admin/sign-in.ts";
import { newId } from "#server/app/ids.ts";
import { finishWork } from "#server/app/operations/finish-work.ts";
import { openOwnRecords } from "#server/app/operations/own-records.ts";
import type { Work } from "#server/app/operations/work.ts";
import type { StoredRecord } from "#server/app/ports/record-store.ts";
import type { Transaction } from "#server/app/ports/store.ts";
import { newSalt } from "#server/app/salt.ts";
import type {
  AccountView,
  changeAccountAct,
  createAccountAct,
  listAccountsAct,
  resetPasswordAct,
  unlockAccountAct,
} from "#shared/contracts/acts/accounts.ts";
import { branchRecord, type BranchRecord } from "#shared/domain/branches/branch.ts";
import { roleRights, type Operator, type Role } from "#shared/domain/staff/roles.ts";
import { staffPatch, staffSet } from "#shared/domain/staff/ops.ts";
import { pinStateOf } from "#shared/domain/staff/pin.ts";
import { staffRecord, type StaffRecord } from "#shared/domain/staff/staff.ts";
import { err, ok, type Result } from "#shared/std/result.ts";
import { newTemporaryPassword } from "./temporary-password.ts";

export const listAccounts: ActHandler<typeof listAccountsAct> = async ({ tx, by }) => {
  const branches = await branchesOf(tx);
  const staff = (await tx.records.ofKind("staff")).map(({ doc }) => staffRecord.parse(doc));
  return ok({
    accounts: staff.filter((person) => looksAfter(by, person)).map((person) => viewAccount(person, branches)),
    branches: branches.filter((branch) => looksAfter(by, branch)).map(({ code, name }) => ({ code, name })),
  });
};

export const createAccount: ActHandler<typeof createAccountAct> = async (
  { ports, tx, by },
  { requestId, userName, displayName, role, branch },
) => {
  const temporaryPassword = newTemporaryPassword(ports.machine);
  const verifier = await makeVerifier(temporaryPassword);
  const staffId = newId(ports.machine);
  const work = await openOwnRecords(ports, tx, { kind: "staff", id: staffId });
  if (await tx.records.staffNamed(userName)) return err({ code: "USER_NAME_TAKEN" });
  const place = await findPlace(tx, branch);
  if (!place) return err({ code: "BRANCH_NOT_FOUND" });
  await work.own.write(staffSet, {
    opId: requestId,
    by: by.staffId,
    d: { staffId, role, branchId: place.branchId, isActive: true },
    personal: { salt: newSalt(ports.machine), userName, displayName, verifier },
  });
  await finishWork(work);
  return ok({ staffId, temporaryPassword });
};

export const changeAccount: ActHandler<typeof changeAccountAct> = async (
  context,
  { requestId, staffId, displayName, role, branch, isActive },
) => {
  const { ports, tx, by } = context;
  const found = await openAccount(context, staffId);
  if (!found) return err({ code: "STAFF_NOT_FOUND" });
  const { work, person } = found;
  const place = branch === undefined ? undefined : await findPlace(tx, branch);
  if (branch !== undefined && !place) return err({ code: "BRANCH_NOT_FOUND" });
  const next = { role: role ?? person.role, branchId: place ? place.branchId : person.branchId, isActive: isActive ?? person.isActive };
  const isOther = next.role !== person.role || next.branchId !== person.branchId || next.isActive !== person.isActive;
  // What one may do is given by somebody else, and nobody locks themselves out by a slip of the hand.
  if (isOther && staffId === by.staffId) return err({ code: "OWN_ACCOUNT" });
  const staysAdministrator = next.isActive && next.role === "administrator";
  if (isAdministrator(person) && !staysAdministrator && !(await hasOtherAdministrator(tx, staffId)))
    return err({ code: "LAST_ADMINISTRATOR" });

  await work.own.write(staffPatch, {
    opId: requestId,
    by: by.staffId,
    d: {
      staffId,
      ...(role && rolesAfter(person, role)),
      ...(place && { branchId: place.branchId }),
      ...(isActive !== undefined && { isActive }),
    },
    ...(displayName !== undefined && { personal: { salt: newSalt(ports.machine), displayName } }),
  });
  await finishWork(work);
  return ok(await viewChanged(work, staffId));
};

/** The new role, and which ones went before: a station that has not heard of it goes on under the old one in good faith. */
const rolesAfter = ({ role: before, formerRoles = [] }: StaffRecord, role: Role): Pick<StaffRecord, "role" | "formerRoles"> => ({
  role,
  ...(role !== before && { formerRoles: [...new Set([...formerRoles, before])] }),
});

export const resetPassword: ActHandler<typeof resetPasswordAct> = async (context, { requestId, staffId }) => {
  const { machine } = context.ports;
  const temporaryPassword = newTemporaryPassword(machine);
  const verifier = await makeVerifier(temporaryPassword);
  const found = await openAccount(context, staffId);
  if (!found) return err({ code: "STAFF_NOT_FOUND" });
  await found.work.own.write(staffPatch, {
    opId: requestId,
    by: context.by.staffId,
    d: { staffId },
    personal: { salt: newSalt(machine), verifier },
  });
  await finishWork(found.work);
  return ok({ staffId, temporaryPassword });
};

export const unlockAccount: ActHandler<typeof unlockAccountAct> = async (context, { requestId, staffId }) => {
  const found = await openAccount(context, staffId);
  if (!found) return err({ code: "STAFF_NOT_FOUND" });
  const { work, person } = found;
  const unlockedAtMs = context.ports.machine.clock.nowMs();
  await work.own.write(staffPatch, { opId: requestId, by: context.by.staffId, d: { staffId, unlockedAtMs } });
  await context.tx.access.forgetFailedTries(signInSubject(person.userName));
  await finishWork(work);
  return ok(await viewChanged(work, staffId));
};

export async function openAccount({ ports, tx }: ActContext, staffId: string): Promise<{ work: Work; person: StaffRecord } | undefined> {
  const work = await openOwnRecords(ports, tx, { kind: "staff", id: staffId });
  const person = personIn(work.books.records.find("staff", staffId));
  return person && { work, person };
}

type InScope = { readonly work: Work; readonly person: StaffRecord };

/** As `openAccount`, for what a manager does, too: for the people of the own branch and nobody else. */
export async function openAccountInScope(
  context: ActContext,
  staffId: string,
): Promise<Result<InScope, { code: "STAFF_NOT_FOUND" | "OUT_OF_SCOPE" }>> {
  const found = await openAccount(context, staffId);
  if (!found) return err({ code: "STAFF_NOT_FOUND" });
  return looksAfter(context.by, found.person) ? ok(found) : err({ code: "OUT_OF_SCOPE" });
}

const looksAfter = (by: Operator, { branchId }: Pick<StaffRecord, "branchId">): boolean =>
  roleRights[by.role].scope === "company" || (by.branchId !== null && by.branchId === branchId);

const personIn = (record: StoredRecord | undefined): StaffRecord | undefined => record && staffRecord.parse(record.doc);
const branchesOf = async (tx: Transaction): Promise<readonly BranchRecord[]> =>
  (await tx.records.ofKind("branch")).map(({ doc }) => branchRecord.parse(doc));

/** @returns where a branch code leads, null for everywhere; undefined when there is no such branch */
async function findPlace(tx: Transaction, code: string | null): Promise<{ readonly branchId: string | null } | undefined> {
  if (code === null) return { branchId: null };
  const branch = await tx.records.branchCoded(code);
  return branch && { branchId: branch.id };
}

const isAdministrator = ({ role, isActive }: StaffRecord): boolean => role === "administrator" && isActive;

/** Read while head office's chain is held: two administrators who dismiss each other at once are two changes in a row. */
async function hasOtherAdministrator(tx: Transaction, staffId: string): Promise<boolean> {
  const staff = (await tx.records.ofKind("staff")).map(({ doc }) => staffRecord.parse(doc));
  return staff.some((person) => person.staffId !== staffId && isAdministrator(person));
}

export async function viewChanged({ tx, books }: Work, staffId: string): Promise<AccountView> {
  return viewAccount(staffRecord.parse(books.records.find("staff", staffId)?.doc), await branchesOf(tx));
}

function viewAccount(person: StaffRecord, branches: readonly BranchRecord[]): AccountView {
  const { staffId, userName, displayName, role, branchId, isActive, unlockedAtMs, card } = person;
  const branch = branches.find((each) => each.branchId === branchId)?.code ?? null;
  return {
    staffId,
    userName,
    displayName,
    role,
    branch,
    isActive,
    unlockedAtMs: unlockedAtMs ?? null,
    cardLast4: card?.last4 ?? null,
    pin: pinStateOf(person),
  };
}
