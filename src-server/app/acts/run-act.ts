import type { SyncRefusal } from "#server/app/head-office.ts";
import { sha256 } from "#server/app/sha256.ts";
import { refuse } from "#server/app/sync/refuse.ts";
import type { ActType, InputOf, ReplyOf } from "#shared/contracts/acts/act-type.ts";
import { may } from "#shared/domain/staff/roles.ts";
import { sortedJson } from "#shared/std/json.ts";
import { ok, type Result } from "#shared/std/result.ts";
import type { ActContext } from "./act-handler.ts";
import { handlerOf } from "./handlers.ts";

type RanAct<A extends ActType> = { readonly verdict: "applied" | "duplicate"; readonly reply: ReplyOf<A> };

/**
 * Does an act once under its id: whoever sends it again is told what was answered then, and other contents under the id are refused.
 * A refused act leaves no trace, so that it can be asked for again when what stood against it is gone.
 *
 * @param input checked by the act's schema
 */
export async function runAct<A extends ActType>(context: ActContext, act: A, input: InputOf<A>): Promise<Result<RanAct<A>, SyncRefusal>> {
  const { tx, by } = context;
  if (!may(by, act.permission)) return refuse(403, "FORBIDDEN", { permission: act.permission });
  if (act.isQuestion) {
    const answered = asRefusal(await handlerOf(act)(context, input));
    return answered.ok ? ok({ verdict: "applied", reply: answered.value }) : answered;
  }
  const { requestId } = input as { readonly requestId: string };
  const digest = sha256(Buffer.from(sortedJson({ type: act.type, by: by.staffId, input })));
  const done = await tx.acts.begin(requestId, act.type, digest);
  if (done) {
    const isSame = Buffer.compare(done.digest, digest) === 0;
    return isSame ? ok({ verdict: "duplicate", reply: done.reply as ReplyOf<A> }) : refuse(409, "REQUEST_ID_REUSED");
  }
  // An operation has this id that no act wrote: a station's own.
  const isTaken = (await tx.inbox.find([requestId])).length > 0;
  const answered = isTaken ? refuse(409, "REQUEST_ID_REUSED") : asRefusal(await handlerOf(act)(context, input));
  if (!answered.ok) {
    await tx.acts.abandon(requestId);
    return answered;
  }
  const reply = answered.value;
  await tx.acts.finish(requestId, act.kept ? act.kept(reply) : reply);
  return ok({ verdict: "applied", reply });
}

/** A refusal of the act's own, as it travels. */
function asRefusal<T>(answered: Result<T, { readonly code: string }>): Result<T, SyncRefusal> {
  if (answered.ok) return answered;
  const { code, ...data } = answered.error;
  return refuse(409, code, data);
}
