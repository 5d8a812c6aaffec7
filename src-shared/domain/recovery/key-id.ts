import type { Sha256 } from "#shared/domain/operations/encode.ts";
import { toHex } from "#shared/std/bytes.ts";

const idBytes = 16;

/**
 * Tells keys of data apart without giving any away: 32 random bytes cannot be found from a hash of them. 32 hex digits.
 */
export const keyIdOf = (sha256: Sha256, key: Uint8Array): string =>
  toHex(sha256(new TextEncoder().encode("counterfoil data key"), key).subarray(0, idBytes));
