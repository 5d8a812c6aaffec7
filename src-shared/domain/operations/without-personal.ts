import type { Sha256 } from "./encode.ts";
import type { StoredOperation } from "./operation.ts";

/** An operation about somebody who was forgotten, as it is kept: a digest takes the place of what was said, so that the chain holds. */
export function withoutPersonal({ personal, ...op }: StoredOperation, sha256: Sha256): StoredOperation {
  return { ...op, personal: undefined, ...(personal && { personalDigest: sha256(personal) }) };
}
