import { z } from "zod";

/**
 * A purchase with a card that the counter did not know, as the record stands in both databases and travels to that counter, and to the others of its
 * branch once nobody has taken the card for long.
 *
 * `open`: nobody has the card yet. `awarded`, `proposed`: the card is known, and the purchase earned what the rule gives. `closed`: it earned nothing, or somebody
 * put it away.
 */
export const keptPurchase = z.strictObject({
  purchaseId: z.string(),
  /** The station that kept it. */
  replica: z.int().positive(),
  cardNumber: z.string(),
  receiptNumber: z.string(),
  amountFen: z.int().positive(),
  ruleId: z.string(),
  ruleVersion: z.int().positive(),
  /** Business date. */
  boughtOn: z.iso.date(),
  /** Staff id. */
  keptBy: z.string(),
  keptAtMs: z.int(),
  state: z.enum(["open", "awarded", "proposed", "closed"]),
  memberId: z.string().nullable(),
  points: z.int().nonnegative().nullable(),
  /** Why it earned nothing. */
  code: z.string().nullable(),
  /** What was said when it was put away; left out while nobody has. */
  reason: z.string().nullable().exactOptional(),
  /** The branch all of whose counters are asked about it by now; left out while only the one that kept it is. */
  branchId: z.string().exactOptional(),
});
export type KeptPurchase = z.infer<typeof keptPurchase>;

/** Why a kept purchase earns nothing once its card is known. */
export type KeptPurchaseCode =
  /** Another counter had entered the receipt. */
  | "RECEIPT_ELSEWHERE"
  /** Head office never published that version of the rule. */
  | "RULE_UNKNOWN"
  /** The amount is below the first point. */
  | "AMOUNT_TOO_SMALL"
  /** The campaign that it was kept under has nothing left to give. */
  | "BUDGET_USED_UP"
  /** The member had all that the rule gives in one day. */
  | "CAP_REACHED"
  /** Nobody will ever have the card: somebody at head office looked into it. */
  | "PUT_AWAY";

/** How long a kept purchase waits before people are asked to find out about its card. */
export const attentionAfterMs = 30 * 24 * 60 * 60 * 1000;

/** A card that nobody took in so long will not be taken by itself: somebody at the branch asks the customer, or puts the slip away. */
export const needsAttention = ({ state, keptAtMs }: Pick<KeptPurchase, "state" | "keptAtMs">, nowMs: number): boolean =>
  state === "open" && nowMs - keptAtMs > attentionAfterMs;
