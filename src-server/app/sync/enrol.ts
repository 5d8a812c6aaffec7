import type { SyncRefusal } from "#server/app/head-office.ts";
import { checkCode } from "#server/app/one-time-codes.ts";
import type { Ports } from "#server/app/ports/ports.ts";
import type { OneTimeCode, ServerIdentity } from "#server/app/ports/access-store.ts";
import type { Transaction } from "#server/app/ports/store.ts";
import type { EnrolReply, EnrolRequest } from "#shared/contracts/sync/wire.ts";
import { branchRecord } from "#shared/domain/branches/branch.ts";
import { ok, type Result } from "#shared/std/result.ts";
import { refuse } from "./refuse.ts";

const keyBytes = 32;

/** A station joins with a one-time code. The same code with the same key is answered again: the first reply may have been lost. */
export const makeEnrol =
  ({ store, machine, identity }: Ports) =>
  async ({ code, publicKey, app }: EnrolRequest): Promise<Result<EnrolReply, SyncRefusal>> => {
    const key = Buffer.from(publicKey, "base64");
    if (key.length !== keyBytes) return refuse(400, "MALFORMED");
    return store.write(async (tx) => {
      const checked = await checkCode(tx, machine, code, "station");
      if (!checked.ok) {
        const { code: why, ...data } = checked.error;
        return refuse(why === "TRY_LATER" ? 429 : 403, why, data);
      }
      const found = checked.value;
      if (found.usedByKey && Buffer.compare(found.usedByKey, key) !== 0) return refuse(409, "CODE_USED");
      // Only a code that is already used may be old: its station asks for the reply it lost.
      if (!found.usedByKey && found.expiresAtMs <= machine.clock.nowMs()) return refuse(403, "CODE_EXPIRED");
      const replica = found.replica ?? (await join(tx, found, key, app));
      return ok(await replyOf(tx, identity, found, replica));
    });
  };

async function join(tx: Transaction, code: OneTimeCode, publicKey: Uint8Array, app: string): Promise<number> {
  const replica = await tx.stations.add({ branchId: branchIdOf(code), publicKey, app });
  await tx.access.saveCode({ ...code, usedByKey: publicKey, replica });
  // It has nothing from before.
  await tx.recovery.presented(replica, (await tx.recovery.state()).epoch);
  return replica;
}

async function replyOf(tx: Transaction, identity: ServerIdentity, code: OneTimeCode, replica: number): Promise<EnrolReply> {
  const [record] = await tx.records.find([{ kind: "branch", id: branchIdOf(code) }]);
  return {
    replica,
    branch: branchRecord.parse(record?.doc),
    serverId: identity.serverId,
    serverEpoch: (await tx.recovery.state()).epoch,
    headOfficeKey: Buffer.from(identity.publicKey).toString("base64"),
    directoryKey: Buffer.from(identity.directoryKey).toString("base64"),
    isSample: identity.isSample,
  };
}

function branchIdOf({ branchId }: OneTimeCode): string {
  if (branchId === null) throw new Error("a station's code names no branch");
  return branchId;
}
