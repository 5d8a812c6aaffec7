import type { HeldLot } from "#shared/domain/ledger/lots.ts";
import type { Outpost } from "./outpost.ts";

/** Lots that a station may spend, of these members; whoever was merged is asked about under both names, and each lot counts once. */
export const heldAt = (station: Outpost, memberIds: readonly string[]): readonly HeldLot[] => {
  const lots = station.store().read((view) => memberIds.flatMap((memberId) => view.rights.of(memberId)));
  return [...new Map(lots.map((lot) => [lot.lotId, lot])).values()];
};
