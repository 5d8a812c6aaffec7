import type { ActStore } from "#server/app/ports/act-store.ts";
import type { Query } from "#server/db/query.ts";
import type { Seal } from "#server/db/sealing/seal.ts";
import { closeReply, openReply } from "#server/db/sealing/sealed-reply.ts";

export function makeActStore(query: Query, seal: Seal): ActStore {
  return {
    async begin(actId, type, digest) {
      // A second one waits here for the first one's end, and finds its row if it was done.
      const taken = await query(`insert into act (act_id, type, digest) values ($1, $2, $3) on conflict do nothing returning 1`, [
        actId,
        type,
        digest,
      ]);
      if (taken.length > 0) return undefined;
      const [done] = await query<{ digest: Uint8Array; reply: Uint8Array }>(`select digest, reply from act where act_id = $1`, [actId]);
      if (!done) throw new Error("an act was neither taken nor found");
      return { digest: done.digest, reply: openReply(seal, actId, done.reply) };
    },
    async finish(actId, reply) {
      await query(`update act set reply = $2 where act_id = $1`, [actId, closeReply(seal, actId, reply)]);
    },
    async abandon(actId) {
      await query(`delete from act where act_id = $1`, [actId]);
    },
  };
}
