import type { Effect } from "#shared/domain/operations/effect.ts";
import type { Holder } from "#shared/domain/ledger/lots.ts";
import { movesOf } from "#shared/domain/ledger/moves.ts";
import type { BenefitUse } from "./use.ts";

/** Takes from a holder's share of a benefit; nothing where none was used. */
export const useOf = (use: BenefitUse | undefined, from: Holder): readonly Effect[] =>
  use ? movesOf({ memberId: use.itemId, lines: use.lines }, from, "REDEEMED") : [];

/** Gives back what was used, to a holder. */
export const giveBackOf = (use: BenefitUse | undefined, to: Holder): readonly Effect[] =>
  use ? movesOf({ memberId: use.itemId, lines: use.lines }, "REDEEMED", to) : [];
