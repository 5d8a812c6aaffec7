import type { SignInInput } from "#shared/contracts/session.ts";
import { err, ok, type Result } from "#shared/std/result.ts";
import { failuresKeptMs, lockOutAt, type LockOut } from "#shared/domain/staff/lock-out.ts";
import { roleRights, type Operator } from "#shared/domain/staff/roles.ts";
import type { StaffRecord } from "#shared/domain/staff/staff.ts";
import type { Ports } from "#main/app/ports/ports.ts";
import type { Reading } from "#main/app/ports/store.ts";

export type SignInRefusal = { code: "WRONG_CREDENTIALS"; attemptsLeft: number } | { code: "ACCOUNT_LOCKED"; untilMs: number };

/** A verifier of nobody's password: an unknown name costs the same time as a known one, so that names cannot be fished for. */
const nobody = "$argon2id$v=19$m=19456,t=2,p=1$Y291bnRlcmZvaWwtbm9ib2R5$RdescudvJCsgt3ub+b2cK1Jb3ExNQbHGmFWf8Wg0mGk";
const dayMs = 24 * 60 * 60 * 1000;

/** Signs a person in by name and password, line or no line; five failures lock the name for a quarter of an hour (U-03, U-04). */
export const makeSignIn =
  ({ store, clock, passwords }: Ports) =>
  async ({ userName, password }: SignInInput): Promise<Result<Operator, SignInRefusal>> => {
    const nowMs = clock.nowMs();
    const lock = (view: Reading): LockOut => {
      // What failed before an administrator took the lock off counts no more (U-04).
      const sinceMs = Math.max(nowMs - failuresKeptMs, view.staff.findByUserName(userName)?.unlockedAtMs ?? 0);
      return lockOutAt(view.signIns.failures(userName, sinceMs), nowMs);
    };
    // The attempt counts as failed before the password is looked at: a hundred attempts at once are five attempts, too.
    const attempt = store.write((tx): Result<LockOut, SignInRefusal> => {
      const { lockedUntilMs } = lock(tx);
      if (lockedUntilMs !== null) return err({ code: "ACCOUNT_LOCKED", untilMs: lockedUntilMs });
      tx.rememberSignInFailure(userName, nowMs);
      return ok(lock(tx));
    });
    if (!attempt.ok) return attempt;
    const staff = store.read((view) => view.staff.findByUserName(userName));
    const isRight = (await passwords.verify(staff?.verifier || nobody, password)) && staff?.isActive === true;
    if (!isRight || !staff) {
      const { lockedUntilMs, attemptsLeft } = attempt.value;
      return err(lockedUntilMs === null ? { code: "WRONG_CREDENTIALS", attemptsLeft } : { code: "ACCOUNT_LOCKED", untilMs: lockedUntilMs });
    }
    store.write((tx) => ok(tx.forgetSignInFailures(userName)));
    return ok(operatorOf(staff, { nowMs, lastContactMs: store.read((view) => view.exchange.lastContactMs()) }));
  };

/** What an account may do at this moment; a station that nobody was heard at for too long leaves the counter's daily bread. */
function operatorOf(staff: StaffRecord, at: { readonly nowMs: number; readonly lastContactMs: number | null }): Operator {
  const { staffId, userName, displayName, role, branchId } = staff;
  const isRestricted = at.lastContactMs === null || at.nowMs - at.lastContactMs > roleRights[role].offlineDays * dayMs;
  return { staffId, userName, displayName, role, branchId, ...(isRestricted && { isRestricted }) };
}

/**
 * The person behind a session as head office has them now: a session outlives the hour in which somebody was dismissed, moved or last
 * heard of, their rights must not.
 *
 * @returns undefined when the account is gone or switched off
 */
export const makeSessionOperator =
  ({ store, clock }: Pick<Ports, "store" | "clock">) =>
  (staffId: string): Operator | undefined =>
    store.read((view) => {
      const staff = view.staff.find(staffId);
      return staff?.isActive ? operatorOf(staff, { nowMs: clock.nowMs(), lastContactMs: view.exchange.lastContactMs() }) : undefined;
    });
