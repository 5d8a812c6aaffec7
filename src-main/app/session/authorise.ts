import type { AuthoriseInput } from "#shared/contracts/session.ts";
import { err, ok, type Result } from "#shared/std/result.ts";
import { may, type LendablePermission, type Operator } from "#shared/domain/staff/roles.ts";
import type { Clock } from "#main/app/ports/clock.ts";
import type { Ports } from "#main/app/ports/ports.ts";
import { makeSignIn, type SignInRefusal } from "./sign-in.ts";
import { makeSignInByCard, type CardSignInRefusal } from "./sign-in-by-card.ts";

/** Long enough to press Enter again, too short to be forgotten on the screen. */
const lentForMs = 5 * 60 * 1000;

/** What a supervisor lent, and for which act: a request id is recorded at most once, so the loan is spent with it. */
export type Authorisation = {
  readonly requestId: string;
  readonly permission: LendablePermission;
  readonly supervisor: Operator;
  readonly untilMs: number;
};

type Refusal =
  | SignInRefusal
  | CardSignInRefusal
  | { code: "OWN_SUPERVISOR" }
  | { code: "NOT_A_SUPERVISOR"; permission: LendablePermission };

/**
 * Lets a supervisor authorise one act of the signed-in person. The supervisor proves who they are as in signing in, by password or by staff
 * card, and is locked out alike; what they may is said only after that.
 */
export const makeAuthorise = (ports: Ports) => {
  const byPassword = makeSignIn(ports);
  const byCard = makeSignInByCard(ports);
  return async ({ permission, requestId, supervisor }: AuthoriseInput, by: Operator): Promise<Result<Authorisation, Refusal>> => {
    const identified = await ("cardHandle" in supervisor ? byCard(supervisor) : byPassword(supervisor));
    if (!identified.ok) return identified;
    if (identified.value.staffId === by.staffId) return err({ code: "OWN_SUPERVISOR" });
    if (!may(identified.value, permission)) return err({ code: "NOT_A_SUPERVISOR", permission });
    return ok({ requestId, permission, supervisor: identified.value, untilMs: ports.clock.nowMs() + lentForMs });
  };
};

/** The operator as they stand in front of this act: with what was lent for it, or as they are. */
export const makeWithLoan =
  ({ clock }: { readonly clock: Clock }, sessionOperator: (staffId: string) => Operator | undefined) =>
  (operator: Operator, authorisation: Authorisation | undefined, requestId: unknown): Operator => {
    if (!authorisation || authorisation.requestId !== requestId || clock.nowMs() > authorisation.untilMs) return operator;
    const { permission } = authorisation;
    // A supervisor who was dismissed in these minutes lends nothing any more.
    const supervisor = sessionOperator(authorisation.supervisor.staffId);
    return supervisor && may(supervisor, permission) ? { ...operator, loan: { permission, lentBy: supervisor.staffId } } : operator;
  };
