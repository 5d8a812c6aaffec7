import type { Precious } from "#main/app/ports/store.ts";
import type { Tables } from "./tables.ts";

/** What cannot be asked of anybody else, once the file is gone. */
export const makePrecious = ({ identity, operations, ledger, meta }: Tables): Precious => ({
  facts: () => {
    const self = identity.get();
    const deviceKey = meta.bytes("deviceKey");
    return self && deviceKey && { identity: self, deviceKey };
  },
  end: () => {
    const self = identity.get();
    const head = operations.head();
    return (
      self && { incarnation: self.incarnation, seq: head?.seq ?? 0, hash: head?.hash ?? new Uint8Array(32), gno: meta.int("appliedGno") }
    );
  },
  holds: ({ incarnation, seq, hash }) => {
    if (incarnation !== identity.get()?.incarnation) return false;
    const known = operations.hashAt(seq);
    return seq === 0 || (known !== undefined && Buffer.compare(known, hash) === 0);
  },
  grantsAfter: ledger.appliedGrantsAfter,
  operationsAfter: (seq, limit) => operations.outbox(seq, { maxOperations: limit, maxBytes: Number.MAX_SAFE_INTEGER }, identity.require()),
});
