import { dirname, join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import type { Operator } from "#shared/domain/staff/roles.ts";
import { argon2Passwords } from "#main/security/passwords.ts";
import { openCore, type StationCore } from "#main/station-core.ts";
import { systemRandom } from "#main/system/random.ts";
import { machineClocks, makeStationClock } from "#main/system/station-clock.ts";
import { migrationsFolder, quietLog } from "#test/support/counter.ts";

export const dataKey = Buffer.alloc(32, 7);
export const clerkName = "chen";
export const purchaseRule = "purchase";

/** The station of a file as the program itself opens it: encrypted, on the machine's clocks, exchanging whenever it can. */
export const openCrashStation = (file: string): StationCore =>
  openCore({
    file,
    mirror: { folder: join(dirname(file), "mirror"), mayMake: true },
    machine: "this computer",
    dataKey,
    migrationsFolder,
    makeClock: (lastContactMs) => makeStationClock(machineClocks, lastContactMs),
    random: systemRandom,
    passwords: argon2Passwords,
    timers: {
      sleep: (ms, signal) => sleep(ms, undefined, { signal, ref: false }).catch(() => undefined),
      random: Math.random,
    },
    log: quietLog,
    appVersion: "test",
  });

export function clerkOf({ ports }: StationCore): Operator {
  const record = ports.store.read((view) => view.staff.findByUserName(clerkName));
  if (!record) throw new Error("the clerk did not arrive with the first exchange");
  const { staffId, userName, displayName, role, branchId } = record;
  return { staffId, userName, displayName, role, branchId };
}
