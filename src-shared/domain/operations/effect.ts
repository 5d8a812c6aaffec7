import type { JsonObject } from "#shared/std/json.ts";
import type { Holder, Lot } from "#shared/domain/ledger/lots.ts";

/** Rows that are merged field by field. Cards, lots and rights are facts and have effects of their own. */
export type RecordKind =
  | "member"
  | "alias"
  | "branch"
  | "staff"
  | "rule"
  | "plan"
  | "hold"
  | "recall"
  | "cardKind"
  | "dictionaryEntry"
  | "cardRange"
  | "shift"
  | "gift"
  | "stockMove"
  | "proposal"
  | "lapse"
  | "inactivity"
  | "period"
  | "purchase"
  | "request"
  | "review"
  | "erasure"
  | "refund"
  | "verdict"
  | "keptPurchase"
  | "tierScheme"
  | "tier"
  | "loss"
  | "missedRow"
  | "capUse"
  | "pool"
  | "poolMember";

/**
 * What an operation does, in terms that both databases understand. A store applies effects in order, inside the transaction that
 * stores the operation, and refuses the whole operation when a constraint refuses one of them.
 */
export type Effect =
  | { readonly kind: "putRecord"; readonly record: RecordKind; readonly id: string; readonly fields: JsonObject }
  | { readonly kind: "openLot"; readonly lot: Lot }
  /** Two entries that sum to zero on one lot. */
  | {
      readonly kind: "move";
      readonly lotId: string;
      readonly memberId: string;
      readonly from: Holder;
      readonly to: Holder;
      readonly points: number;
    }
  /** Two entries (DEBT, CLAIM) that sum to zero for one member; positive raises the debt, negative repays it. */
  | { readonly kind: "debt"; readonly memberId: string; readonly points: number }
  /** At most one operation may undo another, whoever asks. */
  | { readonly kind: "undo"; readonly undoes: string }
  | {
      readonly kind: "bindCard";
      readonly cardNumber: string;
      readonly cardKind: string;
      readonly memberId: string;
      /** Null for a main card. */
      readonly mainCard: string | null;
    }
  | {
      readonly kind: "blockCard";
      readonly cardNumber: string;
      readonly reason: string;
      /** Business date. */
      readonly on: string;
      /** Only where it is a sub-card of this main card: the number may turn out to be another member's. */
      readonly hangsOn?: string;
    };
