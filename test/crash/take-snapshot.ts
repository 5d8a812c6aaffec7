import { writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { buildFile } from "#main/db/snapshot/build-file.ts";
import { openTakeover } from "#main/db/snapshot/open-takeover.ts";
import { makeChunkShelf, placesOf } from "#main/db/snapshot/places.ts";
import { openDatabase } from "#main/db/open-database.ts";
import { makeSqliteStore } from "#main/db/sqlite-store.ts";
import { makeStandingStore } from "#main/db/standing-store.ts";
import { makeStationClock } from "#main/system/station-clock.ts";
import { systemRandom } from "#main/system/random.ts";
import { directoryRow, snapshotKey, snapshotOf } from "#test/support/snapshot-of.ts";
import { dataKey } from "./crash-station.ts";

/** Takes a snapshot of two members over into a station's file: `take-snapshot.ts FILE MIGRATIONS`. */
const [, , file = "", migrationsFolder = ""] = process.argv;
const nowMs = (): number => 0;
const clock = makeStationClock({ wallMs: nowMs, monotonicMs: nowMs }, null);
const open = () => openDatabase(file, dataKey, migrationsFolder);
const standing = makeStandingStore({
  first: open(),
  open,
  storeOn: (database) => makeSqliteStore(database, { clock, random: systemRandom }),
});
const takeover = openTakeover(standing, { file, key: dataKey, migrationsFolder, build: async (task) => buildFile(task) });
const manifest = snapshotOf(makeChunkShelf(placesOf(file).chunks), [directoryRow(1), directoryRow(2)]);
await takeover.build(manifest, snapshotKey);
writeFileSync(join(dirname(file), "built"), "");
standing.store.exchange((tx) => tx.keepsKey("written meanwhile"));
if (takeover.take() !== "taken") throw new Error("the snapshot was not taken");
standing.store.close();
