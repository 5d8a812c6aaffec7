import { toWire } from "#shared/contracts/sync/operation-wire.ts";
import { pushBytes } from "#shared/contracts/sync/signed-bytes.ts";
import { pushReply, syncPath, type HelloReply } from "#shared/contracts/sync/wire.ts";
import type { Logger } from "#main/app/ports/logger.ts";
import type { Store } from "#main/app/ports/store.ts";
import type { Signer } from "./enrol.ts";
import type { Greeting } from "./greet.ts";
import type { HttpLine } from "./http-line.ts";
import { toSettlement } from "./settlement.ts";

type HandOverPorts = {
  readonly store: Store;
  readonly signer: Signer;
  readonly log: Logger;
  readonly line: () => HttpLine;
  /** Says hello under the name of that life. */
  readonly welcome: (life: Pick<Greeting, "incarnation" | "forkedFrom" | "head">) => Promise<HelloReply | undefined>;
  /** Head office has something else under a number of that life. @returns whether what is here may be handed over now, as another life */
  readonly diverged: (incarnation: string, heardUpTo: number) => Promise<boolean>;
};

/**
 * Sends what an earlier life of this database wrote and head office may lack, under that life's name: the goods were handed out, and the
 * points were spent from that life's rights. What head office has already it answers as a double.
 *
 * @param isPresentOver another computer goes on as this station: what the present life wrote is handed over too
 * @returns whether there may be more
 */
export async function handOverEarlierLife(
  { store, signer, log, line, welcome: greetAs, diverged }: HandOverPorts,
  isPresentOver: boolean,
): Promise<boolean> {
  const life = store.exchange((tx) => tx.unfinishedLife(isPresentOver));
  if (!life) return false;
  const { incarnation } = life;
  const welcome = await greetAs(life);
  if (welcome?.verdict === "FORK") return diverged(incarnation, life.afterSeq);
  if (!welcome?.token) {
    log.warn({ incarnation, verdict: welcome?.verdict }, "head office does not take what an earlier life of this database wrote");
    return false;
  }
  let afterSeq = Math.min(life.afterSeq, welcome.ackSeq);
  const { maxBytes } = welcome.limits;
  let { maxOperations } = welcome.limits;
  while (afterSeq < life.head.seq) {
    const batch = store.exchange((tx) => ({
      ...tx.outbox(afterSeq, { maxOperations, maxBytes }, incarnation),
      deviceKey: tx.deviceKey(),
      self: tx.identity(),
    }));
    const last = batch.operations.at(-1);
    if (!last || !batch.deviceKey || !batch.self) return false;
    const reply = await line().post(
      syncPath.push,
      {
        replica: batch.self.replica,
        incarnation,
        baseSeq: batch.base.seq,
        baseHash: hex(batch.base.hash),
        ops: batch.operations.map(toWire),
        headHash: hex(last.hash),
        signature: Buffer.from(signer.signWith(batch.deviceKey, pushBytes(last.hash))).toString("base64"),
      },
      pushReply,
      { token: welcome.token },
    );
    const sent = batch.operations.length;
    if (!reply.ok && reply.error.status === 413 && sent > 1) {
      maxOperations = Math.floor(sent / 2);
      continue;
    }
    if (!reply.ok && reply.error.code === "FORK") return diverged(incarnation, life.afterSeq);
    if (!reply.ok) {
      log.warn({ incarnation, code: reply.error.code }, "head office does not take what an earlier life of this database wrote");
      return false;
    }
    store.exchange((tx) => tx.settle(last.seq, reply.value.results.map(toSettlement), incarnation));
    afterSeq = last.seq;
  }
  return true;
}

const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString("hex");
