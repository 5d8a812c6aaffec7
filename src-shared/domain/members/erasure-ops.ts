import { z } from "zod";
import { declareOperation } from "#shared/domain/operations/declare.ts";
import type { Effect } from "#shared/domain/operations/effect.ts";
import type { JsonObject } from "#shared/std/json.ts";
import { blankOf, type ErasureRecord } from "./erasure.ts";

const date = z.iso.date();
const put = (memberId: string, fields: Partial<ErasureRecord>): Effect => ({
  kind: "putRecord",
  record: "erasure",
  id: memberId,
  fields: fields satisfies JsonObject,
});
const entity = ({ memberId }: { readonly memberId: string }) => ({ kind: "member", id: memberId });

/** A person wants to be forgotten, and somebody at head office has said so. Nothing is done yet, and nothing can be said beside it. */
export const memberAskErasure = declareOperation({
  type: "member.ask_erasure",
  version: 1,
  writtenBy: "headOffice",
  isMoneyLike: false,
  data: z.strictObject({ memberId: z.uuid(), on: date }),
  entity,
  memberId: (d) => d.memberId,
  effects: ({ body: { by, d } }) => [
    put(d.memberId, { memberId: d.memberId, state: "asked", askedBy: by, askedOn: d.on, doneBy: null, doneOn: null, signature: null }),
  ],
});

/** It was a mistake, or the person has thought better of it. */
export const memberWithdrawErasure = declareOperation({
  type: "member.withdraw_erasure",
  version: 1,
  writtenBy: "headOffice",
  isMoneyLike: false,
  data: z.strictObject({ memberId: z.uuid() }),
  entity,
  memberId: (d) => d.memberId,
  effects: ({ body: { d } }) => [put(d.memberId, { state: "withdrawn" })],
});

/**
 * Forgets a person, for good. The ledger stays under the member's id and number; the personal parts of all operations about them go with
 * it, leaving the digests that the chains need.
 */
export const memberErase = declareOperation({
  type: "member.erase",
  version: 1,
  writtenBy: "headOffice",
  isMoneyLike: false,
  data: z.strictObject({
    memberId: z.uuid(),
    /** Who had asked for it, and when. */
    askedBy: z.string(),
    askedOn: date,
    on: date,
    signature: z.base64(),
    /** What there is to be blanked. */
    rows: z.array(z.strictObject({ kind: z.enum(["member", "review", "proposal", "request", "verdict"]), id: z.string() })),
    /** Cards that still worked: from now on they lead to nobody. */
    cards: z.array(z.string()),
  }),
  entity,
  memberId: (d) => d.memberId,
  effects: ({ body: { by, d } }) => [
    ...d.rows.map(({ kind, id }): Effect => ({ kind: "putRecord", record: kind, id, fields: blankOf(kind) })),
    ...d.cards.map((cardNumber): Effect => ({ kind: "blockCard", cardNumber, reason: erasedCard, on: d.on })),
    put(d.memberId, {
      memberId: d.memberId,
      state: "done",
      askedBy: d.askedBy,
      askedOn: d.askedOn,
      doneBy: by,
      doneOn: d.on,
      signature: d.signature,
    }),
  ],
});

/** Why the cards of somebody who was erased are blocked. */
const erasedCard = "erased";
