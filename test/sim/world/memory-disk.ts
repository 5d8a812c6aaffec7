import { makeMemoryDatabase, type MemoryDatabase } from "../memory-store/memory-database.ts";
import { openMemoryStore } from "../memory-store/open-memory-store.ts";
import type { Disk } from "./disk.ts";

/** Head office's disk in this process's memory. @param founded what it begins with */
export function makeMemoryDisk(founded: ReturnType<MemoryDatabase["backup"]>): Disk {
  const database = makeMemoryDatabase();
  database.restore(founded);
  let backup = database.backup();
  return {
    openStore: async (atMoment) => openMemoryStore(database, atMoment),
    look: openMemoryStore(database).read,
    backup: async () => void (backup = database.backup()),
    restore: async () => database.restore(backup),
    close: async () => undefined,
  };
}
