import { eq } from "drizzle-orm";
import { configuredDevice, type ConfiguredDevice } from "#shared/domain/devices/configured-device.ts";
import type { StationDatabase } from "../open-database.ts";
import { device } from "../schema.ts";

type Row = typeof device.$inferSelect;

/** The devices of this computer. They are no operation and go nowhere: at another computer they would mean nothing. */
export function makeDevices({ db }: StationDatabase) {
  return {
    find: (deviceId: string): ConfiguredDevice | undefined => {
      const row = db.select().from(device).where(eq(device.deviceId, deviceId)).get();
      return row && parse(row)[0];
    },
    all: (): readonly ConfiguredDevice[] => db.select().from(device).orderBy(device.name, device.deviceId).all().flatMap(parse),
    put: ({ deviceId, name, path, identity, setup }: ConfiguredDevice): void => {
      const row = { deviceId, name, path, identity: identity && JSON.stringify(identity), setup: JSON.stringify(setup) };
      db.insert(device).values(row).onConflictDoUpdate({ target: device.deviceId, set: row }).run();
    },
    remove: (deviceId: string): void => {
      db.delete(device).where(eq(device.deviceId, deviceId)).run();
    },
  };
}

/** A device that a later version of the program set up, with what this one does not know, is left alone: it is neither run nor lost. */
function parse({ identity, setup, ...row }: Row): ConfiguredDevice[] {
  const parsed = configuredDevice.safeParse({
    ...row,
    identity: identity === null ? null : JSON.parse(identity),
    setup: JSON.parse(setup),
  });
  return parsed.success ? [parsed.data] : [];
}
