import type { SyncRefusal } from "#server/app/head-office.ts";
import { openDeposit } from "#server/app/key-deposit.ts";
import type { Ports } from "#server/app/ports/ports.ts";
import { sha256 } from "#server/app/sha256.ts";
import { depositBytes } from "#shared/contracts/sync/signed-bytes.ts";
import type { DepositReply, DepositRequest } from "#shared/contracts/sync/wire.ts";
import { keyIdOf } from "#shared/domain/recovery/key-id.ts";
import { ok, type Result } from "#shared/std/result.ts";
import { refuse } from "./refuse.ts";
import { identifySpeaker } from "./session.ts";

/**
 * Takes the key of a station's data into keeping. It is opened once, now: one that could not be opened would be found out on the day
 * on which it is needed.
 */
export const makeDeposit =
  (ports: Ports) =>
  async (token: string, request: DepositRequest): Promise<Result<DepositReply, SyncRefusal>> =>
    ports.store.write(async (tx): Promise<Result<DepositReply, SyncRefusal>> => {
      const speaker = await identifySpeaker(tx, ports, token, request);
      if (!speaker.ok) return speaker;
      const { station } = speaker.value;
      const { keyId } = request;
      const sealed = Buffer.from(request.sealed, "base64");
      const key = openDeposit(ports.identity.privateKey, sealed, depositBytes(station, keyId));
      if (!key || keyIdOf(sha256, key) !== keyId) return refuse(400, "MALFORMED");
      await tx.stations.deposit(station.replica, { keyId, sealed, depositedAtMs: ports.machine.clock.nowMs() });
      return ok({ keyId });
    });
