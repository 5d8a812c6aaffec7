import type { SignInInput } from "#shared/contracts/session.ts";
import { err, ok, type Result } from "#shared/std/result.ts";
import { lockOut, lockOutAt } from "#shared/domain/staff/lock-out.ts";
import { roleRights, type Operator } from "#shared/domain/staff/roles.ts";
import type { Ports } from "#main/app/ports/ports.ts";

type Refusal = { code: "WRONG_CREDENTIALS"; attemptsLeft: number } | { code: "ACCOUNT_LOCKED"; untilMs: number };

/** A verifier of nobody's password: an unknown name costs the same time as a known one, so that names cannot be fished for. */
const nobody = "$argon2id$v=19$m=19456,t=2,p=1$Y291bnRlcmZvaWwtbm9ib2R5$RdescudvJCsgt3ub+b2cK1Jb3ExNQbHGmFWf8Wg0mGk";
const dayMs = 24 * 60 * 60 * 1000;

/** Signs a person in by name and password, line or no line; five failures lock the name for a quarter of an hour (U-03, U-04). */
export const makeSignIn =
  ({ store, clock, passwords }: Ports) =>
  async ({ userName, password }: SignInInput): Promise<Result<Operator, Refusal>> => {
    const nowMs = clock.nowMs();
    const failures = (): readonly number[] => store.read((view) => view.signIns.failures(userName, nowMs - lockOut.windowMs));
    const { lockedUntilMs } = lockOutAt(failures(), nowMs);
    if (lockedUntilMs !== null) return err({ code: "ACCOUNT_LOCKED", untilMs: lockedUntilMs });
    const staff = store.read((view) => view.staff.findByUserName(userName));
    const isRight = (await passwords.verify(staff?.verifier || nobody, password)) && staff?.isActive === true;
    if (!isRight || !staff) {
      store.write((tx) => ok(tx.rememberSignInFailure(userName, nowMs)));
      const after = lockOutAt(failures(), nowMs);
      return err(
        after.lockedUntilMs === null
          ? { code: "WRONG_CREDENTIALS", attemptsLeft: after.attemptsLeft }
          : { code: "ACCOUNT_LOCKED", untilMs: after.lockedUntilMs },
      );
    }
    store.write((tx) => ok(tx.forgetSignInFailures(userName)));
    const lastContactMs = store.read((view) => view.exchange.lastContactMs());
    const isRestricted = lastContactMs === null || nowMs - lastContactMs > roleRights[staff.role].offlineDays * dayMs;
    const { staffId, displayName, role, branchId } = staff;
    return ok({ staffId, userName, displayName, role, branchId, ...(isRestricted && { isRestricted }) });
  };
