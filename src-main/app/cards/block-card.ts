import type { BlockCardInput } from "#shared/contracts/cards.ts";
import type { MemberCard } from "#shared/contracts/members.ts";
import { err, ok, type Result } from "#shared/std/result.ts";
import { entriesOf } from "#shared/domain/dictionaries/kinds.ts";
import { cardBlock } from "#shared/domain/cards/ops.ts";
import { secondFor, type Operator } from "#shared/domain/staff/roles.ts";
import { isSameIntent } from "#main/app/intent.ts";
import { mustView } from "#main/app/members/must-view.ts";
import type { Ports } from "#main/app/ports/ports.ts";

type Refusal = { code: "MEMBER_NOT_FOUND" | "NO_CARD" | "CARD_BLOCKED" | "REASON_UNKNOWN" | "REQUEST_ID_REUSED" };

/** Blocks the member's main card: here at once, everywhere with the next exchange, and for good. */
export const makeBlockCard =
  ({ store, clock }: Ports) =>
  (input: BlockCardInput, by: Operator): Result<MemberCard, Refusal> =>
    store.write((tx): Result<MemberCard, Refusal> => {
      const { requestId, memberId, reason } = input;
      const today = clock.businessDate();
      const earlier = tx.operations.find(requestId);
      if (earlier)
        return isSameIntent(earlier, cardBlock, { memberId, reason })
          ? ok(mustView(tx, earlier, today))
          : err({ code: "REQUEST_ID_REUSED" });
      const known = entriesOf("cardBlockReason", tx.dictionaries.all()).find(({ code }) => code === reason);
      if (!known?.isActive) return err({ code: "REASON_UNKNOWN" });
      if (!tx.members.find(memberId)) return err({ code: "MEMBER_NOT_FOUND" });
      const card = tx.cards.ofMember(memberId)[0];
      if (!card) return err({ code: "NO_CARD" });
      if (card.state === "blocked") return err({ code: "CARD_BLOCKED" });
      const d = { cardNumber: card.cardNumber, memberId, reason };
      const op = tx.append({ opId: requestId, type: cardBlock, by: by.staffId, second: secondFor(by, "card.block"), d });
      return ok(mustView(tx, op, today));
    });
