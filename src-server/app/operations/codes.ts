/** What a constraint of the books answers. The database has the same ones. */
export type ConstraintCode =
  | "ACCOUNT_BELOW_ZERO"
  | "LOT_UNKNOWN"
  | "LOT_EXISTS"
  | "LOT_OF_ANOTHER_MEMBER"
  | "UNDONE_TWICE"
  | "CARD_TAKEN"
  | "CARD_UNKNOWN";

/** Why an operation is kept until something arrives. */
export type ParkCode =
  /** Head office is older than the station: it waits for another version of this program. */
  | "UNKNOWN_TYPE"
  /** The member, or the lot, was made at a place that has not been heard yet. */
  | "MEMBER_UNKNOWN"
  | "LOT_UNKNOWN"
  /** Head office was put back from a copy: other stations may still tell of the points that it moves. */
  | "BOOKS_RECOVERING"
  /** An earlier operation of this life on the same lot, card or member could not be applied. */
  | "WAITS_BEHIND";

/** Why an operation is kept without effect until a person decides. */
export type QuarantineCode =
  | ConstraintCode
  /** The bytes do not say what their type promises. */
  | "BAD_DATA"
  /** A type that head office alone writes, from a station. */
  | "HEAD_OFFICE_ONLY"
  /** The header names another thing than the data. */
  | "ENTITY_MISMATCH"
  /** The id of another operation with other contents. */
  | "OP_ID_REUSED"
  /** The person could never do this, so the station cannot have allowed it. */
  | "NEVER_PERMITTED"
  /** It names no member where one is needed. */
  | "MEMBER_UNKNOWN"
  | "MEMBER_EXISTS"
  | "MEMBER_NUMBER_TAKEN"
  | "BRANCH_UNKNOWN"
  /** Stock of a branch where the station does not stand. */
  | "NOT_THEIR_BRANCH"
  /** What it undoes is not there, is not this life's own, had no effect, or is undone with other figures. */
  | "NOT_VOIDABLE"
  /** It ends a hold that this life does not have, that has ended, or with other figures. */
  | "NOT_HELD"
  /** Points made spendable at the counter, or given to another holder to decide, against the rule. */
  | "APPROVAL_BYPASSED"
  /** Points of a campaign that were not taken from its budget, or not as many as were given. */
  | "BUDGET_BYPASSED"
  /** A decision by a station that does not hold it, by the one who proposed it, or about other figures than were proposed. */
  | "NOT_THE_HOLDER"
  /** Part of a linked group, of which another part had no effect or is not in the same batch. */
  | "GROUP_REFUSED"
  /** Applying it failed in a way nobody foresaw; the operation is kept and the queue behind it moves on. */
  | "APPLY_FAILED";

/** Why somebody shall look at an operation. All but the last six had their effect. */
export type FlagCode =
  /** It came after its life was fenced, and what had been given back since had to be found again. */
  | "AFTER_FENCE"
  /** Its station's database, or head office's, had been put back, and its points were spent or given away before. */
  | "AFTER_PUT_BACK"
  | "NEVER_PERMITTED"
  | "STAFF_INACTIVE"
  /** The person's role had allowed it, and was another one by then; the station may not have heard of it. */
  | "ROLE_CHANGED"
  | "AFTER_BLOCK"
  /** Details were changed under a name that stands for another one now: they are kept there, and somebody takes them over. */
  | "MEMBER_MERGED"
  /** Points of a member who was taken for this one, spent by a station that had not heard of the split. */
  | "AFTER_SPLIT"
  /** Points were spent after their last day, by a station whose clock was behind. */
  | "AFTER_EXPIRY"
  /** A gift was taken from the shelf of a branch where the station does not stand. */
  | "NOT_THEIR_BRANCH"
  /** Who agreed to hand out more than the books had may not do so, or was the same person. */
  | "SECOND_PERSON_DOUBT"
  /** Head office had given this blank card to another branch. */
  | "CARD_OF_OTHER_BRANCH"
  | "POINTS_DIFFER"
  | "RULE_UNKNOWN"
  | "RULE_GIVES_LESS"
  /** The member's tier gives less by what head office knows; the station had not heard of it. */
  | "TIER_GIVES_LESS"
  | "CAP_EXCEEDED"
  | "RECEIPT_ELSEWHERE"
  /** Goods that look like those which another counter had taken back: the request came to nothing until a person has compared the two. */
  | "REFUNDED_TWICE"
  | "DATE_DIFFERS"
  | "CLOCK_DOUBT"
  /** An edit of a member whom the branch has not served for so long that the rows have left it. */
  | "LEFT_WORKING_SET"
  /** A name or a phone was changed in the place of one that nobody has any more: a person chooses. */
  | "NEEDS_REVIEW"
  /** A later edit of the same field stays. */
  | "EDIT_OVERTAKEN"
  /** The person was forgotten meanwhile, and what was said went with it. */
  | "PERSON_ERASED"
  /** Somebody had decided this round before. */
  | "DECIDED_BEFORE"
  | "CARD_TAKEN"
  /** Another counter gave the member a main card too, and earlier: this one is void. */
  | "SECOND_MAIN_CARD"
  /** A block of a card that head office never gave to this member, because another counter was first. */
  | "CARD_NOT_THEIRS"
  /** Rights given up by a fenced life, which head office had given back to the member already. */
  | "GIVEN_BACK_BEFORE"
  /** A fenced life undoes what head office undid in its place. */
  | "UNDONE_BEFORE"
  /** A fenced life decides what was taken from it with the fence. */
  | "DECIDED_ELSEWHERE";

/** Flags of operations that moved no points, whatever they say. */
export const withoutEffect: ReadonlySet<string> = new Set<FlagCode>(["GIVEN_BACK_BEFORE", "UNDONE_BEFORE", "DECIDED_ELSEWHERE"]);
