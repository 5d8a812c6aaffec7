import { hash } from "node:crypto";
import type { Sha256 } from "#shared/domain/operations/encode.ts";

/** In one call: an object that is updated part by part costs more than the digest of a few hundred bytes. */
export const sha256: Sha256 = (...parts) => hash("sha256", parts.length === 1 && parts[0] ? parts[0] : Buffer.concat(parts), "buffer");
