import type { SignInInput } from "#shared/contracts/session.ts";
import { err, ok, type Result } from "#shared/std/result.ts";
import { failuresKeptMs, lockOutAt, type LockOut } from "#shared/domain/staff/lock-out.ts";
import type { Operator } from "#shared/domain/staff/roles.ts";
import type { Ports } from "#main/app/ports/ports.ts";
import type { Reading } from "#main/app/ports/store.ts";
import { nobody, operatorOf } from "./operator-of.ts";
import { pinSubject } from "./sign-in-by-card.ts";

export type SignInRefusal = { code: "WRONG_CREDENTIALS"; attemptsLeft: number } | { code: "ACCOUNT_LOCKED"; untilMs: number };

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
    store.write((tx) => {
      tx.forgetSignInFailures(userName);
      // Whoever knows the password may try their PIN again.
      return ok(tx.forgetSignInFailures(pinSubject(staff.staffId)));
    });
    return ok(operatorOf(staff, { nowMs, lastContactMs: store.read((view) => view.exchange.lastContactMs()) }));
  };

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
