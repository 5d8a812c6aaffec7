import type { Clock } from "#main/app/ports/clock.ts";
import type { ExchangeWriting, StationIdentity } from "#main/app/ports/exchange-store.ts";
import { rightsSum } from "#shared/domain/ledger/rights-sum.ts";
import { genesisHash } from "#shared/domain/operations/encode.ts";
import { absorbHlc, firstHlc } from "#shared/domain/operations/hlc.ts";
import { lastHlc } from "./append-operation.ts";
import { deleteRow, putRow } from "./feed-rows.ts";
import { sha256 } from "./sha256.ts";
import type { Tables, Touched } from "./tables.ts";

/** What the exchange with head office reads and writes, inside one transaction. */
export function makeExchangeWriting(tables: Tables, touched: Touched, clock: Clock): ExchangeWriting {
  const { meta, identity, operations, ledger, cursors } = tables;
  const genesis = (): Uint8Array => {
    const { replica, incarnation } = identity.require();
    return genesisHash(sha256, replica, incarnation);
  };

  const become = (self: StationIdentity): void => {
    identity.put(self);
    touched.changedFacts = true;
  };

  return {
    deviceKey: () => meta.bytes("deviceKey"),
    keepDeviceKey: (privateKey) => meta.put("deviceKey", privateKey),
    enrolled: become,
    restarted: (serverEpoch) => {
      become({ ...identity.require(), serverEpoch });
      cursors.forget();
    },
    head: () => {
      const head = operations.head();
      return { seq: head?.seq ?? 0, hash: head?.hash ?? genesis() };
    },
    lastHlc: () => lastHlc(tables),
    acknowledged: () => meta.int("ackSeq"),
    rightsClaim: () => {
      const rights = ledger.allRights();
      return { count: rights.length, sum: rightsSum(sha256, rights), atSeq: operations.head()?.seq ?? 0, atGno: meta.int("appliedGno") };
    },
    outbox: (afterSeq, limits) => ({
      base: { seq: afterSeq, hash: operations.hashAt(afterSeq) ?? genesis() },
      operations: operations.outbox(afterSeq, limits, identity.require()),
    }),
    settle: (ackSeq, results) => {
      for (const result of results) operations.settle(result);
      meta.put("ackSeq", ackSeq);
      const at = cursors.all();
      for (const stream of new Set(results.flatMap(({ settle }) => (settle ? [settle.s] : []))))
        operations.settleUpTo(stream, at[stream] ?? 0);
      touched.wroteOperations = true;
    },
    cursors: cursors.all,
    putRow: (kind, id, row, version, asOfMs) => putRow(tables, touched, kind, id, row, version, asOfMs),
    deleteRow: (kind, id) => deleteRow(tables, kind, id),
    moveCursor: (stream, gseq) => {
      cursors.move(stream, gseq);
      operations.settleUpTo(stream, gseq);
    },
    contact: (atMs, serverHlc) => {
      meta.put("lastContactMs", atMs);
      meta.put("serverHlc", absorbHlc(meta.text("serverHlc") ?? firstHlc, serverHlc, clock.wallMs()));
    },
  };
}
