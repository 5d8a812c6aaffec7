import type { Clock } from "#main/app/ports/clock.ts";
import type { ExchangeWriting, Mended, StationIdentity } from "#main/app/ports/exchange-store.ts";
import type { Reach } from "#shared/contracts/sync/wire.ts";
import { rightsSum } from "#shared/domain/ledger/rights-sum.ts";
import type { ToldRow } from "#shared/domain/stations/missed-row.ts";
import { absorbHlc, firstHlc } from "#shared/domain/operations/hlc.ts";
import { nextOf } from "./append-operation.ts";
import { makeBeginLife } from "./begin-life.ts";
import { releaseSettled } from "./edited-rows.ts";
import { deleteRow, putRow } from "./feed-rows.ts";
import { genesisOf, lifeAt, lifeNow, livesOf, type Life } from "./lives.ts";
import { makePutBack } from "./put-back.ts";
import { rowsToTell } from "./rows-to-tell.ts";
import { sha256 } from "./sha256.ts";
import { makeSplitOff } from "./split-off.ts";
import type { Tables, Touched } from "./tables.ts";
import { checkSome, mendedOf, noteTold } from "./told-copy.ts";

/** What the exchange with head office reads and writes, inside one transaction. */
export function makeExchangeWriting(tables: Tables, touched: Touched, clock: Clock): ExchangeWriting {
  const { meta, identity, operations, ledger, cursors, erasures } = tables;
  const lifeOf = (incarnation: string | undefined): Life => {
    const self = identity.require();
    const life = livesOf(self).find((each) => each.incarnation === (incarnation ?? self.incarnation));
    if (!life) throw new Error("a life that this file never had");
    return life;
  };
  const hashIn = (life: Life, seq: number): Uint8Array =>
    (seq === 0 ? undefined : operations.hashAt(life.before + seq)) ?? genesisOf(identity.require(), life);
  const head = (): { readonly seq: number; readonly hash: Uint8Array } => {
    const { seq, prev } = nextOf(tables);
    return { seq: seq - 1, hash: prev };
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
      // Now: the rows of the older copy take their place.
      meta.put("rowsToTell", JSON.stringify(rowsToTell(tables)));
      tables.rowHashes.forget();
      meta.put("hasErasuresToTell", 1);
    },
    erasuresToTell: () => {
      if (meta.int("hasErasuresToTell") === 0) return [];
      return erasures.all().flatMap(({ memberId, doneOn, signature }) => {
        return doneOn === null || signature === null ? [] : { memberId, on: doneOn, signature };
      });
    },
    toldErasures: () => meta.put("hasErasuresToTell", 0),
    reach: () => {
      const kept = meta.text("reach");
      return kept === undefined ? undefined : (JSON.parse(kept) as Reach);
    },
    keepReach: (reach) => meta.put("reach", JSON.stringify(reach)),
    rowsToTell: () => JSON.parse(meta.text("rowsToTell") ?? "[]") as readonly ToldRow[],
    toldRows: () => meta.put("rowsToTell", "[]"),
    head,
    forkedFrom: () => lifeNow(identity.require()).forkedFrom,
    beginLife: makeBeginLife(tables, touched),
    owesAnotherLife: () => {
      const life = meta.text("rightsDifferIn");
      return life !== undefined && life === identity.get()?.incarnation;
    },
    unfinishedLife: (isPresentOver = false) => {
      const self = identity.require();
      const waiting = operations.firstWaiting(isPresentOver ? Number.MAX_SAFE_INTEGER : lifeNow(self).before);
      if (waiting === undefined) return undefined;
      const life = lifeAt(self, waiting);
      const seq = life.operations ?? head().seq;
      return {
        incarnation: life.incarnation,
        forkedFrom: life.forkedFrom,
        afterSeq: waiting - life.before - 1,
        head: { seq, hash: hashIn(life, seq) },
      };
    },
    knowLives: (lives) => {
      const self = identity.require();
      const present = lifeNow(self);
      // The first life of a station has nothing before it.
      if (!present.forkedFrom) return;
      const known = new Set(livesOf(self).map(({ incarnation }) => incarnation));
      const lost = lives.flatMap(({ incarnation, forkedFrom }) =>
        known.has(incarnation) || !forkedFrom ? [] : [{ incarnation, forkedFrom, operations: 0 }],
      );
      const there = new Map(lives.map(({ incarnation, ackSeq }) => [incarnation, ackSeq]));
      const earlierLives = self.earlierLives.map(({ isComplete, ...life }) =>
        isComplete && (there.get(life.incarnation) ?? 0) <= life.operations ? { ...life, isComplete } : life,
      );
      for (const { incarnation, before, operations: here = 0 } of livesOf(self)) {
        const heard = there.get(incarnation) ?? 0;
        if (incarnation !== self.incarnation && heard < here) operations.waitAgain(before + heard, before + here);
      }
      const isNews =
        lost.length > 0 || earlierLives.some((life, i) => "isComplete" in life !== (self.earlierLives[i]?.isComplete ?? false));
      if (isNews) become({ ...self, earlierLives: [...earlierLives, ...lost], forkedFrom: present.forkedFrom });
    },
    lifeToComplete: () => {
      const life = identity.require().earlierLives.find(({ isComplete }) => !isComplete);
      return life && { incarnation: life.incarnation, from: life.operations + 1 };
    },
    putBack: makePutBack(tables, touched),
    completed: (incarnation) => {
      const self = identity.require();
      const earlierLives = self.earlierLives.map((life) =>
        life.incarnation === incarnation ? { ...life, isComplete: true as const } : life,
      );
      become({ ...self, earlierLives });
    },
    sameUpTo: (incarnation, there) => {
      const life = lifeOf(incarnation);
      const here = there.filter(({ seq }) => life.operations === undefined || seq <= life.operations);
      const other = here.find(({ seq, hash }) => Buffer.from(hashIn(life, seq)).toString("hex") !== hash);
      return other && other.seq - 1;
    },
    splitOff: makeSplitOff(tables, touched),
    lastHlc: () => nextOf(tables).lastHlc,
    acknowledged: () => meta.int("ackSeq"),
    rightsClaim: () => {
      const rights = ledger.allRights();
      return { count: rights.length, sum: rightsSum(sha256, rights), atSeq: head().seq, atGno: meta.int("appliedGno") };
    },
    outbox: (afterSeq, limits, incarnation) => {
      const life = lifeOf(incarnation);
      return {
        base: { seq: afterSeq, hash: hashIn(life, afterSeq) },
        operations: operations.outbox(life.before + afterSeq, limits, identity.require().replica, life),
      };
    },
    settle: (ackSeq, results, incarnation) => {
      const life = lifeOf(incarnation);
      for (const result of results) operations.settle(life.before + result.seq, result);
      if (life.operations === undefined) meta.put("ackSeq", ackSeq);
      const at = cursors.all();
      for (const stream of new Set(results.flatMap(({ settle }) => (settle ? [settle.s] : []))))
        operations.settleUpTo(stream, at[stream] ?? 0);
      releaseSettled(tables, touched);
      touched.wroteOperations = true;
    },
    cursors: cursors.all,
    putRow: (kind, id, row, version, asOfMs) => putRow(tables, touched, kind, id, row, version, asOfMs),
    deleteRow: (kind, id) => deleteRow(tables, touched, kind, id),
    told: (stream, row) => noteTold(tables, stream, row),
    takenBack: (stream, key) => tables.rowHashes.remove(key, stream),
    sumOf: tables.rowHashes.sumOf,
    toldAfter: (stream, key, limit) => tables.rowHashes.after({ ...key, stream }, limit, stream),
    checkTold: (from, limit) => checkSome(tables, from, limit),
    noteMended: (rows) => {
      const before = mendedOf(meta)?.rows ?? 0;
      meta.put("mended", JSON.stringify({ rows: before + rows, atMs: clock.nowMs() } satisfies Mended));
    },
    toldIn: (key) => tables.rowHashes.find(key).map(({ stream }) => stream),
    floors: cursors.floors,
    readAgain: cursors.readAgain,
    moveCursor: (stream, gseq) => {
      cursors.move(stream, gseq);
      operations.settleUpTo(stream, gseq);
      releaseSettled(tables, touched);
    },
    keepsKey: (keyId) => meta.put("depositedKeyId", keyId ?? ""),
    contact: (atMs, serverHlc) => {
      meta.put("lastContactMs", atMs);
      meta.put("serverHlc", absorbHlc(meta.text("serverHlc") ?? firstHlc, serverHlc, clock.wallMs()));
    },
  };
}
