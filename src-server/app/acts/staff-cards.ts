import { cardHash } from "#server/app/operations/render.ts";
import { finishWork } from "#server/app/operations/finish-work.ts";
import { newSalt } from "#server/app/salt.ts";
import type { clearPinAct, setPinAct, setStaffCardAct } from "#shared/contracts/acts/accounts.ts";
import { cardKind } from "#shared/domain/cards/card-kind.ts";
import { identifyCard } from "#shared/domain/cards/identify-card.ts";
import { staffCardSet, staffPinSet } from "#shared/domain/staff/ops.ts";
import { staffRecord } from "#shared/domain/staff/staff.ts";
import { err, ok, type Result } from "#shared/std/result.ts";
import { openAccount, openAccountInScope, viewChanged } from "./accounts.ts";
import type { ActContext, ActHandler } from "./act-handler.ts";

export const setStaffCard: ActHandler<typeof setStaffCardAct> = async (context, { requestId, staffId, card }) => {
  const { machine } = context.ports;
  const found = await openAccountInScope(context, staffId);
  if (!found.ok) return found;
  // A handle means something at the station that gave it, which sends the number instead.
  if (card !== null && "handle" in card) return err({ code: "HANDLE_EXPIRED" });
  const named = card === null ? ok(null) : await nameCard(context, staffId, card.number);
  if (!named.ok) return named;
  const personal = { salt: newSalt(machine), card: named.value };
  const { work } = found.value;
  await work.own.write(staffCardSet, { opId: requestId, by: context.by.staffId, d: { staffId }, personal });
  await finishWork(work);
  return ok(await viewChanged(work, staffId));
};

export const setPin: ActHandler<typeof setPinAct> = async (context, { requestId, verifier }) => {
  const { staffId } = context.by;
  const found = await openAccount(context, staffId);
  if (!found) return err({ code: "STAFF_NOT_FOUND" });
  const personal = { salt: newSalt(context.ports.machine), pin: verifier };
  await found.work.own.write(staffPinSet, { opId: requestId, by: staffId, d: { staffId }, personal });
  await finishWork(found.work);
  return ok({});
};

export const clearPin: ActHandler<typeof clearPinAct> = async (context, { requestId, staffId }) => {
  const found = await openAccountInScope(context, staffId);
  if (!found.ok) return found;
  const { work } = found.value;
  const personal = { salt: newSalt(context.ports.machine), pin: null };
  await work.own.write(staffPinSet, { opId: requestId, by: context.by.staffId, d: { staffId }, personal });
  await finishWork(work);
  return ok(await viewChanged(work, staffId));
};

type StaffCard = { readonly hash: string; readonly last4: string };

/** How the account names a card that is of one of our kinds and nobody else's, member or colleague. */
async function nameCard(
  { ports: { identity }, tx }: ActContext,
  staffId: string,
  typedNumber: string,
): Promise<Result<StaffCard, { code: "CARD_NOT_RECOGNISED" | "CARD_TAKEN" }>> {
  const kinds = (await tx.records.ofKind("cardKind")).map(({ doc }) => cardKind.parse(doc));
  const card = identifyCard({ typedNumber }, kinds);
  if (!card.ok) return card;
  const { cardNumber } = card.value;
  const hash = cardHash(identity.directoryKey, cardNumber);
  const ofMembers = await tx.ledger.cards({ memberIds: [], cardNumbers: [cardNumber] });
  const staff = (await tx.records.ofKind("staff")).map(({ doc }) => staffRecord.parse(doc));
  const isTaken = ofMembers.length > 0 || staff.some((person) => person.staffId !== staffId && person.card?.hash === hash);
  return isTaken ? err({ code: "CARD_TAKEN" }) : ok({ hash, last4: cardNumber.slice(-4) });
}
