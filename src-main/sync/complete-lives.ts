import type { Result } from "#shared/std/result.ts";
import { fromWire } from "#shared/contracts/sync/operation-wire.ts";
import { ownOpsReply, syncPath } from "#shared/contracts/sync/wire.ts";
import type { StationIdentity } from "#main/app/ports/exchange-store.ts";
import type { Logger } from "#main/app/ports/logger.ts";
import type { Store } from "#main/app/ports/store.ts";
import type { HttpLine, WireRefusal } from "./http-line.ts";
import { toSettlement } from "./settlement.ts";

type CompletePorts = {
  readonly store: Store;
  readonly log: Logger;
  readonly line: () => HttpLine;
  readonly self: () => StationIdentity;
  /** Runs a request in the session of the present life. */
  readonly inSession: <T>(work: (session: { readonly token: string }) => Promise<Result<T, WireRefusal>>) => Promise<Result<T, unknown>>;
};

/** Nobody reads the hash before it from the wire: the log has it. */
const unknownHash = new Uint8Array(32);

/**
 * Gets back what earlier lives wrote and this file has lost: a backup was put back, and head office had heard more. The last question, to which
 * there is nothing left to answer, tells head office that both sides have the same; it then passes on what that life could spend.
 */
export async function completeEarlierLives({ store, log, line, self, inSession }: CompletePorts): Promise<void> {
  for (;;) {
    const { life, isHandedOver } = store.exchange((tx) => ({ life: tx.lifeToComplete(), isHandedOver: tx.unfinishedLife() === undefined }));
    // What head office lacks of it goes there first, or the two would never have the same.
    if (!life || !isHandedOver) return;
    const { incarnation: of, from } = life;
    const { replica, incarnation } = self();
    const reply = await inSession((session) =>
      line().post(syncPath.ownOps, { replica, incarnation, of, from }, ownOpsReply, { token: session.token }),
    );
    if (!reply.ok) {
      log.warn({ incarnation: of }, "head office does not say what an earlier life of this database wrote");
      return;
    }
    const recovered = reply.value.ops.map(({ op, result }) => ({
      op: fromWire(op, { replica, incarnation: of, prev: unknownHash }),
      result: toSettlement(result),
    }));
    store.exchange((tx) => (recovered.length > 0 ? tx.putBack(of, recovered) : tx.completed(of)));
  }
}
