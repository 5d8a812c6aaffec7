import { copyFileSync, existsSync, renameSync, rmSync } from "node:fs";
import { join } from "node:path";
import { toHex } from "#shared/std/bytes.ts";
import { refOf } from "#main/app/durability/keep-guard.ts";
import { replayJournal } from "#main/app/durability/replay-journal.ts";
import { Fault } from "#main/app/ports/fault.ts";
import type { GuardRecord } from "#main/app/ports/guard.ts";
import type { MirrorContents } from "#main/app/ports/mirror.ts";
import type { Store } from "#main/app/ports/store.ts";
import { isWholeDatabase } from "#main/db/is-whole.ts";
import { openDatabase } from "#main/db/open-database.ts";
import { backupFolder, backupsIn } from "#main/db/upkeep/backup-shelf.ts";
import { makeSqliteStore } from "#main/db/sqlite-store.ts";
import { guardFiles } from "#main/mirror/guard-files.ts";
import { existingMirrorFolder, type MirrorFolder } from "#main/mirror/mirror-folder.ts";
import { makeMirrorPlace } from "#main/mirror/open-mirror.ts";
import { diskVolume } from "#main/mirror/volume.ts";
import { openCore, type CoreOptions } from "#main/station-core.ts";
import { flushFile, moveWhole } from "#main/system/durable-file.ts";
import { fileIdentity } from "#main/system/machine.ts";
import { machineClocks, makeStationClock } from "#main/system/station-clock.ts";

export type RebuildOptions = {
  /** Holds what is left of the station; its key must be among it. */
  readonly dataDir: string;
  readonly core: Omit<CoreOptions, "file" | "makeClock" | "mirror">;
  /** Where the station will write its journal from now on. */
  readonly mirror: MirrorFolder;
  /** Where a journal is read from when it is not there. */
  readonly fromJournal: string | undefined;
  /** Called before each step, for whoever watches. */
  readonly onStep?: ((step: RebuildStep) => void) | undefined;
};
export type RebuildStep = "reading" | "replaying" | "swapping" | "exchanging";

export type Rebuilt = {
  /** Operations in the new database. */
  readonly operations: number;
  /** The copy that it began from; null when everything came from the journal. A copy also has accounts and rules, so that one can sign in. */
  readonly fromBackup: string | null;
  /** The journal was complete, so the station goes on under its name; else it begins another life and redeems after an exchange. */
  readonly isSameLife: boolean;
  /** Names in the data folder under which the damaged database lies now. */
  readonly setAside: readonly string[];
  /** Files of the journal that are missing or partly unreadable. */
  readonly damagedFiles: readonly string[];
  /** Whether head office was heard: without it there are neither accounts nor rules, and nobody can sign in. */
  readonly hasExchanged: boolean;
};

const databaseFiles = ["station.db", "station.db-wal", "station.db-shm"];

/**
 * Makes the database of a station anew: the newest copy that is whole, then operations and grants from the mirror journal, through the same
 * rules as when they were written and held against their chain; everything else from head office. The old database is set aside and never removed. A rebuild that was broken
 * off is begun again and finds everything as it was.
 *
 * @throws Fault `REBUILD_NOT_NEEDED`, `NOTHING_TO_REBUILD_FROM`, `MIRROR_…`, `STORAGE_…`
 */
export async function rebuildStation(options: RebuildOptions): Promise<Rebuilt> {
  const { dataDir, core, mirror, fromJournal, onStep = () => undefined } = options;
  const { dataKey, log } = core;
  const file = join(dataDir, "station.db");
  const draft = join(dataDir, "station.db.rebuilding");
  if (isWholeDatabase(file, dataKey))
    throw new Fault("REBUILD_NOT_NEEDED", {
      message: `${file} is whole; nothing was done. To rebuild it all the same, move it away first.`,
    });

  onStep("reading");
  const folder = existingMirrorFolder(fromJournal, dataKey) ?? mirror.folder;
  const contents = makeMirrorPlace({ volume: diskVolume, folder, mayMake: false, dataKey, wallMs: machineClocks.wallMs, log }).read();
  if (!contents.facts)
    throw new Fault("NOTHING_TO_REBUILD_FROM", {
      message: `There is no mirror journal in ${folder} that opens with the key of ${dataDir}.`,
    });
  const guard = guardFiles([...new Set([dataDir, folder, mirror.folder])]);

  onStep("replaying");
  const { record, operations, fromBackup, isSameLife } = fillDraft(file, draft, contents, guard.read(), core);

  onStep("swapping");
  const setAside = swap(dataDir, draft);
  guard.write({ ...record, file: fileIdentity(file) });

  onStep("exchanging");
  const hasExchanged = await exchange({ ...core, file, mirror });
  return { operations, fromBackup, isSameLife, setAside, damagedFiles: contents.damaged, hasExchanged };
}

type Filled = Pick<Rebuilt, "operations" | "fromBackup" | "isSameLife"> & { readonly record: GuardRecord };

/** From the newest copy that is whole and of the journal's history; from nothing where there is none. */
function fillDraft(
  file: string,
  draft: string,
  contents: MirrorContents,
  guarded: GuardRecord | undefined,
  core: RebuildOptions["core"],
): Filled {
  const backups = backupFolder(file);
  for (const { name: fromBackup } of backupsIn(backups)) {
    removeDraft(draft);
    copyFileSync(join(backups, fromBackup), draft);
    const filled = isWholeDatabase(draft, core.dataKey) ? replayInto(draft, contents, guarded, core) : undefined;
    if (filled?.isOfJournal) return { ...filled, fromBackup };
  }
  removeDraft(draft);
  return { ...replayInto(draft, contents, guarded, core), fromBackup: null };
}

function removeDraft(draft: string): void {
  for (const end of ["", "-wal", "-shm"]) rmSync(`${draft}${end}`, { force: true });
}

function replayInto(
  draft: string,
  contents: MirrorContents,
  guarded: GuardRecord | undefined,
  { dataKey, migrationsFolder, appVersion, random, machine = null }: RebuildOptions["core"],
): Omit<Filled, "fromBackup"> & { readonly isOfJournal: boolean } {
  // Nothing is lost with a draft: its last page is on the disk before it takes the database's name.
  const database = openDatabase(draft, dataKey, migrationsFolder, { writtenThrough: "atCheckpoints", appVersion });
  const store = makeSqliteStore(database, { clock: makeStationClock(machineClocks, null), random });
  try {
    replayJournal(store, contents);
    const isOfJournal = store.read((view) => view.identity()?.incarnation) === contents.facts?.identity.incarnation;
    const isSameLife = isComplete(store, guarded, machine);
    store.repair((tx) => {
      tx.markGuarded();
      if (!isSameLife) tx.beginLife(toHex(random.bytes(8)));
    });
    return { isOfJournal, operations: store.read((view) => view.operations.count()), isSameLife, record: recordOf(store, machine) };
  } finally {
    store.close();
  }
}

/** Whether everything that the station wrote is proven to be back: as far as the guard knows of it, on the computer that wrote it. */
function isComplete(store: Store, guarded: GuardRecord | undefined, machine: string | null): boolean {
  const isHere = guarded?.machine === null || machine === null || guarded?.machine === machine;
  return (
    guarded !== undefined && guarded.mirrorIsWhole && isHere && store.read((view) => view.precious.positionOf(refOf(guarded))) !== undefined
  );
}

const recordOf = (store: Store, machine: string | null): GuardRecord =>
  store.read(({ precious, identity }) => {
    const { incarnation, seq, hash } = precious.head();
    return { replica: identity()?.replica ?? 0, incarnation, seq, hash: toHex(hash), machine, file: null, mirrorIsWhole: true };
  });

/** Puts the new database in the place of the old one, which keeps everything it had under another name. */
function swap(dataDir: string, draft: string): readonly string[] {
  const stamp = new Date(machineClocks.wallMs()).toISOString().replace(/[-:]/g, "").slice(0, 15);
  const setAside = databaseFiles
    .filter((name) => existsSync(join(dataDir, name)))
    .map((name) => {
      const aside = name.replace("station.db", `station.db.damaged-${stamp}`);
      renameSync(join(dataDir, name), join(dataDir, aside));
      return aside;
    });
  flushFile(draft);
  moveWhole(draft, join(dataDir, "station.db"));
  return setAside;
}

/** Twice: what the first round sent is in what the second one reads. @returns whether head office was heard */
async function exchange(options: Omit<CoreOptions, "makeClock">): Promise<boolean> {
  const core = openCore({ ...options, makeClock: (lastContactMs) => makeStationClock(machineClocks, lastContactMs) });
  try {
    await core.exchangeNow();
    return (await core.exchangeNow()).sync.line === "online";
  } finally {
    await core.close();
  }
}
