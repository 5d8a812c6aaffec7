import { createDecipheriv, randomBytes } from "node:crypto";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setImmediate as immediate } from "node:timers/promises";
import { gunzipSync } from "node:zlib";
import Database from "better-sqlite3";
import { afterAll, beforeAll, expect, it } from "vitest";
import { uuidv7 } from "uuidv7";
import { isSignedBy } from "#server/app/keys.ts";
import { sha256 } from "#server/app/sha256.ts";
import { openHeadOfficeOn } from "#server/open-head-office.ts";
import {
  chunkPlace,
  chunkSeal,
  manifestBytes,
  pageReserve,
  snapshotManifest,
  type SnapshotReply,
} from "#shared/contracts/sync/snapshot.ts";
import { askErasureAct, eraseAct } from "#shared/contracts/acts/erasures.ts";
import type { Operator } from "#shared/domain/staff/roles.ts";
import { toHex } from "#shared/std/bytes.ts";
import { makeMemoryDatabase } from "#test/sim/memory-store/memory-database.ts";
import { openMemoryStore } from "#test/sim/memory-store/open-memory-store.ts";
import { setUpBranches, type OfficeWithBranches } from "#test/support/company.ts";
import { dayMs, makeHandClock } from "#test/support/hand-clock.ts";
import { expectOk, type SimulatedStation } from "#test/support/simulated-station.ts";

let company: OfficeWithBranches;
let station: SimulatedStation;
let folder: string;
let members = 0;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "snapshots-test-"));
  const clock = makeHandClock();
  const machine = { clock, random: randomBytes, log: () => undefined };
  const office = await openHeadOfficeOn(openMemoryStore(makeMemoryDatabase()), machine, { snapshotsFromRows: 10 });
  company = await setUpBranches(office, clock);
  station = await company.station("A");
});
afterAll(async () => {
  await company.office.close();
  rmSync(folder, { recursive: true });
});

async function join10(): Promise<void> {
  for (let n = 0; n < 10; n += 1) station.createMember(String(40_000_000_000 + ++members));
  await station.push();
}

const speaker = () => ({ replica: station.replica, incarnation: station.incarnation });
const ask = async (stream = "dir"): Promise<SnapshotReply> =>
  expectOk(await company.office.sync.snapshot(station.token(), { ...speaker(), serverEpoch: 1, stream }));
async function made() {
  let reply = await ask();
  while (reply.state === "making") {
    await immediate();
    reply = await ask();
  }
  if (reply.state !== "made") throw new Error("there is no snapshot");
  return { ...reply, manifest: snapshotManifest.parse(JSON.parse(reply.manifest)), text: reply.manifest };
}
const chunkOf = (snapshotId: string, chunk: number) =>
  company.office.sync.snapshotChunk(station.token(), { ...speaker(), snapshotId, chunk });

it("gives a station that is far behind the directory as one file, signed and sealed, and the number that it reads on from", async () => {
  expect(await ask()).toEqual({ state: "none" });
  await join10();
  await station.pull();
  expect(await ask("cfg")).toEqual({ state: "none" });
  expect(await ask()).toEqual({ state: "making" });
  const { manifest, text, signature, key } = await made();
  expect(manifest).toMatchObject({ stream: "dir", serverEpoch: 1, rows: 10, gseq: station.cursors["dir"] });
  expect(isSignedBy(company.office.sync.identity(Buffer.alloc(32)).publicKey, manifestBytes(text), Buffer.from(signature, "base64"))).toBe(
    true,
  );

  const sealed = Buffer.from(expectOk(await chunkOf(manifest.snapshotId, 0)));
  expect(toHex(sha256(sealed))).toBe(manifest.chunks[0]);
  const { algorithm, nonceBytes, tagBytes } = chunkSeal;
  const bodyAt = nonceBytes + tagBytes;
  const decipher = createDecipheriv(algorithm, Buffer.from(key, "base64"), sealed.subarray(0, nonceBytes))
    .setAAD(chunkPlace(manifest.snapshotId, 0))
    .setAuthTag(sealed.subarray(nonceBytes, bodyAt));
  const file = join(folder, "unpacked.db");
  writeFileSync(file, gunzipSync(Buffer.concat([decipher.update(sealed.subarray(bodyAt)), decipher.final()])));
  const sqlite = new Database(file, { readonly: true });
  expect(sqlite.pragma("integrity_check", { simple: true })).toBe("ok");
  const told = sqlite.prepare("SELECT member_number FROM directory ORDER BY member_number").pluck().all();
  expect(told).toEqual(Array.from({ length: 10 }, (_, n) => String(40_000_000_001 + n)));
  sqlite.close();
  // Where the header of a SQLite file says how much of each page is left free.
  expect(readFileSync(file)[20]).toBe(pageReserve);
});

it("makes another one in the night, keeps the one before for whoever is in the middle of it, and refuses what is older", async () => {
  const { manifest: first } = await made();
  await join10();
  await company.office.runJobs();
  expect((await made()).manifest.snapshotId).toBe(first.snapshotId);
  const nights: string[] = [];
  for (let night = 0; night < 2; night += 1) {
    company.clock.advance(dayMs);
    await station.hello();
    await company.office.runJobs();
    const { manifest } = await made();
    expect(manifest.rows).toBe(20);
    nights.push(manifest.snapshotId);
  }
  expectOk(await chunkOf(nights[0] ?? "", 0));
  expect(await chunkOf(first.snapshotId, 0)).toMatchObject({ ok: false, error: { code: "SNAPSHOT_GONE" } });
});

it("has no snapshot any more in which somebody stands who was forgotten", async () => {
  const { manifest } = await made();
  const { administrator, office, hire } = company;
  const manager = (staffId: string, userName: string): Operator => ({
    staffId,
    userName,
    displayName: userName,
    role: "administrator",
    branchId: null,
  });
  const memberId = station.createMember(String(40_000_000_000 + ++members));
  await station.push();
  expectOk(await office.admin.act(manager(administrator, "admin"), askErasureAct, { requestId: uuidv7(), memberId }));
  expectOk(
    await office.admin.act(manager(await hire("second", "administrator", null), "second"), eraseAct, { requestId: uuidv7(), memberId }),
  );
  expect(await chunkOf(manifest.snapshotId, 0)).toMatchObject({ ok: false, error: { code: "SNAPSHOT_GONE" } });
  expect((await made()).manifest.rows).toBe(21);
});
