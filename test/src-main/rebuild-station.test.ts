import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, truncateSync, writeFileSync } from "node:fs";
import { randomBytes } from "node:crypto";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { uuidv7 } from "uuidv7";
import { expect, it, onTestFinished } from "vitest";
import { changeKey } from "#main/change-key.ts";
import { rebuildStation } from "#main/rebuild-station.ts";
import { keyInFile } from "#main/security/data-key.ts";
import type { StationCore } from "#main/station-core.ts";
import { byExpiry } from "#shared/domain/ledger/lots.ts";
import { cardNumber, clerk, dataKey, migrationsFolder, openTestStation, ownIncarnation, quietLog, value } from "#test/support/counter.ts";
import { plainPasswords } from "#test/support/plain-passwords.ts";
import { plainPins } from "#test/support/plain-pins.ts";

const machine = "this computer";

/** A station with two members, 250 points of which one has been granted by head office, and a redemption. Nothing was ever exchanged. */
async function lostStation() {
  const base = mkdtempSync(join(tmpdir(), "counterfoil-rebuild-"));
  onTestFinished(() => rmSync(base, { recursive: true, force: true }));
  const dataDir = join(base, "data");
  mkdirSync(dataDir);
  const file = join(dataDir, "station.db");
  const mirror = { folder: join(dataDir, "mirror"), mayMake: true };
  const open = (key: Uint8Array = dataKey) => openTestStation({ file, mirror, machine, dataKey: key });

  const station = open();
  const first = enter(station, 1);
  const second = enter(station, 2);
  award(station, first);
  const lines = [{ lotId: uuidv7(), points: 50, earnedOn: "2026-05-01", expiresOn: null }];
  const grant = { opId: uuidv7(), incarnation: ownIncarnation, gno: 1, memberId: first, lines };
  station.ports.store.exchange((tx) => tx.putRow("grant", grant.opId, grant, 1, 1));
  award(station, second);
  const request = { requestId: uuidv7(), memberId: first, planId: "tea", planVersion: 1, quantity: 1 };
  value(station.counter.redeem(request, clerk));
  const before = books(station);
  await station.close();

  const rebuild = (fromJournal?: string, key: Uint8Array = dataKey) =>
    rebuildStation({
      dataDir,
      core: {
        dataKey: key,
        migrationsFolder,
        random: { bytes: (length) => randomBytes(length), uuid: uuidv7 },
        passwords: plainPasswords,
        pins: plainPins,
        timers: { sleep: () => Promise.resolve(), random: () => 0.5 },
        log: quietLog,
        appVersion: "test",
        machine,
      },
      mirror,
      fromJournal,
    });
  const remove = (): void => {
    for (const name of databaseNames(dataDir)) rmSync(join(dataDir, name));
  };
  return { base, dataDir, file, journal: mirror.folder, open, rebuild, remove, before };
}

const databaseNames = (dataDir: string): readonly string[] => readdirSync(dataDir).filter((name) => name.startsWith("station.db"));

function enter({ counter }: StationCore, n: number): string {
  const { memberId } = value(counter.createMember({ requestId: uuidv7(), name: "王小明", phones: [`1380000000${n}`] }, clerk));
  value(counter.issueCard({ requestId: uuidv7(), memberId, card: { number: cardNumber(900 + n) } }, clerk));
  return memberId;
}
function award({ counter }: StationCore, memberId: string): void {
  const purchase = { receiptNumber: uuidv7().slice(-12), amountFen: 10_000 };
  value(counter.award({ requestId: uuidv7(), memberId, purchase, ruleId: "purchase", ruleVersion: 1 }, clerk));
}
/** All that the station itself knows of its operations and of what it may spend. */
const books = ({ ports }: StationCore) =>
  ports.store.read((view) => ({
    identity: view.identity(),
    operations: view.operations.list({ limit: 100 }),
    rights: view.members.all().map(({ memberId, memberNumber }) => [memberNumber, view.rights.of(memberId).toSorted(byExpiry)]),
    waiting: view.exchange.waiting(),
  }));

it("makes a database that was deleted anew, and loses no operation, no right and no name", async () => {
  const { open, rebuild, remove, before } = await lostStation();
  remove();
  expect(await rebuild()).toEqual({
    operations: 7,
    fromBackup: null,
    isSameLife: true,
    setAside: [],
    damagedFiles: [],
    hasExchanged: false,
  });
  const station = open();
  expect(books(station)).toEqual(before);
  // The next member gets the next number.
  expect(station.ports.store.write((tx) => ({ ok: true, value: tx.takeSerial() }))).toEqual({ ok: true, value: 3 });
});

it("is made anew after a change of the key, from the journal that the next start wrote whole with the new one", async () => {
  const { dataDir, file, journal, open, rebuild, remove, before } = await lostStation();
  const journalFiles = () => readdirSync(journal).filter((name) => name.endsWith(".mirror"));
  const ofTheOldKey = journalFiles();
  writeFileSync(join(dataDir, "station.key"), `${dataKey.toString("hex")}\n`, { mode: 0o600 });
  await changeKey(file);
  const key = await keyInFile(dataDir).open({ mayCreate: false });

  const station = open(key);
  expect(station.status().mirror).toMatchObject({ state: "whole", trouble: null });
  await station.close();
  for (const name of ofTheOldKey) rmSync(join(journal, name), { force: true });
  expect(journalFiles()).not.toEqual([]);
  remove();
  // The new file names those that lay beside it: what was deleted is said to be missing, and nothing was lost with it.
  expect(await rebuild(undefined, key)).toMatchObject({ operations: 7, fromBackup: null, isSameLife: true, damagedFiles: ofTheOldKey });
  expect(books(open(key))).toEqual(before);
});

it("sets a damaged database aside as it is", async () => {
  const { dataDir, file, open, rebuild, before } = await lostStation();
  const damaged = randomBytes(20_000);
  writeFileSync(file, damaged);
  const { setAside } = await rebuild();
  expect(setAside.map((name) => name.replace(/\d{8}T\d{6}/, "…"))).toEqual(["station.db.damaged-…"]);
  expect(readFileSync(join(dataDir, setAside[0] ?? ""))).toEqual(damaged);
  expect(books(open())).toEqual(before);
});

it("does nothing to a database that is whole", async () => {
  const { file, rebuild } = await lostStation();
  const content = readFileSync(file);
  await expect(rebuild()).rejects.toMatchObject({ code: "REBUILD_NOT_NEEDED" });
  expect(readFileSync(file)).toEqual(content);
});

it("leaves everything as it is when there is no journal to read", async () => {
  const { dataDir, file, rebuild } = await lostStation();
  rmSync(join(dataDir, "mirror"), { recursive: true });
  writeFileSync(file, "damaged");
  await expect(rebuild()).rejects.toMatchObject({ code: "NOTHING_TO_REBUILD_FROM" });
  expect(databaseNames(dataDir).filter((name) => !name.endsWith("-wal") && !name.endsWith("-shm"))).toEqual(["station.db"]);
});

it("reads the journal from the volume it was saved to", async () => {
  const { base, dataDir, open, rebuild, remove, before } = await lostStation();
  const stick = join(base, "stick");
  cpSync(join(dataDir, "mirror"), stick, { recursive: true });
  rmSync(join(dataDir, "mirror"), { recursive: true });
  remove();
  expect(await rebuild(stick)).toMatchObject({ operations: 7, isSameLife: true });
  expect(books(open())).toEqual(before);
});

it("begins another life, and spends nothing, when the journal's tail is lost with the database", async () => {
  const { dataDir, open, rebuild, remove } = await lostStation();
  const name = readdirSync(join(dataDir, "mirror")).find((each) => each.endsWith(".mirror"));
  const journal = join(dataDir, "mirror", name ?? "");
  truncateSync(journal, readFileSync(journal).length - 10);
  remove();
  expect(await rebuild()).toMatchObject({ operations: 6, isSameLife: false });
  const { identity, rights } = books(open());
  expect(identity?.earlierLives).toEqual([{ incarnation: ownIncarnation, operations: 6 }]);
  expect(rights.map(([, lots]) => lots)).toEqual([[], []]);
});

it("puts back the lives of a station one after the other", async () => {
  const { open, rebuild, remove } = await lostStation();
  const station = open();
  station.ports.store.exchange((tx) => tx.beginLife("00000000000000b2"));
  const [member] = station.ports.store.read((view) => view.members.all());
  award(station, member?.memberId ?? "");
  const before = books(station);
  await station.close();
  remove();
  expect(await rebuild()).toMatchObject({ operations: 8, isSameLife: true });
  expect(books(open())).toEqual(before);
});

it("begins again after a rebuild that was broken off", async () => {
  const { dataDir, open, rebuild, remove, before } = await lostStation();
  remove();
  for (const name of ["station.db.rebuilding", "station.db.rebuilding-wal"]) writeFileSync(join(dataDir, name), randomBytes(5_000));
  expect(await rebuild()).toMatchObject({ operations: 7, isSameLife: true });
  expect(existsSync(join(dataDir, "station.db.rebuilding"))).toBe(false);
  expect(books(open())).toEqual(before);
});

it("begins from the newest copy that is whole, so that its accounts and rules are there without a line", async () => {
  const { dataDir, file, open, rebuild, remove, before } = await lostStation();
  const backups = join(dataDir, "backups");
  mkdirSync(backups);
  cpSync(file, join(backups, "2026-05-12T02.00.00Z.db"));
  writeFileSync(join(backups, "2026-05-13T02.00.00Z.db"), randomBytes(8_192));
  remove();
  expect(await rebuild()).toMatchObject({ operations: 7, fromBackup: "2026-05-12T02.00.00Z.db", isSameLife: true });
  const station = open();
  expect(books(station)).toEqual(before);
  expect(station.ports.store.read((view) => view.staff.findByUserName("chen"))).toBeDefined();
});
