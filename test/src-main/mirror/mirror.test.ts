import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { makeMirrorPlace } from "#main/mirror/open-mirror.ts";
import { diskVolume, type Volume } from "#main/mirror/volume.ts";
import type { Mirror, Written } from "#main/app/ports/mirror.ts";
import { withoutPersonal } from "#shared/domain/operations/without-personal.ts";
import { chainHash, genesisHash, hashBehind } from "#shared/domain/operations/encode.ts";
import type { StoredOperation } from "#shared/domain/operations/operation.ts";
import { sha256 } from "#main/db/sha256.ts";
import { MemoryVolume } from "#test/support/memory-volume.ts";
import { dataKey, quietLog } from "#test/support/counter.ts";

const folder = "/volume/mirror";
const incarnation = "00000000000000a1";
const june = Date.parse("2026-06-12T10:00:00Z");

/** A chain of operations, each with a few bytes; every second one has a personal part. */
const chain: readonly StoredOperation[] = Array.from({ length: 6 }).reduce<StoredOperation[]>((made) => {
  const seq = made.length + 1;
  const header = {
    opId: `01931b66-7a00-7000-8000-00000000000${seq}`,
    replica: 7,
    incarnation,
    seq,
    hlc: "01a200fb51000000",
    type: "points.award",
    version: 1,
    entity: { kind: "member", id: "王" },
    transaction: undefined,
  };
  const body = Buffer.from(`{"seq":${seq}}`);
  const personal = seq % 2 === 0 ? Buffer.from(`{"name":"王小明"}`) : undefined;
  const prev = made.at(-1)?.hash ?? genesisHash(sha256, 7, incarnation);
  return [...made, { ...header, body, personal, prev, hash: chainHash(sha256, prev, header, body, personal) }];
}, []);

const written = (...operations: StoredOperation[]): Written => ({ operations, grants: [], facts: undefined });
const seqs = (operations: readonly StoredOperation[]): readonly number[] => operations.map(({ seq }) => seq);

function place(volume: Volume = new MemoryVolume(), more: { nowMs?: number; fileBytesMax?: number; key?: Uint8Array } = {}) {
  const { nowMs = june, key = dataKey, ...rest } = more;
  return makeMirrorPlace({ volume, folder, mayMake: true, dataKey: key, wallMs: () => nowMs, log: quietLog, ...rest });
}

/** A journal with each operation of the chain in a frame of its own. */
function filled(volume: MemoryVolume, operations = chain): MemoryVolume {
  const mirror = place(volume).open();
  for (const operation of operations) mirror.append(written(operation));
  mirror.close();
  return volume;
}

const onlyFile = (volume: MemoryVolume): [path: string, bytes: Buffer] => [...volume.files][0] ?? ["", Buffer.alloc(0)];

/** As at a start of the station: what the journal lacks is appended. */
function catchUp(volume: MemoryVolume): Mirror {
  const mirror = place(volume).open();
  const missing = chain.filter(({ seq }) => seq > mirror.end().operation.seq);
  if (missing.length > 0) mirror.append(written(...missing));
  return mirror;
}

describe("a mirror journal", () => {
  it("gives back every byte of every operation, and shows none of them", () => {
    const volume = filled(new MemoryVolume());
    expect(place(volume).read()).toEqual({ operations: chain, grants: [], facts: undefined, damaged: [], unopened: [] });
    expect(onlyFile(volume)[1].includes("王小明")).toBe(false);
    expect(onlyFile(volume)[1].includes("points.award")).toBe(false);
  });

  it("writes through once for each commit, however many operations it wrote", () => {
    const volume = new MemoryVolume();
    const mirror = place(volume).open();
    const before = volume.syncs;
    mirror.append(written(...chain));
    expect(volume.syncs - before).toBe(1);
  });

  it("goes on where it ended, on the disk of this computer too", () => {
    const base = mkdtempSync(join(tmpdir(), "counterfoil-mirror-"));
    onTestFinished(() => rmSync(base, { recursive: true, force: true }));
    const onDisk = () =>
      makeMirrorPlace({ volume: diskVolume, folder: join(base, "mirror"), mayMake: true, dataKey, wallMs: () => june, log: quietLog });
    for (const operation of chain) {
      const mirror = onDisk().open();
      expect(mirror.end().operation.seq).toBe(operation.seq - 1);
      mirror.append(written(operation));
      mirror.close();
    }
    expect(onDisk().read().operations).toEqual(chain);
  });

  it("begins another file with the month, and when one is long enough", () => {
    const volume = filled(new MemoryVolume(), chain.slice(0, 2));
    const july = place(volume, { nowMs: Date.parse("2026-07-01T00:00:00Z"), fileBytesMax: 300 }).open();
    for (const operation of chain.slice(2)) july.append(written(operation));
    const names = [...volume.files.keys()].map((path) => path.slice(folder.length + 1));
    expect(names[0]).toBe("000001-2026-06.mirror");
    expect(names.length).toBeGreaterThan(2);
    expect(names.slice(1).every((name) => name.includes("-2026-07"))).toBe(true);
    expect(place(volume).read()).toMatchObject({ operations: chain, damaged: [], unopened: [] });
    expect(place(volume).open().end()).toMatchObject({ operation: { incarnation, seq: chain.length } });
  });

  it("loses no whole frame when it is cut off at any byte, and catches up", () => {
    const whole = onlyFile(filled(new MemoryVolume()))[1];
    for (let length = 0; length <= whole.length; length += 1) {
      const volume = filled(new MemoryVolume(), []);
      const [path] = onlyFile(volume);
      volume.files.set(path, whole.subarray(0, length));
      const kept = seqs(place(volume).read().operations);
      expect(kept).toEqual(seqs(chain).slice(0, kept.length));
      catchUp(volume).close();
      expect(new Set(seqs(place(volume).read().operations)), `cut at ${length}`).toEqual(new Set(seqs(chain)));
    }
  });

  it("believes no byte that was changed, and has everything again after the next start", () => {
    const whole = onlyFile(filled(new MemoryVolume()))[1];
    const known = new Set(chain.map(({ hash }) => Buffer.from(hash).toString("hex")));
    for (let at = 0; at < whole.length; at += 1) {
      const volume = filled(new MemoryVolume(), []);
      const [path] = onlyFile(volume);
      volume.files.set(path, Buffer.from(whole.map((byte, i) => (i === at ? byte ^ 0x41 : byte))));
      for (const { hash } of place(volume).read().operations) expect(known).toContain(Buffer.from(hash).toString("hex"));
      catchUp(volume).close();
      expect(new Set(seqs(place(volume).read().operations)), `changed at ${at}`).toEqual(new Set(seqs(chain)));
    }
  });

  it("still reads what lies behind a bad spot", () => {
    const volume = filled(new MemoryVolume());
    const [path, whole] = onlyFile(volume);
    const middle = Math.floor(whole.length / 2);
    volume.files.set(path, Buffer.from(whole.map((byte, i) => (i === middle ? byte ^ 1 : byte))));
    const { operations, damaged } = place(volume).read();
    expect(operations.length).toBe(chain.length - 1);
    expect(operations.at(-1)).toEqual(chain.at(-1));
    expect(damaged).toEqual(["000001-2026-06.mirror"]);
  });

  it("notices that a file is missing, names it, and is written anew beside the rest", () => {
    const volume = new MemoryVolume();
    const mirror = place(volume, { fileBytesMax: 1 }).open();
    for (const operation of chain) mirror.append(written(operation));
    volume.files.delete(`${folder}/000003-2026-06.mirror`);
    expect(place(volume).read().damaged).toContain("000003-2026-06.mirror");
    const opened = place(volume).open();
    expect(opened.end().operation.seq).toBe(0);
    opened.append(written(...chain));
    expect(new Set(seqs(place(volume).read().operations))).toEqual(new Set(seqs(chain)));
    expect(place(volume).open().end().operation.seq).toBe(chain.length);
  });

  it("is written anew without what was personal of somebody, with every hash that it had, and in the place of the old files", () => {
    const volume = filled(new MemoryVolume());
    const old = [...volume.files.keys()];
    const mirror = place(volume, { fileBytesMax: 400 }).open();
    mirror.rewrite((op) => withoutPersonal(op, sha256));
    mirror.append(written(...chain.slice(5)));
    mirror.close();
    expect([...volume.files.keys()].filter((file) => old.includes(file))).toEqual([]);

    const { operations, damaged } = place(volume).read();
    expect(damaged).toEqual([]);
    expect(operations.slice(0, 6)).toEqual(chain.map((op) => withoutPersonal(op, sha256)));
    for (const op of operations) expect(Buffer.from(hashBehind(sha256, op.prev, op))).toEqual(op.hash);
    expect(seqs(operations)).toEqual([1, 2, 3, 4, 5, 6, 6]);
    expect(place(volume).open().end().operation.seq).toBe(6);
  });

  it("has lost nothing when the disk is full before it is written anew", () => {
    const volume = filled(new MemoryVolume());
    // Room for half of a second one.
    volume.bytesMax = Math.round(1.5 * onlyFile(volume)[1].length);
    const mirror = place(volume).open();
    expect(() => mirror.rewrite((op) => withoutPersonal(op, sha256))).toThrow(expect.objectContaining({ code: "MIRROR_FULL" }));
    mirror.close();
    volume.bytesMax = Number.MAX_SAFE_INTEGER;
    catchUp(volume).close();
    const { operations } = place(volume).read();
    for (const op of chain) expect(operations).toContainEqual(op);

    // And succeeds when there is room, half of it being there already.
    const again = place(volume).open();
    again.rewrite((op) => withoutPersonal(op, sha256));
    again.close();
    expect(seqs(place(volume).read().operations)).toEqual([1, 2, 3, 4, 5, 6]);
  });

  it("opens with the key it was sealed with and with no other", () => {
    const volume = filled(new MemoryVolume());
    const other = place(volume, { key: Buffer.alloc(32, 9) });
    expect(other.read()).toMatchObject({ operations: [], damaged: ["000001-2026-06.mirror"] });
    expect(other.open().end().operation.seq).toBe(0);
    // The other station's file is as it was.
    expect(place(volume).read().operations).toEqual(chain);
  });

  it.each([
    ["is full", { bytesMax: 1_000 }, "MIRROR_FULL"],
    ["is pulled out", { isPulledOut: true }, "MIRROR_GONE"],
    ["can only be read", { isReadOnly: true }, "MIRROR_READ_ONLY"],
  ])("says so when its volume %s", (_what, state, code) => {
    const volume = Object.assign(new MemoryVolume(), state);
    const append = (): void => {
      const mirror = place(volume).open();
      for (const operation of chain) mirror.append(written(operation));
    };
    expect(append).toThrow(expect.objectContaining({ code }));
  });

  it("is not begun where the folder of an earlier time is gone with its volume", () => {
    const volume = new MemoryVolume();
    const options = { volume, folder, mayMake: false, dataKey, wallMs: () => june, log: quietLog };
    expect(() => makeMirrorPlace(options).open()).toThrow(expect.objectContaining({ code: "MIRROR_GONE" }));
    expect(volume.files.size).toBe(0);
  });
});
