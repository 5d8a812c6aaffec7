import type { Precious } from "#main/app/ports/store.ts";
import { lifeAt, lifeNow, livesOf } from "./lives.ts";
import type { Tables } from "./tables.ts";

/** What cannot be asked of anybody else, once the file is gone. */
export const makePrecious = ({ identity, operations, ledger, meta }: Tables): Precious => ({
  facts: () => {
    const self = identity.get();
    const deviceKey = meta.bytes("deviceKey");
    return self && deviceKey && { identity: self, deviceKey };
  },
  isGuarded: () => meta.int("isGuarded") === 1,
  head: () => {
    const { incarnation, before } = lifeNow(identity.require());
    const head = operations.head();
    const seq = (head?.seq ?? 0) - before;
    return { incarnation, seq, hash: seq > 0 && head ? head.hash : new Uint8Array(32) };
  },
  positionOf: ({ incarnation, seq, hash }) => {
    if (seq === 0) return 0;
    const life = livesOf(identity.require()).find((each) => each.incarnation === incarnation);
    if (!life || (life.operations !== undefined && seq > life.operations)) return undefined;
    const known = operations.hashAt(life.before + seq);
    return known && Buffer.compare(known, hash) === 0 ? life.before + seq : undefined;
  },
  grantsAfter: ledger.appliedGrantsAfter,
  operationsAfter: (position, limit) => {
    const self = identity.require();
    const limits = { maxOperations: limit, maxBytes: Number.MAX_SAFE_INTEGER };
    return operations.outbox(position, limits, self.replica, lifeAt(self, position + 1));
  },
});
