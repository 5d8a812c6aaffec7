import { z } from "zod";
import { declareOperation } from "#shared/domain/operations/declare.ts";
import { gift } from "./gift.ts";
import { moveRow } from "./move-row.ts";
import { arrivalOf, stockItem } from "./stock-move.ts";

/** What a thing on a shelf is: head office names it once, plans then refer to it. */
export const giftSet = declareOperation({
  type: "gift.set",
  version: 1,
  writtenBy: "headOffice",
  isMoneyLike: false,
  data: gift,
  entity: (d) => ({ kind: "gift", id: d.giftId }),
  memberId: () => null,
  effects: ({ body: { d } }) => [{ kind: "putRecord", record: "gift", id: d.giftId, fields: { ...d } }],
});

const pieces = z.int().positive();
const cards = z.strictObject({ first: z.string(), last: z.string() });

/** What happened, with what has to be known of it; a redemption moves gifts by its own operation. */
const moveData = z.strictObject({
  branchId: z.string(),
  item: stockItem,
  /** Which cards, for cards; null for gifts, which have no numbers. */
  cards: cards.nullable(),
  move: z.discriminatedUnion("why", [
    z.strictObject({ why: z.enum(["received", "damaged", "lost"]), pieces }),
    z.strictObject({ why: z.literal("sent"), pieces, toBranchId: z.string() }),
    /** A parcel may arrive with less than was sent, or with nothing. */
    z.strictObject({ why: z.literal("arrived"), pieces: z.int().nonnegative(), fromBranchId: z.string(), sentMoveId: z.string() }),
  ]),
});
type MoveData = z.infer<typeof moveData>;

const moveIdOf = ({ move }: MoveData, opId: string): string => (move.why === "arrived" ? arrivalOf(move.sentMoveId) : opId);

/** Somebody put things on the shelf, or took them off it other than for a member. */
export const stockMoved = declareOperation({
  type: "stock.move",
  version: 1,
  writtenBy: "station",
  isMoneyLike: false,
  data: moveData.refine((d) => (d.item.kind === "card") === (d.cards !== null), { path: ["cards"] }),
  entity: (d, opId) => ({ kind: "stockMove", id: moveIdOf(d, opId) }),
  memberId: () => null,
  effects: (op) => {
    const { d } = op.body;
    const { branchId, item, move } = d;
    const isInward = move.why === "received" || move.why === "arrived";
    return [
      moveRow(op, {
        moveId: moveIdOf(d, op.opId),
        branchId,
        item,
        why: move.why,
        pieces: isInward ? move.pieces : -move.pieces,
        cards: d.cards,
        otherBranchId: move.why === "sent" ? move.toBranchId : move.why === "arrived" ? move.fromBranchId : null,
      }),
    ];
  },
});

/** Somebody counted what lies there. From then on that is what the books say. */
export const stockCounted = declareOperation({
  type: "stock.count",
  version: 1,
  writtenBy: "station",
  isMoneyLike: false,
  data: z.strictObject({
    branchId: z.string(),
    item: stockItem,
    counted: z.int().nonnegative(),
    /** What the books said, as the person who counted was shown it. */
    expected: z.int(),
  }),
  entity: (_, opId) => ({ kind: "stockMove", id: opId }),
  memberId: () => null,
  effects: (op) => {
    const { branchId, item, counted, expected } = op.body.d;
    return [moveRow(op, { moveId: op.opId, branchId, item, why: "counted", pieces: counted, expected })];
  },
});
