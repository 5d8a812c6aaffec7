import type { Precious } from "#main/app/ports/store.ts";
import { memberIdOf } from "#shared/domain/operations/effects-of.ts";
import { readBytes } from "#shared/domain/operations/read-bytes.ts";
import { withoutPersonal } from "#shared/domain/operations/without-personal.ts";
import { sha256 } from "./sha256.ts";
import { lifeAt, lifeNow, livesOf } from "./lives.ts";
import type { Tables } from "./tables.ts";

/** What cannot be asked of anybody else, once the file is gone. */
export const makePrecious = ({ identity, operations, ledger, meta, records, erasures }: Tables): Precious => ({
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
  asKept: (operation) => {
    const read = operation.personal && readBytes(operation, operation);
    if (!read?.ok) return operation;
    const { entity } = operation;
    const aboutRequest = entity?.kind === "request" ? records.find("request", entity.id)?.doc.memberId : null;
    return erasures.has(memberIdOf(read.value) ?? aboutRequest ?? "") ? withoutPersonal(operation, sha256) : operation;
  },
  grantsAfter: ledger.appliedGrantsAfter,
  operationsAfter: (position, limit) => {
    const self = identity.require();
    const limits = { maxOperations: limit, maxBytes: Number.MAX_SAFE_INTEGER };
    return operations.outbox(position, limits, self.replica, lifeAt(self, position + 1));
  },
});
