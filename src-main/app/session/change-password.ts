import { changePasswordAct } from "#shared/contracts/acts/accounts.ts";
import type { ChangePasswordInput } from "#shared/contracts/session.ts";
import { err, ok, type Result } from "#shared/std/result.ts";
import type { Operator } from "#shared/domain/staff/roles.ts";
import { makeActAtHeadOffice, type ActRefusal } from "#main/app/acts/act-at-head-office.ts";
import type { Ports } from "#main/app/ports/ports.ts";
import { nobody } from "./operator-of.ts";
import { makeSignIn, type SignInRefusal } from "./sign-in.ts";

type Refusal = SignInRefusal | { code: "PASSWORD_UNCHANGED" } | ActRefusal<typeof changePasswordAct>;

/**
 * A person chooses another password, knowing the one they have; guesses at that one are counted as in signing in. What leaves the station
 * is a verifier. Each try is an act of its own: the same password set twice is the same password.
 */
export const makeChangePassword = (ports: Ports) => {
  const identify = makeSignIn(ports);
  const changeAtHeadOffice = makeActAtHeadOffice(ports, changePasswordAct);
  return async ({ password, newPassword }: ChangePasswordInput, by: Operator): Promise<Result<Record<never, never>, Refusal>> => {
    // Read before the password is looked at: one that the feed brings meanwhile is never taken for the one that was given.
    const replaces = ports.store.read((view) => view.staff.find(by.staffId))?.verifier || nobody;
    const identified = await identify({ userName: by.userName, password });
    if (!identified.ok) return identified;
    if (newPassword === password) return err({ code: "PASSWORD_UNCHANGED" });
    const verifier = await ports.passwords.makeVerifier(newPassword);
    const changed = await changeAtHeadOffice({ requestId: ports.random.uuid(), verifier, replaces }, by);
    return changed.ok ? ok({}) : changed;
  };
};
