import { z } from "zod";
import { declareOperation } from "#shared/domain/operations/declare.ts";
import type { Effect } from "#shared/domain/operations/effect.ts";
import { businessDateOf } from "#shared/domain/time/business-date.ts";
import { aliasRecord, type AliasRecord } from "./alias.ts";

/** Why the main card that does not stay is blocked when two members become one. */
const mergedCard = "merged";

const data = z.strictObject({
  /** The member that stays. */
  memberId: z.uuid(),
  /** The one that is the same person, and is reached under the other from now on. */
  mergedId: z.uuid(),
  /** Both as they are now. */
  aliases: z.array(aliasRecord).length(2),
});

const putAlias = (alias: AliasRecord): Effect => ({ kind: "putRecord", record: "alias", id: alias.memberId, fields: { ...alias } });

/**
 * One person had joined twice: two members become one. No account moves; lots have a new owner because their first one stands for another
 * now. Of two main cards the chosen one stays.
 */
export const memberMerge = declareOperation({
  type: "member.merge",
  version: 1,
  writtenBy: "headOffice",
  isMoneyLike: true,
  data: data.extend({
    /** All cards that either has. */
    cards: z.array(z.string()),
    /** The main card that does not stay; null where there is only one. */
    blocks: z.string().nullable(),
  }),
  entity: (d) => ({ kind: "member", id: d.memberId }),
  memberId: (d) => d.memberId,
  effects: ({ body: { at, d } }) => [
    ...d.aliases.map(putAlias),
    ...(d.blocks === null ? [] : [{ kind: "blockCard", cardNumber: d.blocks, reason: mergedCard, on: businessDateOf(at) } as const]),
  ],
});

/**
 * They were two people after all. Each has again what was written under their own name, less what was spent of it meanwhile.
 */
export const memberSplit = declareOperation({
  type: "member.split",
  version: 1,
  writtenBy: "headOffice",
  isMoneyLike: true,
  data: data.extend({
    /** Awards of the time in between of which nobody can tell whose they are: they stay with the first, and somebody looks. */
    unclear: z.array(z.uuid()),
  }),
  entity: (d) => ({ kind: "member", id: d.memberId }),
  memberId: (d) => d.memberId,
  effects: ({ body: { d } }) => d.aliases.map(putAlias),
});
