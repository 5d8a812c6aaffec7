import { setPinAct } from "#shared/contracts/acts/accounts.ts";
import type { SetPinInput } from "#shared/contracts/session.ts";
import { err, ok, type Result } from "#shared/std/result.ts";
import { isGuessablePin } from "#shared/domain/staff/pin.ts";
import type { Operator } from "#shared/domain/staff/roles.ts";
import { makeActAtHeadOffice, type ActRefusal } from "#main/app/acts/act-at-head-office.ts";
import type { Ports } from "#main/app/ports/ports.ts";
import { requireIdentity } from "./identity.ts";
import { makeSignIn, type SignInRefusal } from "./sign-in.ts";

type Refusal = SignInRefusal | { code: "PIN_GUESSABLE" } | ActRefusal<typeof setPinAct>;

/**
 * A person chooses the PIN of their staff card, knowing their password. What leaves the station is a verifier. Each try is an act of its
 * own: the same PIN set twice is the same PIN.
 */
export const makeSetPin = (ports: Ports) => {
  const identify = makeSignIn(ports);
  const setAtHeadOffice = makeActAtHeadOffice(ports, setPinAct);
  return async ({ password, pin }: SetPinInput, by: Operator): Promise<Result<Record<never, never>, Refusal>> => {
    if (isGuessablePin(pin)) return err({ code: "PIN_GUESSABLE" });
    const identified = await identify({ userName: by.userName, password });
    if (!identified.ok) return identified;
    const { directoryKey } = ports.store.read(requireIdentity);
    const verifier = await ports.pins.makeVerifier(pin, directoryKey);
    const set = await setAtHeadOffice({ requestId: ports.random.uuid(), verifier }, by);
    return set.ok ? ok({}) : set;
  };
};
