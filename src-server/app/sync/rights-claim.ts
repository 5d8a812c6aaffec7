import type { LifeKey } from "#server/app/ports/inbox.ts";
import type { Incarnation } from "#server/app/ports/station-store.ts";
import type { Transaction } from "#server/app/ports/store.ts";
import { sha256 } from "#server/app/sha256.ts";
import { rightsSum } from "#shared/domain/ledger/rights-sum.ts";

/**
 * Compares what a station said it may spend with our books, at exactly the point it spoke of: its own operations up to one number and
 * the grants up to another. A grant that is still on its way is no difference.
 *
 * What a life claimed that has ended since is compared with nothing: what it still hands over is booked elsewhere.
 *
 * @returns the life with the state of its claim; unchanged while our books have not reached that point, or lack what waits for its cause
 */
export async function compareRights(tx: Transaction, life: Incarnation): Promise<Incarnation> {
  const { claim } = life;
  if (!claim || life.ackSeq < claim.atSeq) return life;
  if (life.state !== "active") return { ...life, claim: null };
  const rights = await tx.ledger.rightsAsOf(life.incarnation, claim.atSeq, claim.atGno);
  const agrees = rights.length === claim.count && rightsSum(sha256, rights) === claim.sum;
  if (!agrees && (await isWaitedFor(tx, life, claim.atSeq))) return life;
  return { ...life, claim: null, claimState: agrees ? "agrees" : "differs" };
}

/** Whether something that the life wrote until then is received and not yet booked. */
const isWaitedFor = async (tx: Transaction, life: LifeKey, untilSeq: number): Promise<boolean> =>
  (await tx.inbox.unresolved(life)).some(({ verdict, seq }) => verdict === "parked" && seq <= untilSeq);
