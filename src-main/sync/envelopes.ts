import { envelopeReply, toEnvelope } from "#shared/contracts/sync/envelope.ts";
import { pushBytes } from "#shared/contracts/sync/signed-bytes.ts";
import { syncPath, type HelloReply } from "#shared/contracts/sync/wire.ts";
import type { Logger } from "#main/app/ports/logger.ts";
import type { Store } from "#main/app/ports/store.ts";
import type { Signer } from "./enrol.ts";
import type { HttpLine } from "./http-line.ts";

type EnvelopePorts = {
  readonly store: Store;
  readonly signer: Signer;
  readonly log: Logger;
  readonly line: () => HttpLine;
};

/**
 * Hands over what head office lacks of this life in the form that every head office takes: this program is too old for all the rest. Nothing is
 * settled by it; after the upgrade it is sent once more, and answered as a double.
 */
export async function handOverInEnvelopes(
  { store, signer, log, line }: EnvelopePorts,
  { token, ackSeq, limits }: Pick<HelloReply, "token" | "ackSeq" | "limits">,
): Promise<void> {
  for (let after = ackSeq; ;) {
    const { base, operations, deviceKey, self } = store.exchange((tx) => ({
      ...tx.outbox(after, limits),
      deviceKey: tx.deviceKey(),
      self: tx.identity(),
    }));
    const head = operations.at(-1);
    if (!head || !deviceKey || !self) return;
    const body = {
      replica: self.replica,
      incarnation: self.incarnation,
      baseSeq: base.seq,
      baseHash: hex(base.hash),
      ops: operations.map(toEnvelope),
      headHash: hex(head.hash),
      signature: Buffer.from(signer.signWith(deviceKey, pushBytes(head.hash))).toString("base64"),
    };
    const reply = await line().post(syncPath.envelope, body, envelopeReply, { token });
    if (!reply.ok) return log.warn({ code: reply.error.code }, "head office does not take what this older program wrote");
    after = head.seq;
  }
}

const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString("hex");
