import { err, ok, type Result } from "#shared/std/result.ts";
import { keyFingerprint, readEnrolmentCode } from "#shared/domain/enrolment/code.ts";
import type { Sha256 } from "#shared/domain/operations/encode.ts";
import { identityBytes } from "#shared/contracts/sync/signed-bytes.ts";
import { enrolReply, identityReply, syncPath } from "#shared/contracts/sync/wire.ts";
import type { EnrolRefusal } from "#main/app/ports/enrolment.ts";
import { Fault } from "#main/app/ports/fault.ts";
import type { Random } from "#main/app/ports/random.ts";
import type { Store } from "#main/app/ports/store.ts";
import { isSecureAddress, makeHttpLine, type Network } from "./http-line.ts";

/** What the exchange needs of keys; main.ts hands it in, since adapters do not know each other. */
export type Signer = {
  readonly makeDeviceKey: () => Uint8Array;
  readonly publicKeyOf: (privateKey: Uint8Array) => Uint8Array;
  readonly signWith: (privateKey: Uint8Array, ...parts: readonly Uint8Array[]) => Uint8Array;
  readonly isSignedBy: (publicKey: Uint8Array, signature: Uint8Array, ...parts: readonly Uint8Array[]) => boolean;
  readonly sha256: Sha256;
};

/**
 * Joins this station to head office by a one-time code.
 *
 * The server first proves that it holds the key which the code names; only then is the code sent. The device key is stored before it is
 * used, so that an enrolment whose answer was lost succeeds when it is tried again.
 */
export async function enrol(
  ports: {
    readonly store: Store;
    readonly random: Random;
    readonly signer: Signer;
    readonly network: Network;
    readonly appVersion: string;
  },
  request: { readonly url: string; readonly code: string },
): Promise<Result<null, EnrolRefusal>> {
  const { store, random, signer, network } = ports;
  const read = readEnrolmentCode(request.code);
  if (!read.ok) return read;
  if (!isSecureAddress(request.url)) return err({ code: "INSECURE_ADDRESS" });
  const line = makeHttpLine(network, request.url);
  try {
    const nonce = random.bytes(32);
    const identity = await line.post(syncPath.identity, { nonce: toBase64(nonce) }, identityReply);
    if (!identity.ok) return err({ code: "UNREACHABLE" });
    const headOfficeKey = fromBase64(identity.value.publicKey);
    const isTheOne = keyFingerprint(signer.sha256, headOfficeKey) === read.value.fingerprint;
    if (!isTheOne || !signer.isSignedBy(headOfficeKey, fromBase64(identity.value.signature), identityBytes(nonce)))
      return err({ code: "SERVER_KEY_MISMATCH" });

    const deviceKey = store.exchange((tx) => {
      const kept = tx.deviceKey() ?? signer.makeDeviceKey();
      tx.keepDeviceKey(kept);
      return kept;
    });
    const reply = await line.post(
      syncPath.enrol,
      { code: read.value.code, publicKey: toBase64(signer.publicKeyOf(deviceKey)), app: ports.appVersion },
      enrolReply,
    );
    if (!reply.ok) return err(toRefusal(reply.error));
    const { replica, branch, serverId, serverEpoch, directoryKey, isSample } = reply.value;
    store.exchange((tx) =>
      tx.enrolled({
        replica,
        incarnation: Buffer.from(random.bytes(8)).toString("hex"),
        earlierLives: [],
        branchId: branch.branchId,
        serverId,
        serverEpoch,
        headOfficeUrl: request.url,
        headOfficeKey,
        directoryKey: fromBase64(directoryKey),
        isSample,
      }),
    );
    return ok(null);
  } catch (cause) {
    if (cause instanceof Fault && (cause.code === "NO_LINE" || cause.code === "BAD_ANSWER")) return err({ code: "UNREACHABLE" });
    throw cause;
  }
}

function toRefusal({ code, data }: { readonly code: string; readonly data: Readonly<Record<string, unknown>> }): EnrolRefusal {
  switch (code) {
    case "CODE_WRONG":
      return { code, triesLeft: Number(data["triesLeft"] ?? 0) };
    case "CODE_EXPIRED":
    case "CODE_USED":
    case "CODE_BLOCKED":
      return { code };
    default:
      return { code: "UNREACHABLE" };
  }
}

const toBase64 = (bytes: Uint8Array): string => Buffer.from(bytes).toString("base64");
const fromBase64 = (text: string): Uint8Array => Buffer.from(text, "base64");
