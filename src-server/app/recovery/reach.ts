import { isSignedBy, signBytes } from "#server/app/keys.ts";
import type { Ports } from "#server/app/ports/ports.ts";
import type { BooksState } from "#server/app/ports/recovery-store.ts";
import type { Transaction } from "#server/app/ports/store.ts";
import { reachBytes } from "#shared/contracts/sync/signed-bytes.ts";
import type { HelloRequest, Reach } from "#shared/contracts/sync/wire.ts";
import { headOfficeReplica } from "#shared/domain/operations/operation.ts";

type Life = { readonly replica: number; readonly incarnation: string; readonly ackSeq: number };

/**
 * Says to a station, under head office's signature, how far its books go: of that life, and of what head office wrote itself. A copy of the
 * books that is put back knows nothing of what came after it, and believes its own hand.
 */
export async function signReach(
  tx: Transaction,
  { identity }: Pick<Ports, "identity">,
  { replica, incarnation, ackSeq }: Life,
): Promise<Reach> {
  const { epoch } = await tx.recovery.state();
  const reach = { epoch, incarnation, ackSeq, ownSeq: await ownSeq(tx, identity.incarnation) };
  return { ...reach, signature: Buffer.from(signBytes(identity.privateKey, reachBytes(replica, reach))).toString("base64") };
}

/** Whether these books once went further than they do: what the station shows is signed by this head office, and more than there is. */
export async function isBehind(
  tx: Transaction,
  { identity }: Pick<Ports, "identity">,
  { epoch }: BooksState,
  { replica, reach }: Pick<HelloRequest, "replica" | "reach">,
): Promise<boolean> {
  // What was said in an earlier epoch is known to be missing.
  if (!reach || reach.epoch < epoch) return false;
  if (!isSignedBy(identity.publicKey, reachBytes(replica, reach), Buffer.from(reach.signature, "base64"))) return false;
  if (reach.epoch > epoch) return true;
  const life = (await tx.stations.lives(replica)).find(({ incarnation }) => incarnation === reach.incarnation);
  return (life?.ackSeq ?? 0) < reach.ackSeq || (await ownSeq(tx, identity.incarnation)) < reach.ownSeq;
}

async function ownSeq(tx: Transaction, own: string): Promise<number> {
  const lives = await tx.stations.lives(headOfficeReplica);
  return lives.find(({ incarnation }) => incarnation === own)?.ackSeq ?? 0;
}
