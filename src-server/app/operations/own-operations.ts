import type { JudgedOperation } from "#server/app/ports/inbox.ts";
import type { Machine } from "#server/app/ports/machine.ts";
import type { ServerIdentity } from "#server/app/ports/access-store.ts";
import type { Incarnation } from "#server/app/ports/station-store.ts";
import type { Transaction } from "#server/app/ports/store.ts";
import { newId } from "#server/app/ids.ts";
import { sha256 } from "#server/app/sha256.ts";
import type { OperationType } from "#shared/domain/operations/declare.ts";
import { effectsOf } from "#shared/domain/operations/effects-of.ts";
import { chainHash } from "#shared/domain/operations/encode.ts";
import { tickHlc } from "#shared/domain/operations/hlc.ts";
import { headOfficeReplica, type Envelope, type OperationHeader } from "#shared/domain/operations/operation.ts";
import { writeBytes } from "#shared/domain/operations/read-bytes.ts";
import { businessDateOf, companyTimeZone } from "#shared/domain/time/business-date.ts";
import type { Books } from "./books.ts";
import { pushTo } from "./journal.ts";

type OwnIntent<D, P> = {
  /** The request id where somebody asked for it; else head office makes one. */
  readonly opId?: string;
  /** Staff id, or `headOfficeItself`. */
  readonly by: string;
  readonly d: D;
  readonly personal?: P;
};

/** The author of what no person asked for: grants, repayments, the rest of a void. */
export const headOfficeItself = "head-office";

/**
 * Head office writes as replica 0, into the same log, under the same chain and through the same effects as a station. What it wrote
 * after a mark in the books' journal is taken back with them.
 */
export type OwnOperations = {
  /** Holds the chain until the end of the transaction; writing does so by itself. */
  readonly hold: () => Promise<void>;
  /** @throws when the books refuse: head office decides by the same books, so that would be a fault of this program */
  readonly write: <D, P>(type: OperationType<D, P>, intent: OwnIntent<D, P>) => Promise<{ readonly opId: string }>;
  /** Writes the log; does nothing when nothing was written. */
  readonly save: () => Promise<void>;
};

export function makeOwnOperations(tx: Transaction, identity: ServerIdentity, machine: Machine, books: Books): OwnOperations {
  const written: JudgedOperation[] = [];
  let life: Incarnation | undefined;

  /** The chain of replica 0 is one for the company: whoever writes holds it, after the members and before the streams. */
  async function holdChain(): Promise<Incarnation> {
    if (life) return life;
    const found = await tx.stations.lock(headOfficeReplica, identity.incarnation);
    if (!found) throw new Error("head office has no incarnation of its own");
    return found;
  }

  return {
    async hold() {
      life = await holdChain();
    },
    async write(type, { opId = newId(machine), by, d, personal }) {
      life = await holdChain();
      const nowMs = machine.clock.nowMs();
      const today = businessDateOf(nowMs);
      // Later than every edit it builds on, so that a decision is not undone by the clock of the station that asked for it.
      const latest = [life.lastHlc, books.records.latestClock()].toSorted().at(-1) ?? life.lastHlc;
      const header: OperationHeader = {
        opId,
        replica: headOfficeReplica,
        incarnation: identity.incarnation,
        seq: life.ackSeq + 1,
        hlc: tickHlc(latest, nowMs),
        type: type.type,
        version: type.version,
        entity: undefined,
        transaction: undefined,
      };
      const body: Envelope<unknown> = { by, at: nowMs, tz: companyTimeZone, clk: { off: 0, err: 0, doubt: false }, seen: {}, d };
      const meaning = effectsOf({ ...header, body, personal });
      if (!meaning.ok) throw new Error(`head office wrote ${type.type} that it cannot read: ${meaning.error.field}`);
      const booked = { opId, effHlc: header.hlc, replica: headOfficeReplica, eventDate: today, bookingDate: today };
      const applied = books.apply(booked, meaning.value.effects);
      if (!applied.ok) throw new Error(`head office wrote ${type.type} that its books refuse: ${applied.error.code}`);

      const whole = { ...header, entity: meaning.value.entity };
      const bytes = writeBytes(body, personal);
      const hash = chainHash(sha256, life.ackHash, whole, bytes.body, bytes.personal);
      pushTo(books.journal, written, {
        ...whole,
        ...bytes,
        prev: life.ackHash,
        hash,
        effHlc: header.hlc,
        receivedAtMs: nowMs,
        bookingDate: today,
        eventDate: today,
        verdict: "applied",
        settle: [],
      });
      const before = life;
      books.journal.did(() => (life = before));
      life = { ...before, ackSeq: header.seq, ackHash: hash, lastHlc: header.hlc };
      return { opId };
    },
    async save() {
      if (!life || written.length === 0) return;
      await tx.inbox.insert(written);
      await tx.stations.save(life);
    },
  };
}
