import type { AdminService } from "#server/app/head-office.ts";
import { openDeposit } from "#server/app/key-deposit.ts";
import { finishWork } from "#server/app/operations/finish-work.ts";
import { openWork } from "#server/app/operations/work.ts";
import type { Ports } from "#server/app/ports/ports.ts";
import { sha256 } from "#server/app/sha256.ts";
import { depositBytes } from "#shared/contracts/sync/signed-bytes.ts";
import { printRecoveryKey } from "#shared/domain/recovery/recovery-key.ts";
import { stationRecoverKey } from "#shared/domain/stations/ops.ts";
import { err, ok } from "#shared/std/result.ts";

/**
 * Opens the deposited keys of a station that lost its own. Who had it done stands in head office's log before anybody sees a key.
 *
 * This is no act that a station may ask for: a station names the person itself, and one that lies would get the keys of all others.
 */
export const makeRecoverKey =
  (ports: Ports): AdminService["recoverKey"] =>
  (by, replica) =>
    ports.store.write(async (tx) => {
      const station = await tx.stations.find(replica);
      if (!station) return err({ code: "STATION_NOT_FOUND" });
      const keys = (await tx.stations.deposits(replica)).map(({ keyId, sealed, depositedAtMs }) => {
        const key = openDeposit(ports.identity.privateKey, sealed, depositBytes(station, keyId));
        if (!key) throw new Error(`the deposited key ${keyId} of station ${replica} does not open`);
        return { recoveryKey: printRecoveryKey(sha256, key), depositedAtMs };
      });
      if (keys.length === 0) return err({ code: "KEY_NOT_DEPOSITED" });
      const work = await openWork(tx, ports.machine, ports.identity, {});
      await work.own.write(stationRecoverKey, { by, d: { replica } });
      await finishWork(work);
      return ok({ keys });
    });
