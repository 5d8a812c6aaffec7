import type { ActStore } from "#server/app/ports/act-store.ts";
import type { Tables } from "../tables.ts";

export function makeActStore({ acts }: Tables): ActStore {
  return {
    async begin(actId, _type, digest) {
      const done = acts.get(actId);
      if (done) return { digest: done.digest, reply: done.reply };
      acts.insert({ actId, digest });
      return undefined;
    },
    async finish(actId, reply) {
      const act = acts.get(actId);
      if (act) acts.put({ ...act, reply });
    },
    async abandon(actId) {
      acts.remove(actId);
    },
  };
}
