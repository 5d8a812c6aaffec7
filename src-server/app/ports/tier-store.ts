import type { TierScheme } from "#shared/domain/tiers/tier-scheme.ts";

/** A purchase that earned points and was not undone: what is left of it after refunds. */
export type MemberPurchase = {
  readonly memberId: string;
  readonly lotId: string;
  readonly receiptNumber: string;
  /** The day it was earned on. */
  readonly on: string;
  readonly points: number;
  /** What was paid; 0 for points that were added to another purchase's. */
  readonly amountFen: number;
};

type Span = { readonly from: string; readonly until: string };

/** What the evaluation of tiers asks of the books. */
export type TierStore = {
  /**
   * Whose tier an evaluation may change: who earned so much in this span before refunds, who has a tier, and who has another name. In the order
   * of their ids.
   */
  readonly candidates: (span: Span & { measure: TierScheme["measure"]; atLeast: number }) => Promise<readonly string[]>;
  /** Of these members, by the day on which they were earned, latest first. */
  readonly purchases: (memberIds: readonly string[], span: Span) => Promise<readonly MemberPurchase[]>;
  /** Members of whom a purchase was heard late that was made on a day until then, in the order of their ids. */
  readonly due: (page: { after: string; until: string; limit: number }) => Promise<readonly string[]>;
  /** The earliest day of such a purchase. */
  readonly dueSince: (memberIds: readonly string[]) => Promise<ReadonlyMap<string, string>>;
  /** Of several days of a member the earliest stays. */
  readonly markDue: (purchases: readonly { readonly memberId: string; readonly on: string }[]) => Promise<void>;
  readonly clearDue: (memberIds: readonly string[]) => Promise<void>;
};
