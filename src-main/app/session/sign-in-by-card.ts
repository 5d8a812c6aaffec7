import type { CardAndPin } from "#shared/contracts/session.ts";
import { err, ok, type Result } from "#shared/std/result.ts";
import { staffPinWrong } from "#shared/domain/staff/ops.ts";
import { pinStateOf, pinTriesMax } from "#shared/domain/staff/pin.ts";
import type { Operator } from "#shared/domain/staff/roles.ts";
import type { StaffRecord } from "#shared/domain/staff/staff.ts";
import type { Ports } from "#main/app/ports/ports.ts";
import { stationItself } from "#main/app/station-itself.ts";
import { requireIdentity } from "./identity.ts";
import { nobody, operatorOf } from "./operator-of.ts";

export type CardSignInRefusal =
  | { code: "WRONG_PIN"; attemptsLeft: number }
  | { code: "PIN_LOCKED" }
  | { code: "PIN_BLOCKED" }
  | { code: "HANDLE_EXPIRED" };

/** User names are trimmed, so none begins with a space: wrong PINs are counted beside wrong passwords and never among them. */
export const pinSubject = (staffId: string): string => ` pin ${staffId}`;

/**
 * Signs a person in by staff card and PIN, line or no line. The third wrong PIN locks the card at this station until the password is
 * given here; somebody who found the card has three tries in all, not three a day. Each wrong one is told to head office, which counts those
 * of all stations and blocks the PIN everywhere: whoever walks from counter to counter has five.
 */
export const makeSignInByCard = ({ store, clock, pins, handles, random }: Ports) => {
  const tellHeadOffice = ({ staffId }: StaffRecord): void => {
    store.write((tx) => ok(tx.append({ opId: random.uuid(), type: staffPinWrong, by: stationItself, d: { staffId } })));
  };
  return async ({ cardHandle, pin }: CardAndPin): Promise<Result<Operator, CardSignInRefusal>> => {
    const cardNumber = handles.numberOf(cardHandle);
    const staff = cardNumber === undefined ? undefined : store.read((view) => view.staff.findByCard(cardNumber));
    if (!staff) return err({ code: "HANDLE_EXPIRED" });
    if (pinStateOf(staff) === "blocked") return err({ code: "PIN_BLOCKED" });
    const subject = pinSubject(staff.staffId);
    // Counted before the PIN is looked at: a hundred tries at once are three tries, too.
    const attempt = store.write((tx): Result<number, CardSignInRefusal> => {
      const before = tx.signIns.failures(subject, staff.pinResetAtMs ?? 0).length;
      if (before >= pinTriesMax) return err({ code: "PIN_LOCKED" });
      tx.rememberSignInFailure(subject, clock.nowMs());
      return ok(pinTriesMax - before - 1);
    });
    if (!attempt.ok) return attempt;
    const { directoryKey } = store.read(requireIdentity);
    const isRight = (await pins.verify(staff.pin ?? nobody, pin, directoryKey)) && typeof staff.pin === "string";
    if (!isRight) {
      if (pinStateOf(staff) === "set") tellHeadOffice(staff);
      return err(attempt.value === 0 ? { code: "PIN_LOCKED" } : { code: "WRONG_PIN", attemptsLeft: attempt.value });
    }
    store.write((tx) => ok(tx.forgetSignInFailures(subject)));
    return ok(operatorOf(staff, { nowMs: clock.nowMs(), lastContactMs: store.read((view) => view.exchange.lastContactMs()) }));
  };
};
