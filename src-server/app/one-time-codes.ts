import { timingSafeEqual } from "node:crypto";
import type { OneTimeCode, ServerIdentity } from "#server/app/ports/access-store.ts";
import type { Machine } from "#server/app/ports/machine.ts";
import type { Transaction } from "#server/app/ports/store.ts";
import { sha256 } from "#server/app/sha256.ts";
import { makeEnrolmentCode, printEnrolmentCode, readEnrolmentCode } from "#shared/domain/enrolment/code.ts";
import { err, ok, type Result } from "#shared/std/result.ts";

const codeValidMs = 24 * 60 * 60 * 1000;
const wrongTriesMax = 5;
/** The first letters find the row, so that wrong tries can be counted; the sixty bits behind them are what has to be known. */
const selectorLetters = 4;
const secretRandomBytes = 10;
/** All wrong codes together, whatever they begin with: guessing is slower than this or not at all. */
const strangerTriesMax = 60;
const strangerWindowMs = 15 * 60 * 1000;
const wrongCodes = "one-time codes";

type Purpose = Pick<OneTimeCode, "purpose" | "branchId">;

/** Makes a code that works once, for 24 hours. @returns it as it is printed; head office keeps only a hash */
export async function makeCode(
  tx: Transaction,
  { clock, random }: Machine,
  { publicKey }: ServerIdentity,
  { purpose, branchId }: Purpose,
): Promise<{ code: string; expiresAtMs: number }> {
  const code = makeEnrolmentCode(sha256, random(secretRandomBytes), publicKey);
  const expiresAtMs = clock.nowMs() + codeValidMs;
  const selector = code.slice(0, selectorLetters);
  await tx.access.addCode({
    selector,
    secretHash: hashOf(code),
    purpose,
    branchId,
    expiresAtMs,
    wrongTries: 0,
    usedByKey: null,
    replica: null,
  });
  return { code: printEnrolmentCode(code), expiresAtMs };
}

export type CodeRefusal =
  | { readonly code: "CODE_MALFORMED" | "CODE_BLOCKED" | "TRY_LATER" }
  | { readonly code: "CODE_WRONG"; readonly triesLeft: number };

/** Finds the code that somebody typed, and counts a wrong one. Whether it was used or is too old is the caller's to say. */
export async function checkCode(
  tx: Transaction,
  { clock }: Machine,
  typed: string,
  purpose: OneTimeCode["purpose"],
): Promise<Result<OneTimeCode, CodeRefusal>> {
  const read = readEnrolmentCode(typed);
  if (!read.ok) return read;
  const nowMs = clock.nowMs();
  const tries = await tx.access.failedTries(wrongCodes, nowMs - strangerWindowMs);
  if (tries.length >= strangerTriesMax) return err({ code: "TRY_LATER" });
  const { code } = read.value;
  const found = await tx.access.lockCode(code.slice(0, selectorLetters));
  if (!found || found.purpose !== purpose) {
    await tx.access.addFailedTry(wrongCodes, nowMs);
    return err({ code: "CODE_WRONG", triesLeft: wrongTriesMax });
  }
  if (found.wrongTries >= wrongTriesMax) return err({ code: "CODE_BLOCKED" });
  if (timingSafeEqual(found.secretHash, hashOf(code))) return ok(found);
  await tx.access.addFailedTry(wrongCodes, nowMs);
  await tx.access.saveCode({ ...found, wrongTries: found.wrongTries + 1 });
  const triesLeft = wrongTriesMax - found.wrongTries - 1;
  return err(triesLeft === 0 ? { code: "CODE_BLOCKED" } : { code: "CODE_WRONG", triesLeft });
}

/** Eighty random bits need no salt and no stretching. */
const hashOf = (code: string): Uint8Array => sha256(Buffer.from(code, "utf8"));
