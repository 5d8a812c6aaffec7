import { createHash } from "node:crypto";
import { printRecoveryKey as print, readRecoveryKey as read } from "#shared/domain/recovery/recovery-key.ts";
import type { Sha256 } from "#shared/domain/operations/encode.ts";
import { Fault } from "#main/app/ports/fault.ts";

const sha256: Sha256 = (...parts) => createHash("sha256").update(Buffer.concat(parts)).digest();

export const printRecoveryKey = (key: Uint8Array): string => print(sha256, key);

/** @throws Fault `RECOVERY_KEY_WRONG` for one that was not copied right */
export function readRecoveryKey(text: string): Uint8Array {
  const key = read(sha256, text);
  if (key.ok) return key.value;
  throw new Fault(key.error.code, { message: "This is not a recovery key, or a character of it is wrong." });
}
