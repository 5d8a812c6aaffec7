import { z } from "zod";
import { branchRecord } from "#shared/domain/branches/branch.ts";
import { cardRange } from "#shared/domain/cards/card-range.ts";
import { gift } from "#shared/domain/stock/gift.ts";
import { localName } from "#shared/domain/names/local-name.ts";
import { requestId } from "../common.ts";
import { refusals, refusalWith } from "../refusals.ts";
import { declareAct } from "./act-type.ts";

const cardNumber = z
  .string()
  .transform((text) => text.normalize("NFKC").replace(/[\s-]/g, ""))
  .pipe(z.string().min(4).max(32));

/** Gives blank cards to a branch; exactly the same numbers once more move to the branch named last. */
export const assignCardRangeAct = declareAct({
  type: "cardRange.assign",
  permission: "headOffice.manage",
  input: z.strictObject({
    requestId,
    branch: branchRecord.shape.code,
    cardKind: z.string(),
    first: cardNumber,
    last: cardNumber,
    lowAt: cardRange.shape.lowAt,
  }),
  reply: z.strictObject({ rangeId: z.string(), cards: z.int().positive() }),
  refusals: {
    ...refusals("BRANCH_NOT_FOUND", "CARD_KIND_NOT_FOUND", "CARD_NOT_RECOGNISED"),
    /** With numbers that this branch, or another one, has already. */
    ...refusalWith("RANGE_OVERLAPS", z.object({ branch: z.string() })),
  },
});

/** Names a thing that lies on shelves, or changes its name. */
export const setGiftAct = declareAct({
  type: "gift.set",
  permission: "headOffice.manage",
  input: gift.extend({ requestId, giftId: z.string().trim().min(1).max(64), name: localName }),
  reply: z.strictObject({}),
  refusals: {},
});
