import { setStaffCardAct } from "#shared/contracts/acts/accounts.ts";
import type { InputOf, ReplyOf } from "#shared/contracts/acts/act-type.ts";
import type { Operator } from "#shared/domain/staff/roles.ts";
import { ok, type Result } from "#shared/std/result.ts";
import { makeActAtHeadOffice, type ActRefusal } from "#main/app/acts/act-at-head-office.ts";
import { resolveCard } from "#main/app/cards/resolve-card.ts";
import type { Ports } from "#main/app/ports/ports.ts";

type Act = typeof setStaffCardAct;

/** Tells head office whose staff card was swiped or typed here: it learns the number behind the handle, the screen does not. */
export const makeSetStaffCard = (ports: Ports) => {
  const setAtHeadOffice = makeActAtHeadOffice(ports, setStaffCardAct);
  return async (input: InputOf<Act>, by: Operator): Promise<Result<ReplyOf<Act>, ActRefusal<Act>>> => {
    const { card } = input;
    const resolved = card === null ? ok(null) : ports.store.read((view) => resolveCard(view, ports.handles, card));
    if (!resolved.ok) return resolved;
    return setAtHeadOffice({ ...input, card: resolved.value && { number: resolved.value.cardNumber } }, by);
  };
};
