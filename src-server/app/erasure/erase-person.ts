import { signBytes } from "#server/app/keys.ts";
import { finishWork } from "#server/app/operations/finish-work.ts";
import { openWork } from "#server/app/operations/work.ts";
import type { Ports } from "#server/app/ports/ports.ts";
import type { Transaction } from "#server/app/ports/store.ts";
import { erasureBytes } from "#shared/contracts/sync/signed-bytes.ts";
import { memberErase } from "#shared/domain/members/erasure-ops.ts";
import { erasureRecord, type ErasureRecord } from "#shared/domain/members/erasure.ts";
import { findAbout } from "./find-about.ts";
import { keyOfErasure } from "./forgotten.ts";

/** By whom, and since when. */
export type Erasure = {
  /** The act's id; made here where nobody asked for it now. */
  readonly opId?: string;
  readonly by: string;
  readonly askedBy: string;
  readonly askedOn: string;
  /** Business date. */
  readonly on: string;
};

/**
 * Forgets a person: blanks every row that names them, blocks their cards, takes what is personal out of every operation about them, and
 * tells all stations. What the ledger says stays, under a number that leads to nobody.
 *
 * @returns how many operations lost their personal part
 */
export async function erasePerson(
  { machine, identity }: Pick<Ports, "machine" | "identity">,
  tx: Transaction,
  memberId: string,
  { opId, by, askedBy, askedOn, on }: Erasure,
): Promise<number> {
  // Held before it is looked at: what arrives about the person while this runs arrives at somebody who is forgotten.
  await tx.ledger.lock([memberId]);
  const { records, about } = await findAbout(tx, memberId);
  const work = await openWork(tx, machine, identity, { memberIds: [memberId], records: [keyOfErasure(memberId), ...records] });
  const { books } = work;
  const rows = records.filter(({ kind, id }) => books.records.find(kind, id) !== undefined);
  const cards = books.cardsOf(memberId).filter(({ state }) => state === "active");
  const signature = signBytes(identity.privateKey, erasureBytes({ memberId, on }));
  await work.own.write(memberErase, {
    ...(opId !== undefined && { opId }),
    by,
    d: {
      memberId,
      askedBy,
      askedOn,
      on,
      signature: Buffer.from(signature).toString("base64"),
      rows,
      cards: cards.map(({ cardNumber }) => cardNumber),
    },
  });
  const forgotten = await tx.inbox.forget(about);
  await tx.snapshots.removeAll();
  await finishWork(work);
  return forgotten;
}

/** What was said about forgetting this person; undefined when nothing was. */
export async function findErasure(tx: Transaction, memberId: string): Promise<ErasureRecord | undefined> {
  const [record] = await tx.records.find([keyOfErasure(memberId)]);
  return record && erasureRecord.parse(record.doc);
}
