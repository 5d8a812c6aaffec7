import type { MemberCard } from "#shared/contracts/members.ts";

/** What an act did, as the counter shows it and offers to undo it. */
export type Outcome = {
  readonly kind:
    | "award"
    | "proposal"
    | "redeem"
    | "void"
    | "issue"
    | "issueSub"
    | "block"
    | "cancelSub"
    | "change"
    | "replace"
    | "newMember";
  readonly member: MemberCard;
  /** Points of the act; null where no points move. */
  readonly points: number | null;
  /** The operation that an undo would name; null where there is nothing to undo. */
  readonly undoableOpId: string | null;
  /** The number by which another counter can ask about it; left out where no points move. */
  readonly slip?: string;
  /** Points that a campaign would have given beside these, had its budget here reached for them. */
  readonly cutByBudget?: number;
  /** The same of the cap of the member's day. */
  readonly cutByCap?: number;
};
