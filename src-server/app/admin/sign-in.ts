import type { AdminService } from "#server/app/head-office.ts";
import type { Ports } from "#server/app/ports/ports.ts";
import { failuresKeptMs, lockOutAt } from "#shared/domain/staff/lock-out.ts";
import { staffRecord } from "#shared/domain/staff/staff.ts";
import { err, ok } from "#shared/std/result.ts";
import { isPassword } from "./passwords.ts";

/** Under what name the failed tries of an account are counted. */
export const signInSubject = (userName: string): string => `sign-in ${userName.toLowerCase()}`;

/** A locked account refuses the right password too: otherwise the lock would tell a guesser when it was found. */
export const makeSignIn =
  ({ store, machine }: Ports): AdminService["signIn"] =>
  async (userName, password) => {
    const nowMs = machine.clock.nowMs();
    const subject = signInSubject(userName);
    const { record, failures } = await store.read(async (tx) => ({
      record: await tx.records.staffNamed(userName),
      failures: await tx.access.failedTries(subject, nowMs - failuresKeptMs),
    }));
    const { lockedUntilMs } = lockOutAt(failures.toReversed(), nowMs);
    if (lockedUntilMs !== null) return err({ code: "ACCOUNT_LOCKED", untilMs: lockedUntilMs });

    const person = record && staffRecord.parse(record.doc);
    const isRight = await isPassword(person?.isActive ? person.verifier : undefined, password);
    if (!isRight || !person) {
      await store.write((tx) => tx.access.addFailedTry(subject, nowMs));
      return err({ code: "WRONG_CREDENTIALS" });
    }
    await store.write((tx) => tx.access.forgetFailedTries(subject));
    const { staffId, displayName, role, branchId } = person;
    return ok({ staffId, userName: person.userName, displayName, role, branchId });
  };
