import { erasePerson, findErasure } from "#server/app/erasure/erase-person.ts";
import type { SyncRefusal } from "#server/app/head-office.ts";
import { isId } from "#server/app/ids.ts";
import { isSignedBy } from "#server/app/keys.ts";
import { headOfficeItself } from "#server/app/operations/own-operations.ts";
import type { Ports } from "#server/app/ports/ports.ts";
import { erasureBytes } from "#shared/contracts/sync/signed-bytes.ts";
import type { ErasuresReply, ErasuresRequest } from "#shared/contracts/sync/wire.ts";
import { ok, type Result } from "#shared/std/result.ts";
import { refuse } from "./refuse.ts";
import { identifySpeaker } from "./session.ts";

/**
 * Is told by a station whom this head office had forgotten before it was put back from an older copy, and forgets them again. It believes
 * its own signature and nobody's word: a station that could say so by itself could wipe out anybody.
 */
export const makeErasures =
  (ports: Ports) =>
  async (token: string, request: ErasuresRequest): Promise<Result<ErasuresReply, SyncRefusal>> => {
    const told = await ports.store.write(async (tx): Promise<Result<ErasuresReply, SyncRefusal>> => {
      const speaker = await identifySpeaker(tx, ports, token, request);
      if (!speaker.ok) return speaker;
      let done = 0;
      for (const { memberId, on, signature } of request.erasures) {
        const isOurs =
          isId(memberId) && isSignedBy(ports.identity.publicKey, erasureBytes({ memberId, on }), Buffer.from(signature, "base64"));
        if (!isOurs) return refuse(403, "BAD_SIGNATURE");
        const known = await findErasure(tx, memberId);
        if (known?.state === "done") continue;
        await erasePerson(ports, tx, memberId, { by: headOfficeItself, askedBy: headOfficeItself, askedOn: on, on });
        done += 1;
      }
      return ok({ done });
    });
    if (told.ok && told.value.done > 0) ports.notifier.published();
    return told;
  };
