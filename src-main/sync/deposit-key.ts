import type { Result } from "#shared/std/result.ts";
import { depositBytes, depositKeyBytes } from "#shared/contracts/sync/signed-bytes.ts";
import { depositReply, syncPath, type DepositReply, type HelloReply } from "#shared/contracts/sync/wire.ts";
import { keyIdOf } from "#shared/domain/recovery/key-id.ts";
import { Fault } from "#main/app/ports/fault.ts";
import type { Logger } from "#main/app/ports/logger.ts";
import type { Random } from "#main/app/ports/random.ts";
import type { Store } from "#main/app/ports/store.ts";
import type { Signer } from "./enrol.ts";
import type { HttpLine, WireRefusal } from "./http-line.ts";

/** Seals the key of the data; main.ts hands it in, since adapters do not know each other. */
export type SealKey = (key: Uint8Array, to: Uint8Array, about: Uint8Array, ephemeral: Uint8Array) => Uint8Array;

export type DepositPorts = {
  readonly store: Store;
  readonly random: Random;
  readonly signer: Signer;
  readonly log: Logger;
  /** 32 bytes: the key of everything in the data folder. */
  readonly dataKey: Uint8Array;
  readonly sealKey: SealKey;
};

type Session = Pick<HelloReply, "token" | "deposit">;

/**
 * Gives the key of our data into head office's keeping, for the day on which this computer has lost it. Head office says in each hello
 * which key it has, so that a new one, a lost answer and a head office that came back from a backup all end in a deposit.
 *
 * A refusal stops nothing else: the log says it, the Sync screen shows that the key is not there, and the next hello tries again.
 */
export function makeDepositKey({ store, random, signer, log, dataKey, sealKey }: DepositPorts) {
  const keyId = keyIdOf(signer.sha256, dataKey);

  /** @throws Fault `NO_LINE` */
  return async ({ token, deposit }: Session, line: HttpLine): Promise<Result<DepositReply, WireRefusal> | undefined> => {
    const { identity, deviceKey, known } = store.exchange((tx) => ({
      identity: tx.identity(),
      deviceKey: tx.deviceKey(),
      known: tx.exchange.depositedKeyId(),
    }));
    if (!identity || !deviceKey) throw new Fault("NOT_ENROLLED");
    if (known !== (deposit.keyId ?? "")) store.exchange((tx) => tx.keepsKey(deposit.keyId));
    if (deposit.keyId === keyId) return undefined;

    const to = Buffer.from(deposit.publicKey, "base64");
    // Whoever stands in the line could otherwise put a key of their own in its place and read ours.
    if (!signer.isSignedBy(identity.headOfficeKey, Buffer.from(deposit.signature, "base64"), depositKeyBytes(to))) {
      log.error({ code: "DEPOSIT_KEY_UNSIGNED" }, "the key to seal to is not head office's; nothing was deposited");
      return undefined;
    }
    const about = depositBytes({ replica: identity.replica, publicKey: signer.publicKeyOf(deviceKey) }, keyId);
    const sealed = Buffer.from(sealKey(dataKey, to, about, random.bytes(32))).toString("base64");
    const reply = await line.post(syncPath.deposit, { replica: identity.replica, keyId, sealed }, depositReply, { token });
    if (reply.ok) store.exchange((tx) => tx.keepsKey(keyId));
    else log.warn({ code: reply.error.code, status: reply.error.status }, "head office did not take the key into keeping");
    return reply;
  };
}
