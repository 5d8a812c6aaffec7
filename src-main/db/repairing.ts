import { Fault } from "#main/app/ports/fault.ts";
import type { Repairing } from "#main/app/ports/repairing.ts";
import { rightOf } from "#shared/domain/ledger/lots.ts";
import { serialOf } from "#shared/domain/members/member-number.ts";
import { memberCreate } from "#shared/domain/members/ops.ts";
import { dataOf } from "#shared/domain/operations/declare.ts";
import { effectsOf } from "#shared/domain/operations/effects-of.ts";
import { hashBehind } from "#shared/domain/operations/encode.ts";
import type { StoredOperation } from "#shared/domain/operations/operation.ts";
import { readBytes } from "#shared/domain/operations/read-bytes.ts";
import { businessDateOf } from "#shared/domain/time/business-date.ts";
import { nextOf, writeOperation } from "./append-operation.ts";
import { makeBeginLife } from "./begin-life.ts";
import { sha256 } from "./sha256.ts";
import type { Tables, Touched } from "./tables.ts";

/** Puts back what the file once had; nothing of it goes to the mirror journal, where it comes from. */
export function makeRepairing(tables: Tables, touched: Touched): Repairing {
  const { identity, ledger, meta } = tables;

  function replay(stored: StoredOperation, isPast: boolean): void {
    const { position, seq, prev } = nextOf(tables);
    const isNext = stored.incarnation === identity.require().incarnation && stored.seq === seq && isEqual(stored.prev, prev);
    const isItself = isEqual(hashBehind(sha256, stored.prev, stored), stored.hash);
    const read = readBytes(stored, stored);
    const meaning = read.ok ? effectsOf(read.value) : read;
    if (!isNext || !isItself || !read.ok || !meaning.ok)
      throw new Fault("REPLAY_BROKEN", { message: `operation ${stored.seq} does not follow what is there` });
    const own = isPast ? undefined : rightOf(stored.incarnation);
    const eventDate = businessDateOf(read.value.body.at);
    writeOperation(tables, stored, read.value, meaning.value, { position, eventDate, own });
    const made = dataOf(read.value, memberCreate);
    // Numbers that were given to members are not given again.
    if (made) meta.put("memberSerial", Math.max(meta.int("memberSerial"), serialOf(made.memberNumber)));
  }

  return {
    identity: identity.get,
    head: () => {
      const { seq, prev } = nextOf(tables);
      return { seq: seq - 1, hash: prev };
    },
    putFacts: ({ identity: self, deviceKey }) => {
      identity.put(self);
      meta.put("deviceKey", deviceKey);
    },
    beginLife: makeBeginLife(tables, touched),
    markGuarded: () => meta.put("isGuarded", 1),
    forgotInCopies: (upTo) => meta.put("forgetsInCopies", upTo),
    replay,
    replayGrant: (grant) => {
      if (grant.incarnation === identity.require().incarnation) ledger.receiveGrant(grant);
      else for (const line of grant.lines) ledger.openLot({ ...line, memberId: grant.memberId });
    },
  };
}

const isEqual = (a: Uint8Array, b: Uint8Array): boolean => Buffer.compare(a, b) === 0;
