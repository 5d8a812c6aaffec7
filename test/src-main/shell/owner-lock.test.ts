import { spawn } from "node:child_process";
import { once } from "node:events";
import { chmod, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { OwnedByAnother, takeOwnership } from "#main/shell/owner-lock.ts";
import { readOwner } from "#main/shell/owner-note.ts";

const nowMs = Date.UTC(2026, 2, 2, 8);
let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "owner-lock-"));
});

afterEach(() => rm(folder, { recursive: true, force: true }));

function refusal(): unknown {
  try {
    takeOwnership(folder, nowMs).release();
  } catch (error) {
    return error;
  }
}

/** Another process that owns the folder until it is killed. */
async function otherOwner() {
  const program = `
    import { takeOwnership } from "#main/shell/owner-lock.ts";
    // Held where the garbage collector finds it: a lock that nobody holds on to is let go.
    globalThis.lock = takeOwnership(process.argv[1], 1);
    lock.announce({ address: "/somewhere" });
    console.log("owned");
    setInterval(() => {}, 1000);`;
  const child = spawn(process.execPath, ["--input-type=module", "--eval", program, folder], { stdio: ["ignore", "pipe", "inherit"] });
  await once(child.stdout, "data");
  return child;
}

it("lets a second process know who has the station open", async () => {
  const child = await otherOwner();
  expect(refusal()).toMatchObject({ code: "OWNED_BY_ANOTHER", message: `Already open by process ${child.pid}.`, data: { pid: child.pid } });
  child.kill("SIGKILL");
  await once(child, "exit");
});

it("is free again after kill -9, with the dead owner's note still lying there", async () => {
  const child = await otherOwner();
  child.kill("SIGKILL");
  await once(child, "exit");
  expect(readOwner(folder)).toEqual({ pid: child.pid, startedAtMs: 1, address: "/somewhere" });

  const lock = takeOwnership(folder, nowMs);
  expect(readOwner(folder)).toEqual({ pid: process.pid, startedAtMs: nowMs });
  lock.release();
});

it("is one lock for the same process too, and free after its release", () => {
  const lock = takeOwnership(folder, nowMs);
  expect(refusal()).toBeInstanceOf(OwnedByAnother);
  // The refused attempt must not have loosened the lock: that is what closing a locked file does on POSIX systems.
  expect(refusal()).toBeInstanceOf(OwnedByAnother);
  lock.release();
  expect(readOwner(folder)).toBeUndefined();
  expect(refusal()).toBeUndefined();
});

it("holds when the note beside it is garbage", async () => {
  const lock = takeOwnership(folder, nowMs);
  await writeFile(join(folder, "station.owner"), '{"pid": 1');
  expect(refusal()).toMatchObject({ code: "OWNED_BY_ANOTHER", message: "Already open by another process.", data: {} });
  lock.release();
});

it("does not pass a broken lock file off as an owner", async () => {
  await writeFile(join(folder, "station.lock"), "not a database, and longer than nothing");
  await chmod(join(folder, "station.lock"), 0o600);
  expect(refusal()).not.toBeInstanceOf(OwnedByAnother);
  expect(refusal()).toBeInstanceOf(Error);
});
