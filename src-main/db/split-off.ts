import type { EarlierLife, ExchangeWriting, StationIdentity } from "#main/app/ports/exchange-store.ts";
import { heldOf, rightOf } from "#shared/domain/ledger/lots.ts";
import { hashBehind, type ForkedFrom } from "#shared/domain/operations/encode.ts";
import { genesisOf, livesOf } from "./lives.ts";
import { sha256 } from "./sha256.ts";
import type { Tables, Touched } from "./tables.ts";

/**
 * @see ExchangeWriting.splitOff
 *
 * Places in the log stay as they are: a life ends earlier, and the one that is split off begins there. What its operations took from the
 * right of the life that wrote them they now take from the right of their own, which head office fills from what that station had.
 */
export const makeSplitOff =
  (tables: Tables, touched: Touched): ExchangeWriting["splitOff"] =>
  (incarnation, after, asIncarnation) => {
    const { identity, operations, ledger } = tables;
    const self = identity.require();
    const life = livesOf(self).find((each) => each.incarnation === incarnation);
    if (life?.operations === undefined || after >= life.operations) throw new Error("only what an earlier life wrote is split off");
    const limits = { maxOperations: life.operations - after, maxBytes: Number.MAX_SAFE_INTEGER };
    const wrote = operations.outbox(life.before + after, limits, self.replica, life);
    const split = withLifeSplit(self, incarnation, after, asIncarnation);
    identity.put(split);
    const own = livesOf(split).find((each) => each.incarnation === asIncarnation);
    if (!own) throw new Error("a life was split off and is not there");
    let prev = genesisOf(split, own);
    for (const [i, op] of wrote.entries()) {
      const chained = { ...op, incarnation: asIncarnation, seq: i + 1, prev };
      const hash = hashBehind(sha256, prev, chained);
      operations.chainAnew(own.before + i + 1, { prev, hash });
      ledger.renameHolder(op.opId, rightOf(incarnation), rightOf(asIncarnation));
      ledger.renameHolder(op.opId, heldOf(incarnation), heldOf(asIncarnation));
      touched.operations.push({ ...chained, hash });
      prev = hash;
    }
    touched.changedFacts = true;
    touched.wroteOperations = true;
  };

/** The life ends after so many operations, another one has the rest, and the one behind it has begun from where it began. */
function withLifeSplit(self: StationIdentity, incarnation: string, after: number, asIncarnation: string): StationIdentity {
  const at = self.earlierLives.findIndex((life) => life.incarnation === incarnation);
  const forkedFrom = livesOf(self)[at + 1]?.forkedFrom;
  const beginsWhereItDid = <T extends { readonly forkedFrom?: ForkedFrom }>(life: T): T => ({ ...life, ...(forkedFrom && { forkedFrom }) });
  const earlierLives = self.earlierLives.flatMap((life, i): readonly EarlierLife[] => {
    if (i === at + 1) return [beginsWhereItDid(life)];
    if (i !== at) return [life];
    const { isComplete: _, ...ended } = life;
    const rest = { incarnation: asIncarnation, operations: life.operations - after, forkedFrom: { incarnation, seq: after } };
    return [{ ...ended, operations: after }, rest];
  });
  return { ...(at === self.earlierLives.length - 1 ? beginsWhereItDid(self) : self), earlierLives };
}
