import { expect, it } from "vitest";
import { makeMirrorPlace } from "#main/mirror/open-mirror.ts";
import { MemoryVolume } from "#test/support/memory-volume.ts";
import { clerk, dataKey, newStationFile, openTestStation, quietLog, TestClock, value } from "#test/support/counter.ts";
import { uuidv7 } from "uuidv7";

const folder = "/volume/mirror";

/** A station whose second copy lies on a volume of the test's own. */
function openMirrored(volume: MemoryVolume, file = newStationFile()) {
  const clock = new TestClock();
  const station = openTestStation({ file, clock, mirror: { folder, mayMake: true, volume } });
  const enter = (): string => {
    const name = "王小明";
    const made = station.counter.createMember({ requestId: uuidv7(), name, phones: [`138${String(Math.random()).slice(2, 10)}`] }, clerk);
    return value(made).memberId;
  };
  return { ...station, clock, file, enter };
}

const copied = (volume: MemoryVolume) =>
  makeMirrorPlace({ volume, folder, mayMake: false, dataKey, wallMs: Date.now, log: quietLog }).read();
const copiedSeqs = (volume: MemoryVolume): readonly number[] => copied(volume).operations.map(({ seq }) => seq);

it("has an operation before anybody is told of it", () => {
  const volume = new MemoryVolume();
  const station = openMirrored(volume);
  const seen: number[] = [];
  station.subscribe((event) => {
    if (event.type === "memberChanged") seen.push(copied(volume).operations.length);
  });
  station.enter();
  station.enter();
  expect(seen).toEqual([1, 2]);
  expect(station.status().mirror).toEqual({ state: "whole", trouble: null, sinceMs: null });
});

it("has what a rebuild needs besides operations: who the station is, and its key", () => {
  const volume = new MemoryVolume();
  const station = openMirrored(volume);
  const { facts } = copied(volume);
  expect(facts?.identity).toEqual(station.ports.store.read((view) => view.identity()));
  expect(facts?.deviceKey).toEqual(station.ports.store.exchange((tx) => tx.deviceKey()));
});

it("has the rights that were granted, so that what was spent of them can be done again", () => {
  const volume = new MemoryVolume();
  const station = openMirrored(volume);
  const memberId = station.enter();
  const lines = [{ lotId: "lot", points: 30, earnedOn: "2026-05-01", expiresOn: null }];
  const grant = { opId: uuidv7(), incarnation: "00000000000000a1", gno: 1, memberId, lines };
  station.ports.store.exchange((tx) => tx.putRow("grant", grant.opId, grant, 1, 1));
  expect(copied(volume).grants).toEqual([grant]);
});

it.each([
  ["full", { bytesMax: 1_500 }, "MIRROR_FULL"],
  ["gone", { isPulledOut: true }, "MIRROR_GONE"],
])("lets the counter go on while its volume is %s, says so, and catches up when it is back", (_what, broken, trouble) => {
  const volume = new MemoryVolume();
  const whole = { bytesMax: volume.bytesMax, isPulledOut: false };
  const station = openMirrored(volume);
  station.enter();
  Object.assign(volume, broken);
  for (let n = 0; n < 4; n += 1) station.enter();
  expect(station.status().mirror).toMatchObject({ state: "behind", trouble });

  Object.assign(volume, whole);
  station.clock.atMs += 60_000;
  station.enter();
  expect(station.status().mirror).toEqual({ state: "whole", trouble: null, sinceMs: null });
  expect(new Set(copiedSeqs(volume))).toEqual(new Set([1, 2, 3, 4, 5, 6]));
});

it("appends at the start what the copy lacks", async () => {
  const volume = new MemoryVolume();
  const first = openMirrored(volume);
  first.enter();
  volume.isPulledOut = true;
  first.enter();
  first.enter();
  await first.close();
  volume.isPulledOut = false;
  const second = openMirrored(volume, first.file);
  expect(copiedSeqs(volume)).toEqual([1, 2, 3]);
  expect(second.status().mirror.state).toBe("whole");
});
