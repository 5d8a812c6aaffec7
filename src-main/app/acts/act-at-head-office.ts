import type { ActType, InputOf, RefusalOf, ReplyOf } from "#shared/contracts/acts/act-type.ts";
import type { Operator } from "#shared/domain/staff/roles.ts";
import { err, ok, type Result } from "#shared/std/result.ts";
import { Fault } from "#main/app/ports/fault.ts";
import type { HeadOfficeRefusal } from "#main/app/ports/head-office.ts";
import type { Ports } from "#main/app/ports/ports.ts";

/** What any act may be refused for, beside its own refusals. */
type AnyActRefusal =
  | { readonly code: "NEEDS_HEAD_OFFICE" }
  | { readonly code: "FORBIDDEN"; readonly permission: string }
  | { readonly code: "REQUEST_ID_REUSED" };
export type ActRefusal<A extends ActType> = RefusalOf<A> | AnyActRefusal;

/**
 * The use case of an act at a station: head office is asked in the person's name, and nothing is written here.
 *
 * @returns head office's answer, its refusal as the act declares it, or `NEEDS_HEAD_OFFICE` when there is no line
 */
export const makeActAtHeadOffice =
  <A extends ActType>({ headOffice, random }: Pick<Ports, "headOffice" | "random">, act: A) =>
  async (input: InputOf<A>, by: Operator): Promise<Result<ReplyOf<A>, ActRefusal<A>>> => {
    const { requestId = random.uuid(), ...body }: { readonly requestId?: string } = input;
    const answer = await headOffice.act({ actId: requestId, type: act.type, by: by.staffId, body });
    if (!answer.ok) return err(refusalOf(act, answer.error));
    const reply = act.reply.safeParse(answer.value.reply);
    if (!reply.success) throw new Fault("BAD_ANSWER", { cause: reply.error });
    return ok(reply.data as ReplyOf<A>);
  };

function refusalOf<A extends ActType>(act: A, { code, data }: HeadOfficeRefusal): ActRefusal<A> {
  if (code === "REQUEST_ID_REUSED") return { code };
  if (code === "FORBIDDEN") return { code, permission: act.permission };
  // A code of a head office that is newer than this station is an answer that nobody here can act on.
  return Object.hasOwn(act.refusals, code) ? ({ code, ...data } as RefusalOf<A>) : { code: "NEEDS_HEAD_OFFICE" };
}
