import { z } from "zod";
import { declareOperation } from "#shared/domain/operations/declare.ts";
import { whatIsThere } from "#shared/std/json.ts";
import { roles } from "./roles.ts";
import { secretVerifier, staffCard } from "./staff.ts";

/** What of an account tells that its PIN may be tried afresh. */
const pinReset = (atMs: number) => ({ pinBlockedAtMs: null, pinResetAtMs: atMs });

/** A person's account, made by head office. The verifier is an argon2id string, never a password. */
export const staffSet = declareOperation({
  type: "staff.set",
  version: 1,
  writtenBy: "headOffice",
  isMoneyLike: false,
  data: z.strictObject({ staffId: z.uuid(), role: z.enum(roles), branchId: z.string().nullable(), isActive: z.boolean() }),
  personal: z.strictObject({ salt: z.string(), userName: z.string(), displayName: z.string(), verifier: z.string() }),
  entity: (d) => ({ kind: "staff", id: d.staffId }),
  memberId: () => null,
  effects: ({ body: { d }, personal }) => [
    {
      kind: "putRecord",
      record: "staff",
      id: d.staffId,
      fields: { ...d, userName: personal?.userName ?? "", displayName: personal?.displayName ?? "", verifier: personal?.verifier ?? "" },
    },
  ],
});

/** What changes in an account; what is left out stays. Nobody's account is ever deleted: it is switched off, and what they did keeps its author. */
export const staffPatch = declareOperation({
  type: "staff.patch",
  version: 1,
  writtenBy: "headOffice",
  isMoneyLike: false,
  data: z.strictObject({
    staffId: z.uuid(),
    role: z.enum(roles).optional(),
    /** All that the person had before this change. */
    formerRoles: z.array(z.enum(roles)).optional(),
    branchId: z.string().nullable().optional(),
    isActive: z.boolean().optional(),
    unlockedAtMs: z.int().optional(),
  }),
  personal: z.strictObject({ salt: z.string(), displayName: z.string().optional(), verifier: z.string().optional() }),
  entity: (d) => ({ kind: "staff", id: d.staffId }),
  memberId: () => null,
  effects: ({ body: { d }, personal }) => {
    const { salt: _salt, ...named } = personal ?? {};
    // Whoever takes a lock off a person takes off all of them.
    const unlocked = d.unlockedAtMs === undefined ? {} : pinReset(d.unlockedAtMs);
    return [{ kind: "putRecord", record: "staff", id: d.staffId, fields: { ...whatIsThere({ ...d, ...named }), ...unlocked } }];
  },
});

/** Gives a person the card they sign in with, or takes it away. */
export const staffCardSet = declareOperation({
  type: "staff.card_set",
  version: 1,
  writtenBy: "headOffice",
  isMoneyLike: false,
  data: z.strictObject({ staffId: z.uuid() }),
  personal: z.strictObject({ salt: z.string(), card: staffCard.nullable() }),
  entity: (d) => ({ kind: "staff", id: d.staffId }),
  memberId: () => null,
  effects: ({ body: { d }, personal }) => [
    { kind: "putRecord", record: "staff", id: d.staffId, fields: { ...d, card: personal?.card ?? null } },
  ],
});

/** A person chose a PIN for their card, or it was cleared. The PIN itself never leaves the station. */
export const staffPinSet = declareOperation({
  type: "staff.pin_set",
  version: 1,
  writtenBy: "headOffice",
  isMoneyLike: false,
  data: z.strictObject({ staffId: z.uuid() }),
  personal: z.strictObject({ salt: z.string(), pin: secretVerifier.nullable() }),
  entity: (d) => ({ kind: "staff", id: d.staffId }),
  memberId: () => null,
  effects: ({ body: { at, d }, personal }) => [
    { kind: "putRecord", record: "staff", id: d.staffId, fields: { ...d, pin: personal?.pin ?? null, ...pinReset(at) } },
  ],
});

/** A wrong PIN was entered for this person's card. Told by the station itself, so that tries at several counters are one count. */
export const staffPinWrong = declareOperation({
  type: "staff.pin_wrong",
  version: 1,
  writtenBy: "station",
  isMoneyLike: false,
  data: z.strictObject({ staffId: z.uuid() }),
  entity: (d) => ({ kind: "staff", id: d.staffId }),
  memberId: () => null,
  effects: () => [],
});

/** The PIN was wrong too often in a day: no station takes it any more. */
export const staffPinBlocked = declareOperation({
  type: "staff.pin_blocked",
  version: 1,
  writtenBy: "headOffice",
  isMoneyLike: false,
  data: z.strictObject({ staffId: z.uuid() }),
  entity: (d) => ({ kind: "staff", id: d.staffId }),
  memberId: () => null,
  effects: ({ body: { at, d } }) => [{ kind: "putRecord", record: "staff", id: d.staffId, fields: { pinBlockedAtMs: at } }],
});
