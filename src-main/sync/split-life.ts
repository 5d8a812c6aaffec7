import type { Result } from "#shared/std/result.ts";
import { ownOpsReply, syncPath } from "#shared/contracts/sync/wire.ts";
import type { StationIdentity } from "#main/app/ports/exchange-store.ts";
import type { Logger } from "#main/app/ports/logger.ts";
import type { Random } from "#main/app/ports/random.ts";
import type { Store } from "#main/app/ports/store.ts";
import type { HttpLine, WireRefusal } from "./http-line.ts";

type SplitPorts = {
  readonly store: Store;
  readonly log: Logger;
  readonly random: Random;
  readonly line: () => HttpLine;
  readonly self: () => StationIdentity;
  /** Runs a request in the session of the present life. */
  readonly inSession: <T>(work: (session: { readonly token: string }) => Promise<Result<T, WireRefusal>>) => Promise<Result<T, unknown>>;
};

/**
 * An older copy of this file was put back and served on before head office was heard: under some numbers of an earlier life head office has
 * what was lost, and the log what was written since. Finds the first such number, and makes a life of its own of all that the log has from
 * there on, so that head office takes it.
 *
 * @param heardUpTo as far as head office has told us of this life, and so surely the same on both sides
 * @returns whether there was such a number
 */
export async function splitLife(
  { store, log, random, line, self, inSession }: SplitPorts,
  of: string,
  heardUpTo: number,
): Promise<boolean> {
  let from = Math.max(1, heardUpTo);
  for (;;) {
    const { replica, incarnation } = self();
    const reply = await inSession((session) =>
      line().post(syncPath.ownOps, { replica, incarnation, of, from }, ownOpsReply, { token: session.token }),
    );
    if (!reply.ok) return false;
    const there = reply.value.ops.map(({ op }) => ({ seq: op.seq, hash: op.h }));
    const last = there.at(-1);
    if (!last) return false;
    const after = store.exchange((tx) => tx.sameUpTo(of, there));
    if (after === undefined) from = last.seq + 1;
    // What we were told was told to another copy: from the beginning, then.
    else if (after < from && from > 1) from = 1;
    else {
      const asIncarnation = Buffer.from(random.bytes(8)).toString("hex");
      store.exchange((tx) => tx.splitOff(of, after, asIncarnation));
      log.warn(
        { code: "LIFE_SPLIT", of, after, as: asIncarnation },
        "an older copy of the database had served on; what it wrote is a life of its own",
      );
      return true;
    }
  }
}
