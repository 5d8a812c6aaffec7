import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { uuidv7 } from "uuidv7";
import { expect, it } from "vitest";
import { MemoryVolume } from "#test/support/memory-volume.ts";
import { clerk, newStationFile, openTestStation, ownIncarnation, TestClock, value } from "#test/support/counter.ts";

function guardedStation() {
  const volume = new MemoryVolume();
  const file = newStationFile();
  const clock = new TestClock();
  const station = openTestStation({ file, clock, mirror: { folder: "/volume/mirror", mayMake: true, volume }, machine: "this computer" });
  let phones = 0;
  const enter = (): void => {
    const person = { name: "王小明", phones: [`1380000${String(++phones).padStart(4, "0")}`] };
    value(station.counter.createMember({ requestId: uuidv7(), ...person }, clerk));
  };
  const record = () => JSON.parse(readFileSync(join(dirname(file), "station.guard"), "utf8")) as Record<string, unknown>;
  return { ...station, volume, clock, enter, record };
}

it("says who the station is from the moment it has joined head office", () => {
  expect(guardedStation().record()).toMatchObject({
    replica: 1,
    incarnation: ownIncarnation,
    seq: 0,
    machine: "this computer",
    mirrorIsWhole: true,
  });
});

it("is written every fifty operations, behind the answer, and at the end", async () => {
  const station = guardedStation();
  for (let n = 0; n < 49; n += 1) station.enter();
  await new Promise(setImmediate);
  expect(station.record()).toMatchObject({ seq: 0 });
  station.enter();
  expect(station.record()).toMatchObject({ seq: 0 });
  await new Promise(setImmediate);
  expect(station.record()).toMatchObject({ seq: 50 });
  station.enter();
  await station.close();
  expect(station.record()).toMatchObject({ seq: 51 });
});

it("says at once that the mirror journal has a gap, and when it has none any more", () => {
  const station = guardedStation();
  station.volume.isPulledOut = true;
  station.enter();
  expect(station.record()).toMatchObject({ seq: 1, mirrorIsWhole: false });
  station.volume.isPulledOut = false;
  station.clock.atMs += 60_000;
  station.enter();
  expect(station.record()).toMatchObject({ seq: 2, mirrorIsWhole: true });
});

it("is not missed by a database that was made without a journal, and is opened with one: its life goes on", async () => {
  const file = newStationFile();
  const made = openTestStation({ file });
  await made.close();
  const opened = openTestStation({ file, mirror: { folder: "/volume/mirror", mayMake: true, volume: new MemoryVolume() } });
  expect(opened.ports.store.read((view) => view.identity()?.incarnation)).toBe(ownIncarnation);
});
