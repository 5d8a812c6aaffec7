import { existsSync, mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { uuidv7 } from "uuidv7";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { StationCore } from "#main/station-core.ts";
import type { DirectoryRecord } from "#shared/contracts/sync/feed.ts";
import { cardNumber, clerk, openTestStation, purchaseRule, value } from "#test/support/counter.ts";
import { faultsOf, readFileBooks } from "./books-of-file.ts";
import { bytesOf, readDisk, withFile, writeDisk, type Disk } from "./disk-of-folder.ts";

/** Nothing here needs a real disk: what it would have forgotten is taken away by hand. */
const inMemory = existsSync("/dev/shm") ? "/dev/shm" : tmpdir();

/**
 * What a kill cannot show: the system forgets what was written and not yet written through. Whatever lies behind the last flush of a file
 * may be there, or the beginning of it, or other bytes in its place. The files of a station are taken at the moments of its flushes and
 * put back cut and garbled between two of them.
 */
describe("the power fails between two flushes of a station's files, and the station", () => {
  const folder = mkdtempSync(join(inMemory, "counterfoil-power-"));
  const file = join(folder, "station.db");
  const [database, log] = ["station.db", "station.db-wal"];
  const acknowledged: string[] = [];
  let memberId = "";
  /** Everything flushed, nothing moved from the write-ahead log into the database. */
  let before: Disk;
  /** One award later. */
  let after: Disk;
  /** The log was moved into the database. */
  let moved: Disk;
  /** The next award has begun the log from its start. */
  let begunAnew: Disk;
  /** Head office has told something, and after it there was one more award. */
  let heardAndAwarded: Disk;

  const open = (): StationCore => openTestStation({ file, mirror: { folder: join(folder, "mirror"), mayMake: true } });
  function award(station: StationCore): string {
    const purchase = { receiptNumber: uuidv7(), amountFen: 6_000 };
    const { ruleId, version } = purchaseRule;
    return value(station.counter.award({ requestId: uuidv7(), memberId, purchase, ruleId, ruleVersion: version }, clerk)).opId;
  }
  const journalOf = (disk: Disk): string => [...disk.keys()].find((path) => path.endsWith(".mirror")) ?? "";

  beforeAll(async () => {
    mkdirSync(join(folder, "mirror"));
    const first = open();
    ({ memberId } = value(first.counter.createMember({ requestId: uuidv7(), name: "王小明", phones: ["13800000001"] }, clerk)));
    value(first.counter.issueCard({ requestId: uuidv7(), memberId, card: { number: cardNumber(1) } }, clerk));
    for (let n = 0; n < 2; n++) acknowledged.push(award(first));
    await first.close();
    // The log is empty now, so what follows stands in it and nowhere else.
    const station = open();
    acknowledged.push(award(station));
    before = readDisk(folder);
    acknowledged.push(award(station));
    after = readDisk(folder);
    station.ports.store.tidy();
    moved = readDisk(folder);
    acknowledged.push(award(station));
    begunAnew = readDisk(folder);
    station.ports.store.hear((tx) => {
      tx.moveCursor(stream, 7);
      tx.putRow("directory", told.memberId, told, 1, 0);
    });
    acknowledged.push(award(station));
    heardAndAwarded = readDisk(folder);
    await station.close();
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  /**
   * Switches the computer on again.
   *
   * @returns how many of the awards are there, in their order, whether head office was heard, and what is wrong with the books
   */
  async function switchOn(disk: Disk): Promise<{ awards: number; wasHeard: boolean; faults: readonly string[] }> {
    writeDisk(folder, disk);
    const station = open();
    const books = readFileBooks(station, file);
    const awards = books.operations.filter(({ type }) => type === "points.award").map(({ opId }) => opId);
    const isInOrder = awards.join() === acknowledged.slice(0, awards.length).join();
    const { mirror } = station.status();
    const lives = station.ports.store.read((view) => view.identity()?.earlierLives.length);
    const wasHeard = station.ports.store.exchange((tx) => tx.cursors()[stream] === 7);
    const isToldWhole = wasHeard === (station.ports.store.read((view) => view.directory.find(told.memberId)) !== undefined);
    await station.close();
    const faults = [
      ...faultsOf(books),
      ...(isInOrder ? [] : ["other awards than were made"]),
      ...(mirror.state === "whole" ? [] : [`the mirror journal is ${mirror.state}`]),
      ...(lives === 0 ? [] : ["another life has begun"]),
      ...(isToldWhole ? [] : ["a cursor without its rows, or rows without their cursor"]),
    ];
    return { awards: awards.length, wasHeard, faults };
  }

  /** @returns how many awards were there, each number once */
  async function switchOnAfterEach(disks: readonly Disk[]): Promise<readonly number[]> {
    const seen = [];
    for (const disk of disks) seen.push(await switchOn(disk));
    expect(seen.flatMap(({ faults }) => faults)).toEqual([]);
    return [...new Set(seen.map(({ awards }) => awards))].toSorted((a, b) => a - b);
  }

  it("has every award that was answered when the last commit reached the disk in part or not at all", async () => {
    const disks = inPart(before, log, bytesOf(after, log), frameBytes);
    expect(disks.length).toBeGreaterThan(9);
    expect(await switchOnAfterEach([before, ...disks])).toEqual([3, 4]);
  });

  it("has a commit that was flushed, though its copy reached the mirror journal in part", async () => {
    const journal = journalOf(after);
    const disks = inPart(withFile(after, journal, bytesOf(before, journal)), journal, bytesOf(after, journal), journalPieceBytes);
    expect(disks.length).toBeGreaterThan(9);
    expect(await switchOnAfterEach(disks)).toEqual([4]);
  });

  it("has everything when the log was being moved into the database", async () => {
    const disks = inPart(after, database, bytesOf(moved, database), pageBytes);
    expect(disks.length).toBeGreaterThan(9);
    expect(await switchOnAfterEach(disks)).toEqual([4]);
  });

  it("has every award that was answered when the log was begun from its start", async () => {
    const disks = inPart(moved, log, bytesOf(begunAnew, log), frameBytes);
    expect(disks.length).toBeGreaterThan(9);
    expect(await switchOnAfterEach([moved, ...disks])).toEqual([4, 5]);
  });

  it("has what head office told whole or not at all, and whole where an award was answered after it", async () => {
    const disks = inPart(begunAnew, log, bytesOf(heardAndAwarded, log), frameBytes);
    expect(await switchOnAfterEach(disks)).toEqual([5, 6]);
    expect(await switchOn(heardAndAwarded)).toMatchObject({ awards: 6, wasHeard: true });
  });
});

const stream = "dir";
const told: DirectoryRecord = {
  memberId: uuidv7(),
  memberNumber: "M-900001",
  nameMasked: "李*",
  state: "active",
  homeBranch: "east",
  phone: null,
  cards: [],
};

const pageBytes = 4096;
/** A page in the write-ahead log. */
const frameBytes = 24 + pageBytes;
/** Some of the bytes that an award takes in the journal. */
const journalPieceBytes = 128;

/**
 * A file on its way from what it was to what was written. A disk writes in the order that it likes: of the pieces that have changed the
 * first ones came, the last of them whole or half; or all but one.
 */
function inPart(disk: Disk, path: string, fresh: Buffer, pieceBytes: number): readonly Disk[] {
  const old = bytesOf(disk, path);
  const differs = (at: number): boolean => !old.subarray(at, at + pieceBytes).equals(fresh.subarray(at, at + pieceBytes));
  const changed = Array.from({ length: Math.ceil(fresh.length / pieceBytes) }, (_, i) => i * pieceBytes).filter(differs);
  const file = (bytes: Buffer): Disk => withFile(disk, path, bytes);
  return changed.flatMap((at) => [
    file(spliced(old, fresh, 0, at + pieceBytes / 2)),
    file(spliced(old, fresh, 0, at + pieceBytes)),
    file(spliced(fresh, old, at, at + pieceBytes)),
  ]);
}

/** `bytes`, but of `other` what lies between two places; zeros where neither reaches. */
function spliced(bytes: Buffer, other: Buffer, from: number, to: number): Buffer {
  const piece = other.subarray(from, to);
  const whole = Buffer.alloc(Math.max(bytes.length, from + piece.length));
  bytes.copy(whole);
  piece.copy(whole, from);
  return whole;
}
